import { posix } from 'node:path';
import type { FileSystem } from '../source/files/file-system.ts';
import { isWithin } from '../source/files/path.ts';
import { kustomizationNames } from './kustomization-names.ts';

/** A folder with what could be built in it. */
export interface WalkedFolder {
  /** Absolute path. */
  readonly path: string;
  /** Whether it contains a kustomization file. */
  readonly isKustomization: boolean;
  /** Whether it is the folder of a Helm chart. */
  readonly isChart: boolean;
  /** Absolute paths of the other YAML and JSON files in it. */
  readonly candidates: readonly string[];
}

const manifestName = /\.(?:ya?ml|json)$/i;
const neverEntered = new Set(['.git', 'node_modules']);

/**
 * A folder and all folders below it, parents first, sorted by name. Skips `.git`, `node_modules`, ignored paths, and the parts
 * of a Helm chart that only Helm can read.
 */
export function walkFolders(
  top: string,
  fileSystem: FileSystem,
  ignored: (path: string) => boolean = () => false,
): WalkedFolder[] {
  const found: WalkedFolder[] = [];
  const realTop = fileSystem.realPath(top) ?? top;
  const visited = new Set<string>();

  /** Enters a folder, unless it is a link into the searched tree, which is searched anyway; links may form cycles. */
  function follow(path: string, realParent: string): void {
    const real = fileSystem.realPath(path) ?? path;
    const isLink = real !== posix.join(realParent, posix.basename(path));
    if (!isLink || !isWithin(real, realTop)) enter(path, real);
  }

  function enter(path: string, real: string): void {
    if (visited.has(real)) return;
    visited.add(real);
    const names = fileSystem.listDirectory(path);
    const isChart = names.includes('Chart.yaml');
    const folders: string[] = [];
    const candidates: string[] = [];
    let isKustomization = false;
    for (const name of names) {
      const child = posix.join(path, name);
      if (neverEntered.has(name) || ignored(child) || (isChart && isPartOfChart(name))) continue;
      const kind = fileSystem.stat(child)?.kind;
      if (kind === 'directory') folders.push(child);
      else if (kind === 'file' && kustomizationNames.includes(name)) isKustomization = true;
      else if (manifestName.test(name)) candidates.push(child);
    }
    found.push({ path, isKustomization, isChart, candidates });
    for (const folder of folders) follow(folder, real);
  }

  enter(top, realTop);
  return found;
}

function isPartOfChart(name: string): boolean {
  return name === 'templates' || name === 'charts' || name === 'Chart.yaml' || /^values.*\.ya?ml$/.test(name);
}
