import { oncePerText } from '../collections/once.ts';
import type { Sources } from '../source/files/note-reads.ts';
import { findRepository } from '../source/files/repository.ts';

/**
 * Makes something once for each repository, when it is first needed for one of its folders.
 * @returns a function that is undefined for a folder outside any repository
 */
export function perRepository<T>(sources: Sources, make: (top: string) => T): (folder: string) => T | undefined {
  const madeFor = oncePerText(make);
  return (folder) => {
    const top = folder.startsWith('/') ? findRepository(folder, sources) : undefined;
    return top === undefined ? undefined : madeFor(top);
  };
}
