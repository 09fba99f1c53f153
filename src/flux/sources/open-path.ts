import { posix } from 'node:path';
import type { FileSystem } from '../../source/files/file-system.ts';
import { globMatcher } from '../../text/glob.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';
import type { GivenVariables } from '../substitution/collect-variables.ts';

/** At most this many folders are looked at for one path, so that a hostile tree cannot multiply them. */
const maxFolders = 1000;

/**
 * A `spec.path` as a pattern, with a `*` for each variable whose value is not known. Undefined if nothing but variables is
 * in it, because then it may mean any folder.
 */
export function patternOfPath(path: string): string | undefined {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..') || parts.every((part) => part.includes('${'))) return undefined;
  return parts.map((part) => part.replace(/\$\{[^{}]*\}/g, '*')).join('/');
}

/** The folders below `top` that a path with unknown variables may mean, whatever their values are. */
export function foldersOfOpenPath(path: string, top: string, fileSystem: FileSystem): string[] {
  const parts = patternOfPath(path)?.split('/') ?? [];
  let folders = parts.length > 0 ? [top] : [];
  for (const part of parts) {
    const matches = globMatcher(part.replace(/[?[\\]/g, '\\$&'));
    const named = (folder: string): string[] =>
      part.includes('*') ? fileSystem.listDirectory(folder).filter((name) => matches?.(name)) : [part];
    folders = folders
      .flatMap((folder) => named(folder).map((name) => posix.join(folder, name)))
      .filter((folder) => fileSystem.stat(folder)?.kind === 'directory')
      .slice(0, maxFolders);
  }
  return folders;
}

/** A Flux Kustomization with the values that the user gives for variables in its path. */
export function fillInPath(kustomization: FluxKustomization, given: GivenVariables): FluxKustomization {
  const { path } = kustomization;
  if (given.size === 0 || !path.value?.includes('${')) return kustomization;
  const value = path.value.replace(/\$\{([_A-Za-z]\w*)\}/g, (written, name: string) => given.get(name) ?? written);
  return {
    ...kustomization,
    path: {
      value,
      path: path.path,
      get place() {
        return path.place;
      },
    },
  };
}
