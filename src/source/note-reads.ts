import type { SourceCache } from './source-cache.ts';

/** The files of a run, for those who only read and parse them. */
export type Sources = Pick<SourceCache, 'fileSystem' | 'limits' | 'read' | 'parse' | 'parseFirst'>;

/**
 * The files of whichever run it is; the absolute path of each that is asked for is put into `paths`.
 * @param now gives the files of the present run
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
