import type { SourceCache } from './source-cache.ts';

/** The files of a run, for those who only read and parse them. */
export type Sources = Pick<SourceCache, 'fileSystem' | 'limits' | 'read' | 'parse' | 'parseFirst'>;

/** The same files; the absolute path of each that is asked for is put into `paths`. */
export function noteReads(sources: Sources, paths: Set<string>): Sources {
  return {
    fileSystem: sources.fileSystem,
    limits: sources.limits,
    read(path) {
      paths.add(path);
      return sources.read(path);
    },
    parse: (file) => sources.parse(file),
    parseFirst: (file) => sources.parseFirst(file),
  };
}
