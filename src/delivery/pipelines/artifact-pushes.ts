import { posix } from 'node:path';
import { parseImage } from '../../objects/image.ts';
import { valuesOf } from '../../shell/words.ts';
import type { Span } from '../../source/span.ts';
import type { Repository } from '../repository.ts';
import type { CiJob, Command } from './ci-job.ts';
import { programOf, resolvePath, spanOfWord } from './commands.ts';
import { isWritten } from './made-files.ts';

/** A folder that is pushed for Flux: `flux push artifact`. */
export interface ArtifactPush {
  readonly job: CiJob;
  readonly path: string;
  readonly at: Span;
  /** Where it is pushed to, without scheme and tag, perhaps with variables in it: `ghcr.io/acme/${NAME}`. */
  readonly target: string;
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly exists: boolean;
  /** Whether it holds something that kustomize or Flux could build. */
  readonly holdsManifests: boolean;
}

/** The folders of the repository that a job pushes for Flux, with `flux push artifact` or `oras push`. */
export function findPushes(job: CiJob, repository: Repository): ArtifactPush[] {
  return job.commands.flatMap((command) =>
    pushesOf(command).flatMap(({ path, target }): ArtifactPush[] => {
      const folder = path === '-' ? undefined : resolvePath(command, path, repository);
      if (folder === undefined) return [];
      const exists = repository.kindOf(folder) !== undefined;
      if (!exists && (job.getsFiles || isWritten(path, job.commands))) return [];
      const holdsManifests = exists && hasManifests(folder, repository, 0);
      return [{ job, path, at: spanOfWord(command, path), target, folder, exists, holdsManifests }];
    }),
  );
}

function pushesOf(command: Command): Pick<ArtifactPush, 'path' | 'target'>[] {
  const { words } = command;
  const program = programOf(command);
  if (program === 'flux' && words[1] === 'push' && words[2] === 'artifact') {
    const target = targetOf(words.find((word) => word.startsWith('oci://')));
    return valuesOf(words, ['--path', '-f'])
      .slice(0, 1)
      .map((path) => ({ path, target }));
  }
  // Only layers of Flux's own type; other artifacts have nothing to do with Flux.
  if (program !== 'oras' || words[1] !== 'push') return [];
  const target = targetOf(words.slice(2).find((word) => /^[^-].*\//.test(word) && !word.includes(':application/')));
  return words.flatMap((word) => {
    const path = /^(.+):application\/vnd\.cncf\.flux\./.exec(word)?.[1];
    return path === undefined ? [] : { path, target };
  });
}

function targetOf(url = ''): string {
  return parseImage(url.replace(/^oci:\/\//, '')).repository;
}

/** How many levels below a pushed folder are searched for manifests. */
const depthLimit = 4;

function hasManifests(path: string, repository: Repository, depth: number): boolean {
  if (repository.kindOf(path) === 'file') return /\.ya?ml$/.test(path);
  const names = repository.list(path);
  if (names.some((name) => /\.ya?ml$|^Kustomization$/.test(name))) return true;
  return depth < depthLimit && names.some((name) => hasManifests(posix.join(path, name), repository, depth + 1));
}
