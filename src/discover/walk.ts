import { posix } from 'node:path';
import type { FileSystem } from '../source/file-system.ts';

/** The names that kustomize takes for a kustomization file. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** What a folder holds that could be built. */
export interface WalkedFolder {
  /** Absolute path. */
  readonly path: string;
  /** Whether a kustomization file stands in it. */
  readonly isKustomization: boolean;
  /** Absolute paths of the other YAML and JSON files in it. */
  readonly candidates: readonly string[];
}

const manifestName = /\.(?:ya?ml|json)$/i;
const neverEntered = new Set(['.git', 'node_modules']);

/**
 * Every folder in and below one, parents first and by name. Git's own folder and installed packages are left out, as is what
 * `ignored` says, and the parts of a Helm chart that only Helm can read.
 */
export function walkFolders(
  top: string,
  fileSystem: FileSystem,
  ignored: (path: string) => boolean = () => false,
): WalkedFolder[] {
  const found: WalkedFolder[] = [];
  const visited = new Set<string>();

  function enter(path: string): void {
    // A symbolic link to a folder above would lead round and round.
    const real = fileSystem.realPath(path) ?? path;
    if (visited.has(real)) return;
    visited.add(real);
    const names = fileSystem.listDirectory(path);
    const isChart = names.includes('Chart.yaml');
    const folders: string[] = [];
    const candidates: string[] = [];
    for (const name of names) {
      const child = posix.join(path, name);
      if (neverEntered.has(name) || kustomizationNames.includes(name) || ignored(child)) continue;
      if (isChart && isPartOfChart(name)) continue;
      if (manifestName.test(name) && fileSystem.stat(child)?.kind !== 'directory') candidates.push(child);
      else if (fileSystem.stat(child)?.kind === 'directory') folders.push(child);
    }
    const isKustomization = kustomizationNames.some((name) => names.includes(name) && !ignored(posix.join(path, name)));
    found.push({ path, isKustomization, candidates });
    for (const folder of folders) enter(folder);
  }

  enter(top);
  return found;
}

function isPartOfChart(name: string): boolean {
  return name === 'templates' || name === 'charts' || name === 'Chart.yaml' || /^values.*\.ya?ml$/.test(name);
}
