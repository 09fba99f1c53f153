import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';

/** The files that one kustomization can read: paths are relative to its folder, and the load restrictor applies. */
export interface KustomizationFiles {
  /** Absolute path of the kustomization's folder. */
  readonly directory: string;
  /** Whether a path leads to a folder. */
  isDirectory(path: string): boolean;
  /** The first path in or below a folder that is a symbolic link to a location outside of what may be read. */
  findWayOut(folder: string): string | undefined;
  /** A file's bytes. Throws a BuildError at `listedAt` where it is absent, outside the root, too large or a folder. */
  readBytes(path: string, listedAt: Span): Uint8Array;
  /** A file's text, to parse or to point into. Throws as `readBytes` does, and if the file is not UTF-8. */
  readSource(path: string, listedAt: Span): SourceFile;
}
