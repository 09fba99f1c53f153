import { posix } from 'node:path';
import type { BuildProblem } from '../../kustomize/problem.ts';
import type { FileSystem } from '../../source/files/file-system.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';

/** The problems of a Flux Kustomization whose folder is unknown or cannot be built. */

export function variableInPath({ path, object }: FluxKustomization): BuildProblem {
  return {
    kind: 'incomplete',
    message: `\`spec.path\` of Flux Kustomization \`${object.name.value}\` has a variable in it whose value is not known, so it is not built; say the value with \`--var NAME=VALUE\``,
    at: path.place.at,
    related: [],
  };
}

/** @param url the URL of the source's object, if it is in the tree */
export function sourceElsewhere({ sourceRef, object }: FluxKustomization, url: string | undefined): BuildProblem {
  const name = sourceRef.name.value ?? '';
  return {
    kind: 'incomplete',
    message: `Flux Kustomization \`${object.name.value}\` is built from ${sourceRef.kind.value ?? 'a source'} \`${name}\`${url === undefined ? '' : ` (${url})`}, which is not in the given tree, so what it applies is not linted; check it out and say where with \`--source ${name}=DIR\``,
    at: sourceRef.name.place.at,
    related: [],
  };
}

/** Settings are part of the tree, which may be a stranger's; only a command-line option allows reading elsewhere. */
export function sourceOutOfRepository({ sourceRef, object }: FluxKustomization): BuildProblem {
  const name = sourceRef.name.value ?? '';
  return {
    kind: 'incomplete',
    message: `the folder that the settings give for the source \`${name}\` of Flux Kustomization \`${object.name.value}\` is outside of the repository, where migrate-lint reads nothing unless the command says so, so what it applies is not linted; give it with \`--source ${name}=DIR\``,
    at: sourceRef.name.place.at,
    related: [],
  };
}

export function outsideOfSource({ path }: FluxKustomization): BuildProblem {
  return {
    kind: 'error',
    message: `\`spec.path\` \`${path.value}\` leads out of the source, where Flux reads nothing; write a path from the top of the source`,
    at: path.place.at,
    related: [],
  };
}

/** The problem for a missing folder; lists the folders in its nearest existing parent. */
export function missingPath(
  { path, sourceRef }: FluxKustomization,
  directory: string,
  top: string,
  fileSystem: FileSystem,
): BuildProblem {
  let present = posix.dirname(directory);
  while (fileSystem.stat(present)?.kind !== 'directory' && present !== top && present !== '/') {
    present = posix.dirname(present);
  }
  const folders = fileSystem
    .listDirectory(present)
    .filter((name) => !name.startsWith('.') && fileSystem.stat(posix.join(present, name))?.kind === 'directory');
  const where = posix.relative(top, present);
  const there =
    folders.length === 0
      ? ''
      : `; \`${where === '' ? '.' : where}\` has ${folders
          .slice(0, 8)
          .map((name) => `\`${name}\``)
          .join(', ')}`;
  return {
    kind: 'error',
    message: `there is no folder \`${path.value}\` in the source \`${sourceRef.name.value ?? ''}\`, so Flux cannot build this; correct \`spec.path\`, which counts from the top of the source${there}`,
    at: path.place.at,
    related: [],
  };
}
