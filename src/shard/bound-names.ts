import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import type { RootClosures } from './root-closure.ts';

/** The names of subjects in a file, or `any` if they cannot be determined. */
type BoundNames = readonly string[] | 'any';

/** Determines from the files of a root, without building it, which accounts it may have bindings for. */
export class BoundNamesOfRoots {
  readonly #closures: RootClosures;
  readonly #sources: SourceCache;
  readonly #ofFiles = new Map<string, BoundNames>();

  constructor(closures: RootClosures, sources: SourceCache) {
    this.#closures = closures;
    this.#sources = sources;
  }

  /**
   * Whether a root may bind a role to an account with this name, or to groups or users. kustomize adds prefixes and suffixes to
   * the names in the files, so the account's name contains them. True if the files do not show it.
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

/** Transformers have files of their own, replacements and JSON patches reach `subjects` by a path, and charts may contain anything. */
const unpredictable = /Transformer\b|\bhelmChart|HelmChart|\bsubjects\b(?!["']?\s*:)/;

/** The names in a file with subjects, which may be a binding or a patch of one. */
export function readBoundNames(text: string): BoundNames {
  if (unpredictable.test(text)) return 'any';
  if (!/\bsubjects\b/.test(text)) return [];
  // Groups and users may include any account.
  if (/\b(?:Group|User)\b/.test(text)) return 'any';
  const names = [...text.matchAll(/\bname["']?\s*:\s*["']?([^\s"',}#]+)/g)].map(([, name = '']) => name);
  // The value of a tag, alias, block, escape or variable is only known after the build.
  return names.some((name) => /^[!*&|>]|[\\$]/.test(name)) ? 'any' : names;
}
