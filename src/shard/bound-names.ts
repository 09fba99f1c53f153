import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import type { RootClosures } from './root-closure.ts';

/** What a file tells of the subjects of bindings: their names as far as they are written there, or that anything may be one. */
type BoundNames = readonly string[] | 'any';

/** Tells by its files, before a root is built, for which accounts it cannot hold a binding. */
export class BoundNamesOfRoots {
  readonly #closures: RootClosures;
  readonly #sources: SourceCache;
  readonly #ofFiles = new Map<string, BoundNames>();

  constructor(closures: RootClosures, sources: SourceCache) {
    this.#closures = closures;
    this.#sources = sources;
  }

  /**
   * Whether a root may bind a role to an account of this name, or to groups or users. kustomize puts prefixes and suffixes
   * around the names that are written, so that the account's name contains them. True for whatever files cannot tell.
   */
  mayBind(root: DiscoveredRoot, account: string): boolean {
    for (const path of this.#closures.filesOf(root)) {
      const names = this.#read(path);
      if (names === 'any' || names.some((name) => account.includes(name))) return true;
    }
    return false;
  }

  #read(path: string): BoundNames {
    let names = this.#ofFiles.get(path);
    if (names === undefined) {
      const file = this.#sources.read(path);
      names = isReadFailure(file) ? [] : readBoundNames(file.text);
      this.#ofFiles.set(path, names);
    }
    return names;
  }
}

/** Transformers have files of their own; a replacement or a JSON patch reaches `subjects` by a path; charts hold anything. */
const unforeseeable = /Transformer\b|\bhelmChart|HelmChart|\bsubjects\b(?!["']?\s*:)/;

/** The names in a file that holds subjects, be it a binding or a patch of one. */
export function readBoundNames(text: string): BoundNames {
  if (unforeseeable.test(text)) return 'any';
  if (!/\bsubjects\b/.test(text)) return [];
  // Groups and users may be anybody.
  if (/\b(?:Group|User)\b/.test(text)) return 'any';
  const names = [...text.matchAll(/\bname["']?\s*:\s*["']?([^\s"',}#]+)/g)].map(([, name = '']) => name);
  // A tag, an alias, a block, an escape or a variable: what it is only the build tells.
  return names.some((name) => /^[!*&|>]|[\\$]/.test(name)) ? 'any' : names;
}
