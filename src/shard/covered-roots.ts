import { posix } from 'node:path';
import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import { kustomizationNames } from '../discover/kustomization-names.ts';
import { isFluxBuilt } from '../flux/flux-built-root.ts';
import { isCovered } from '../flux/follow.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';

/** Determines, without building them, which roots are part of something that Flux applies, by the files that Flux reads. */
export class CoveredRoots {
  readonly #read: ReadonlySet<string>;
  readonly #build: (root: DiscoveredRoot) => BuiltRoot | undefined;
  readonly #sources: SourceCache;

  /** @param build builds a root whose files do not show it */
  constructor(
    built: readonly BuiltRoot[],
    build: (root: DiscoveredRoot) => BuiltRoot | undefined,
    sources: SourceCache,
  ) {
    this.#read = new Set(built.filter(isFluxBuilt).flatMap(({ files }) => files.map(({ path }) => path)));
    this.#build = build;
    this.#sources = sources;
  }

  has(root: DiscoveredRoot): boolean {
    if (this.#read.size === 0) return false;
    if (root.kind === 'manifests') {
      const files = root.files.flatMap((path) => {
        const file = this.#sources.read(path);
        return isReadFailure(file) ? [] : [file];
      });
      return isCovered({ path: root.path, kustomization: undefined, files }, this.#read);
    }
    const { fileSystem } = this.#sources;
    const names = kustomizationNames.map((name) => posix.join(root.path, name));
    const [file, ...more] = names.filter((path) => fileSystem.stat(path)?.kind === 'file');
    // For several files, or one that is reached through a link, the build decides.
    if (file !== undefined && more.length === 0 && fileSystem.realPath(file) === file) return this.#read.has(file);
    const built = this.#build(root);
    return built !== undefined && isCovered(built, this.#read);
  }
}
