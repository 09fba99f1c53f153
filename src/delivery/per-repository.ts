import { findRepository } from '../config/find-config.ts';
import { oncePerText } from '../once.ts';
import type { Sources } from '../source/note-reads.ts';

/**
 * Makes something for each repository once, when one of its folders first asks.
 * @returns undefined for a folder that lies in no repository
 */
export function perRepository<T>(sources: Sources, make: (top: string) => T): (folder: string) => T | undefined {
  const madeFor = oncePerText(make);
  return (folder) => {
    const top = folder.startsWith('/') ? findRepository(folder, sources) : undefined;
    return top === undefined ? undefined : madeFor(top);
  };
}
