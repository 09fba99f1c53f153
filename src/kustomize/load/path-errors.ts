import { posix } from 'node:path';
import { isWithin } from '../../source/files/path.ts';
import { platformPaths } from '../../source/files/platform-paths.ts';
import type { Span } from '../../source/span.ts';
import { compareText } from '../../text/compare-text.ts';
import { editDistance } from '../../text/edit-distance.ts';
import { findNearest } from '../../text/find-nearest.ts';
import { sampleWord } from '../../text/sample-file.ts';
import { AbsentFile, BuildError } from '../problem.ts';
import { LeftOut } from '../session/left-out.ts';
import { isRemoteFile } from './remote.ts';
import type { CachedPath } from './remote-cache.ts';

/** For a path that begins with a slash. As all of these, an error at the entry of a kustomization that lists the path. */
export function absolutePath(path: string, listedAt: Span): BuildError {
  return new BuildError(`the path \`${path}\` is absolute; write it relative to this file`, listedAt);
}

/** For a path that leads out of what migrate-lint reads. */
export function outOfRepository(path: string, listedAt: Span): BuildError {
  return new BuildError(
    `\`${path}\` leads out of the repository, where migrate-lint reads nothing; move it into the repository, or say with ` +
      '`--repository DIR` what else belongs to it',
    listedAt,
  );
}

/** For a base in a cloned repository that is outside of it. */
export function outOfClone(path: string, clone: string, listedAt: Span): BuildError {
  return new BuildError(`\`${path}\` leads out of the repository \`${clone}\`, which kustomize refuses`, listedAt);
}

/** For a file that the load restrictor forbids. */
export function restrictedFile(path: string, listedAt: Span): AbsentFile {
  return new AbsentFile(
    `\`${path}\` is outside of this kustomization's folder, where kustomize reads no files by default; move it here or ` +
      'make it a base; or, if you build with `--load-restrictor LoadRestrictionsNone`, set `loadRestrictor: none` in migrate-lint.yaml',
    listedAt,
  );
}

/**
 * For a base whose folder is being built, or contains one that is.
 * @param real the folder of the base
 * @param directory the folder of the kustomization that lists it
 */
export function circularPath(path: string, real: string, directory: string, listedAt: Span): BuildError {
  if (real === directory) {
    return new BuildError(
      `\`${path}\` is this folder itself, so the build would go round in a circle; remove it`,
      listedAt,
    );
  }
  if (isWithin(directory, real)) {
    return new BuildError(
      `\`${path}\` contains this folder, which kustomize refuses of a base; move what it lists into a folder that does not hold this one, and name that`,
      listedAt,
    );
  }
  return new BuildError(
    `\`${path}\` contains a folder that is being built, so the build would go round in a circle; remove it`,
    listedAt,
  );
}

/** For a remote resource that the cache lacks, or without a cache. */
export function missingInCache(listedAs: string, cached: CachedPath | undefined, listedAt: Span): LeftOut {
  const what = isRemoteFile(listedAs) ? 'the remote resource' : 'the repository';
  const why =
    cached === undefined
      ? 'migrate-lint fetches nothing (`--remote-cache DIR` takes it from a folder that you fill)'
      : `the remote cache has no \`${platformPaths.leave(cached.expected)}\``;
  return new LeftOut(`${what} \`${listedAs}\``, why, listedAt);
}

/** For a file that Git ignores, such as one with secrets that a pipeline makes. */
export function gitIgnoredFile(path: string, listedAt: Span): LeftOut {
  return new LeftOut(`\`${path}\``, 'Git ignores it and it is not here', listedAt);
}

/** For a file that Git ignores, in a tree that is built from what is committed. */
export function uncommittedFile(path: string, listedAt: Span): AbsentFile {
  const advice = 'commit it (encrypted if it holds secrets), or remove this entry';
  return new AbsentFile(
    `\`${path}\` does not exist, and Git ignores it, so whatever builds this from Git does not find it either; ${advice}`,
    listedAt,
  );
}

/** For a path whose backslashes are meant to be slashes. */
export function backslashedPath(path: string, slashed: string, listedAt: Span): AbsentFile {
  const advice = `write \`${slashed}\`, as a backslash separates no folders on Linux, where Flux builds this`;
  return new AbsentFile(`\`${path}\` does not exist; ${advice}`, listedAt);
}

/** What exists near a path that does not. */
interface PathNeighbours {
  /** The names in the folder that should hold it. */
  readonly names: readonly string[];
  /** The path with one `../` more or less, if that exists. */
  readonly moved: string | undefined;
}

/**
 * For a path that leads nowhere. Suggests a sample to copy, the same path from one folder up or down, or a file with a
 * similar name that the kustomization does not list.
 */
export function missingPath(
  path: string,
  absolute: string,
  { names, moved }: PathNeighbours,
  listedAt: Span,
): AbsentFile {
  const written = posix.basename(absolute);
  const beside = (name: string) => `\`${posix.join(posix.dirname(path), name)}\``;
  const sample = names.find((name) => name.replace(sampleWord, '') === written);
  if (sample !== undefined) return absent(`make it from ${beside(sample)}, or remove this entry`);
  if (moved !== undefined) return absent(`did you mean \`${moved}\`?`);
  const listed = new Set(listedAt.file.text.split(/[\s"',[\]{}]+/).map((word) => posix.basename(word)));
  const similar = findSimilar(
    written,
    names.filter((name) => !listed.has(name)),
  );
  return absent(similar === undefined ? 'create it or remove this entry' : `did you mean ${beside(similar)}?`);

  function absent(advice: string): AbsentFile {
    return new AbsentFile(`\`${path}\` does not exist; ${advice}`, listedAt, absolute);
  }
}

/** The file that a name most likely stands for: it lacks the extension, has the words in another order, or a typo. */
function findSimilar(written: string, names: readonly string[]): string | undefined {
  const extended = names.find(
    (name) => /^\.(ya?ml|json)$/.test(posix.extname(name)) && posix.parse(name).name === written,
  );
  if (extended !== undefined) return extended;
  const words = sortedWords(written);
  const nearest = names.find((name) => sortedWords(name) === words) ?? findNearest(written, names);
  // A third of a long file name may be a whole other word: `backup` for `restore`.
  const isMeant = nearest !== undefined && (sortedWords(nearest) === words || editDistance(written, nearest) <= 4);
  return isMeant ? nearest : undefined;
}

/** The words of a file name in the order of the alphabet; file names with the same words differ in their order only. */
function sortedWords(name: string): string {
  return name.toLowerCase().split(/[-_.]/).sort(compareText).join(' ');
}
