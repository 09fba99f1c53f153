import type { SourceCache } from '../source-cache.ts';

/** The part of a SourceCache that reads and parses files. */
export type Sources = Pick<SourceCache, 'fileSystem' | 'limits' | 'read' | 'parse' | 'parseFirst'>;

/**
 * The files of the current run; adds the absolute path of each one that is read to `paths`.
 * @param now returns the files of the current run
 */
export function noteReads(now: () => Sources, paths: Set<string>): Sources {
  return {
    get fileSystem() {
      return now().fileSystem;
    },
    get limits() {
      return now().limits;
    },
    read(path) {
      paths.add(path);
      return now().read(path);
    },
    parse: (file) => now().parse(file),
    parseFirst: (file) => now().parseFirst(file),
  };
}
