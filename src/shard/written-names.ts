import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import { getText, type MapNode, type Node } from '../source/node.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { RootClosures } from './root-closure.ts';

/** What a file shows about the objects in it. */
interface FileNames {
  readonly text: string;
  /** The plain names in it, each split at its variables. */
  readonly names: readonly (readonly string[])[];
  /** The kinds of objects whose names are written by something else. */
  readonly renamed: ReadonlySet<string> | 'any';
}

/** Determines from the files of a root, without building it, which objects it may contain. */
export class WrittenNames {
  readonly #closures: RootClosures;
  readonly #sources: SourceCache;
  readonly #ofFiles = new Map<string, FileNames>();

  constructor(closures: RootClosures, sources: SourceCache) {
    this.#closures = closures;
    this.#sources = sources;
  }

  /**
   * The roots that may contain an object of a kind, or something that generates one, with the name if one is given. kustomize
   * adds prefixes, suffixes and hashes to the names in the files, so the object's name contains them. A root is included if its
   * files do not rule it out.
   */
  holding(roots: readonly DiscoveredRoot[], kind: string, name: string | undefined): DiscoveredRoot[] {
    const mentions = this.#eachOnce(({ text }) => mentionsKind(text, kind));
    const names = this.#eachOnce((file) => name === undefined || mayName(file, kind, name));
    return roots.filter((root) => {
      const files = [...this.#closures.filesOf(root)];
      return files.some(mentions) && files.some(names);
    });
  }

  /** A test of files by path, cached because roots share files. */
  #eachOnce(holds: (file: FileNames) => boolean): (path: string) => boolean {
    const known = new Map<string, boolean>();
    return (path) => {
      const answer = known.get(path) ?? holds(this.#read(path));
      known.set(path, answer);
      return answer;
    };
  }

  #read(path: string): FileNames {
    let names = this.#ofFiles.get(path);
    if (names === undefined) {
      const file = this.#sources.read(path);
      names = isReadFailure(file) ? { text: '', names: [], renamed: new Set() } : readNames(file, this.#sources);
      this.#ofFiles.set(path, names);
    }
    return names;
  }
}

/** Whether a file may contain or generate a kind. Charts may contain anything; what generates a ConfigMap or Secret has that word in its name. */
function mentionsKind(text: string, kind: string): boolean {
  if (/helmChart/i.test(text)) return true;
  switch (kind) {
    case 'ConfigMap':
      return /configmap/i.test(text);
    case 'Secret':
      return /secret/i.test(text);
    default:
      return new RegExp(`\\b${kind.replace(/\W/g, '.')}\\b`).test(text);
  }
}

function mayName({ names, renamed }: FileNames, kind: string, name: string): boolean {
  if (renamed === 'any' || renamed.has(kind) || (kind === 'Secret' && renamed.size > 0)) return true;
  return names.some((pieces) => pieces.every((piece) => name.includes(piece)));
}

/** Matches the paths by which replacements and JSON patches reach names. */
const renaming = /(?:metadata|\*)[./]\[?name/;

function readNames(file: SourceFile, sources: SourceCache): FileNames {
  const { text } = file;
  const written = [...text.matchAll(/\bname\\?["']?\s*:\s*\\?["']?([^\s"',}#]+)/g)].map(([, name = '']) => name);
  // The value of a tag, alias, block or escape is only known after the build. Transformers have files of their own.
  const isOpen =
    /Transformer\b|helmChart/i.test(text) ||
    written.some((name) => /^[!*&|>]|\\/.test(name) || /^[^$]*\$(?!\{)/.test(name));
  const names = written.map((name) => name.split(/\$\{[^}]*\}?/).filter((piece) => piece !== ''));
  return { text, names, renamed: isOpen ? 'any' : renaming.test(text) ? findRenamed(file, sources) : new Set() };
}

/** The kinds whose names replacements and patches write; `any` if they do not show the kind. */
function findRenamed(file: SourceFile, sources: SourceCache): Set<string> | 'any' {
  const { documents, problems } = sources.parse(file);
  if (problems.length > 0) return 'any';
  const kinds = new Set<string>();
  const isKnown = documents.every(({ root }) => root === undefined || gatherRenamed(root, undefined, kinds));
  return isKnown ? kinds : 'any';
}

/**
 * Adds the kinds that are renamed in a node; returns false if one cannot be determined.
 * @param kind the target kind of the map around the node, if it has one
 */
function gatherRenamed(node: Node, kind: string | undefined, kinds: Set<string>): boolean {
  switch (node.kind) {
    case 'scalar':
      if (!renaming.test(node.value)) return true;
      if (kind === undefined) return false;
      kinds.add(kind);
      return true;
    case 'sequence':
      return node.items.every((item) => gatherRenamed(item, kind, kinds));
    case 'map': {
      const own = targetKind(node) ?? kind;
      // A `fieldPath` is the source of a value, not its target.
      return node.entries.every(({ key, value }) => key.value === 'fieldPath' || gatherRenamed(value, own, kinds));
    }
  }
}

/** The kind that a patch or replacement targets; undefined for a pattern, which may match several. */
function targetKind(node: MapNode): string | undefined {
  const kind = getText(node, ['select', 'kind']) ?? getText(node, ['target', 'kind']);
  return kind !== undefined && /^[A-Za-z]+$/.test(kind) ? kind : undefined;
}
