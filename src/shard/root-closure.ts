import { posix } from 'node:path';
import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import { type KustomizationLinks, readKustomizationLinks } from '../discover/kustomization-links.ts';
import { kustomizationNames } from '../discover/kustomization-names.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';

/** The files that roots will read, found without building them by following the references in kustomizations. */
export class RootClosures {
  readonly #sources: SourceCache;
  readonly #links = new Map<string, KustomizationLinks>();
  readonly #files = new Map<DiscoveredRoot, ReadonlySet<string>>();

  constructor(sources: SourceCache) {
    this.#sources = sources;
  }

  /** Absolute paths of the files that a root reads. */
  filesOf(root: DiscoveredRoot): ReadonlySet<string> {
    const known = this.#files.get(root);
    if (known !== undefined) return known;
    const files = root.kind === 'manifests' ? new Set(root.files) : this.#gather(root.path);
    this.#files.set(root, files);
    return files;
  }

  /** The estimated cost of building a root; see {@link costOfFiles}. */
  costOf(root: DiscoveredRoot): number {
    return costOfFiles([...this.filesOf(root)].map((path) => this.#sources.fileSystem.stat(path)?.size ?? 0));
  }

  /** Whether any file of a root contains a text. */
  mentions(root: DiscoveredRoot, text: string): boolean {
    for (const path of this.filesOf(root)) {
      const file = this.#sources.read(path);
      if (!isReadFailure(file) && file.text.includes(text)) return true;
    }
    return false;
  }

  /** The files of a kustomization and of all kustomizations that it refers to, directly or not. */
  #gather(top: string): Set<string> {
    const { fileSystem } = this.#sources;
    const files = new Set<string>();
    const entered = new Set<string>();
    const open = [top];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      if (entered.has(folder)) continue;
      entered.add(folder);
      for (const name of kustomizationNames) {
        const path = posix.join(folder, name);
        if (fileSystem.stat(path)?.kind === 'file') files.add(path);
      }
      for (const path of this.#linksOf(folder).mentions) {
        const kind = fileSystem.stat(path)?.kind;
        if (kind === 'file') files.add(path);
        else if (kind === 'directory') open.push(path);
      }
    }
    return files;
  }

  #linksOf(folder: string): KustomizationLinks {
    let links = this.#links.get(folder);
    if (links === undefined) {
      links = readKustomizationLinks(folder, this.#sources);
      this.#links.set(folder, links);
    }
    return links;
  }
}

/** The estimated cost of files by their sizes in bytes; opening a file costs as much as 500 bytes. */
export function costOfFiles(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size + 500, 0);
}
