import { findRepository } from '../config/find-config.ts';
import type { Sources } from '../source/note-reads.ts';

/**
 * Makes something for each repository once, when one of its folders first asks.
 * @returns undefined for a folder that lies in no repository
 */
export function perRepository<T>(sources: Sources, make: (top: string) => T): (folder: string) => T | undefined {
  const byTop = new Map<string, T>();
  return (folder) => {
    const top = folder.startsWith('/') ? findRepository(folder, sources) : undefined;
    if (top === undefined) return undefined;
    const made = byTop.get(top) ?? make(top);
    byTop.set(top, made);
    return made;
  };
}
