import { posix } from 'node:path';
import { foldersUpwards } from '../source/files/path.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import { compareText } from '../text/compare-text.ts';
import type { Discovery } from './discovered-root.ts';
import { findRoots, groupFiles, isKustomizationFile } from './find-roots.ts';
import { holdsKubernetesObjects } from './kubernetes-yaml.ts';
import { readKustomizationLinks } from './kustomization-links.ts';
import { kustomizationNames } from './kustomization-names.ts';
import type { SkippedPath } from './skipped-path.ts';
import { type WalkedFolder, walkFolders } from './walk.ts';

/** The path that stands for standard input. */
export const standardInput = '<stdin>';

/**
 * Finds what to build in the given paths: absolute paths of existing folders and files, or `<stdin>`. Never throws for
 * invalid content; the build reports that.
 */
export function discover(
  paths: readonly string[],
  sources: SourceCache,
  ignored: (path: string) => boolean = () => false,
): Discovery {
  const targets = [...new Set(paths)];
  const folders = walkTargets(targets, sources, ignored);
  const { roots: found, skipped, unlisted, mentions } = findRoots(folders, givenFolders(targets), sources);
  const inFolders = new Set(found.flatMap((root) => (root.kind === 'manifests' ? root.files : [])));
  // A file that a given kustomization names is linted as part of that; a glob matches both.
  const files = targets.filter(
    (path) => isManifestTarget(path, sources) && !inFolders.has(path) && !mentions.has(path),
  );
  const usable = new Set(files.filter((path) => isUsable(path, sources)));
  const unusable = files.filter((path) => !usable.has(path));
  const roots = [...found, ...groupFiles([...usable])].sort(byPath);
  // If there is something to build, charts are usually part of it, or of no interest.
  const charts = roots.length === 0 ? describeCharts(folders, sources) : [];
  const parts = describeParts([...usable], sources);
  return {
    roots,
    skipped: [...skipped, ...charts, ...parts, ...unusable.map(describeUnusable)],
    unlisted: unlisted.filter((path) => !usable.has(path)),
  };
}

/** The folders of kustomizations that the user named: by the folder, or by the file in it. */
function givenFolders(targets: readonly string[]): Set<string> {
  return new Set(targets.flatMap((path) => [path, ...(isKustomizationFile(path) ? [posix.dirname(path)] : [])]));
}

/** Describes the first of the files that are linted alone, although a kustomization names them, and counts the others. */
function describeParts(files: readonly string[], sources: SourceCache): SkippedPath[] {
  const [first, ...others] = files.filter((path) => !sources.isProvided(path) && isPart(path, sources));
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : `, as ${others.length === 1 ? 'is one more' : `are ${others.length} more`}`;
  const why = `is part of a kustomization, but was linted without it${more}; add --changed-files to lint the trees that read it`;
  return [{ path: first, why, named: false, bears: true }];
}

/** Whether the nearest kustomization names a file. */
function isPart(path: string, sources: SourceCache): boolean {
  const exists = (folder: string) =>
    kustomizationNames.some((name) => sources.fileSystem.stat(posix.join(folder, name))?.kind === 'file');
  const nearest = [...foldersUpwards(posix.dirname(path))].find(exists);
  return nearest !== undefined && readKustomizationLinks(nearest, sources).mentions.includes(path);
}

/** Describes the first chart, and counts the others. */
function describeCharts(folders: readonly WalkedFolder[], { fileSystem }: SourceCache): SkippedPath[] {
  const isChart = (path: string) => fileSystem.stat(posix.join(path, 'Chart.yaml'))?.kind === 'file';
  const charts = folders.filter((folder) => folder.isChart).map(({ path }) => path);
  // The given path may be the templates folder of a chart.
  const around = charts.length > 0 ? [] : folders.flatMap(({ path }) => [...foldersUpwards(path)].find(isChart) ?? []);
  const [first, ...others] = [...new Set([...charts, ...around])];
  if (first === undefined) return [];
  const alike = others.length === 0 ? '' : others.length === 1 ? ', as is one more' : `, as are ${others.length} more`;
  const why = `is a Helm chart${alike}; to lint what Helm renders, run \`helm template CHART | migrate-lint -\``;
  return [{ path: first, why, named: false }];
}

/** The folders to search. A kustomization file stands for its folder, but not for the folders below. */
function walkTargets(
  paths: readonly string[],
  { fileSystem }: SourceCache,
  ignored: (path: string) => boolean,
): WalkedFolder[] {
  const folders = new Map<string, WalkedFolder>();
  for (const path of paths) {
    if (path === standardInput) continue;
    const found = isKustomizationFile(path)
      ? [{ path: posix.dirname(path), isKustomization: true, isChart: false, candidates: [] }]
      : fileSystem.stat(path)?.kind === 'directory'
        ? walkFolders(path, fileSystem, ignored)
        : [];
    for (const folder of found) if (!folders.get(folder.path)?.candidates.length) folders.set(folder.path, folder);
  }
  return [...folders.values()].sort(byPath);
}

function isManifestTarget(path: string, { fileSystem }: SourceCache): boolean {
  return path === standardInput || (fileSystem.stat(path)?.kind !== 'directory' && !isKustomizationFile(path));
}

/** Whether to build a file that the user named; also if it cannot be read or parsed, so that the reason is reported. */
function isUsable(path: string, sources: SourceCache): boolean {
  const file = sources.read(path);
  if (isReadFailure(file) || sources.parse(file).problems.length > 0) return true;
  return holdsKubernetesObjects(path, sources) || /^["']?(?:apiVersion|kind)["']?:/m.test(file.text);
}

function describeUnusable(path: string): SkippedPath {
  return { path, why: 'contains no Kubernetes objects', named: true };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return compareText(a.path, b.path);
}
