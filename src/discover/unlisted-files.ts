import { posix } from 'node:path';
import type { Sources } from '../source/files/note-reads.ts';
import type { SourceFile } from '../source/source-file.ts';
import { isKustomizationFile } from './find-roots.ts';

/**
 * The absolute paths of YAML files in some folders that the builds have not read, and that no kustomization mentions, not even
 * in a comment.
 * @param read the files that the builds have read
 */
export function findUnlistedFiles(
  folders: Iterable<string>,
  read: readonly SourceFile[],
  sources: Pick<Sources, 'fileSystem'>,
): string[] {
  return findUnmentioned(folders, read, ({ text }) => text, sources);
}

/** The same with the files that only a comment mentions, such as one that says who applies them. */
export function findUnbuiltFiles(
  folders: Iterable<string>,
  read: readonly SourceFile[],
  sources: Pick<Sources, 'fileSystem'>,
): string[] {
  return findUnmentioned(folders, read, ({ text }) => text.replace(/(^|\s)#.*/gm, '$1'), sources);
}

function findUnmentioned(
  folders: Iterable<string>,
  read: readonly SourceFile[],
  textOf: (kustomization: SourceFile) => string,
  { fileSystem }: Pick<Sources, 'fileSystem'>,
): string[] {
  const paths = new Set(read.map(({ path }) => path));
  const kustomizations = [...new Set(read.filter(({ path }) => isKustomizationFile(path)))].map((file) => ({
    path: file.path,
    text: textOf(file),
  }));
  // A path that leads to a file of the same name in another folder means that one.
  const isMentioned = (name: string): boolean =>
    kustomizations.some(({ path, text }) => {
      if (!text.includes(name)) return false;
      const written = text.split(/[\s"'`,:;()[\]{}=]+/).filter((word) => word.endsWith(name));
      return written.length === 0 || written.some((word) => !paths.has(posix.join(posix.dirname(path), word)));
    });
  return [...new Set(folders)].flatMap((folder) =>
    fileSystem
      .listDirectory(folder)
      .filter((name) => /\.ya?ml$/.test(name) && !isKustomizationFile(name))
      .map((name) => posix.join(folder, name))
      // Most files are built, so check that first.
      .filter((path) => !paths.has(path) && !isMentioned(posix.basename(path)))
      .filter((path) => fileSystem.stat(path)?.kind === 'file'),
  );
}
