import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import { getText, type MapNode, type Node } from '../source/node.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { RootClosures } from './root-closure.ts';

/** What a file tells of the objects that a root makes of it. */
interface Told {
  readonly text: string;
  /** The names that are written in it, as far as they are plain, each in the pieces between its variables. */
  readonly names: readonly (readonly string[])[];
  /** The kinds of objects whose names come from elsewhere. */
  readonly renamed: ReadonlySet<string> | 'any';
}

/** Tells by its files, before a root is built, which objects it cannot bring. */
export class WrittenNames {
  readonly #closures: RootClosures;
  readonly #sources: SourceCache;
  readonly #ofFiles = new Map<string, Told>();

  constructor(closures: RootClosures, sources: SourceCache) {
    this.#closures = closures;
    this.#sources = sources;
  }

  /**
   * Those roots that may hold an object of a kind, or what makes one, and of a name where one is given. kustomize puts prefixes,
   * suffixes and hashes around the names that are written, so that the object's name contains them. What files cannot tell may be.
   */
  holding(roots: readonly DiscoveredRoot[], kind: string, name: string | undefined): DiscoveredRoot[] {
    const mentions = this.#eachOnce(({ text }) => mentionsKind(text, kind));
    const names = this.#eachOnce((told) => name === undefined || mayName(told, kind, name));
    return roots.filter((root) => {
      const files = [...this.#closures.filesOf(root)];
      return files.some(mentions) && files.some(names);
    });
  }

  /** A test of files by their paths, which roots have in common. */
  #eachOnce(holds: (told: Told) => boolean): (path: string) => boolean {
    const known = new Map<string, boolean>();
    return (path) => {
      const answer = known.get(path) ?? holds(this.#read(path));
      known.set(path, answer);
      return answer;
    };
  }

  #read(path: string): Told {
    let told = this.#ofFiles.get(path);
    if (told === undefined) {
      const file = this.#sources.read(path);
      told = isReadFailure(file) ? { text: '', names: [], renamed: new Set() } : readNames(file, this.#sources);
      this.#ofFiles.set(path, told);
    }
    return told;
  }
}

/** A chart holds anything. What makes a Secret, and a generator of ConfigMaps, have the word in their names. */
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

function mayName({ names, renamed }: Told, kind: string, name: string): boolean {
  if (renamed === 'any' || renamed.has(kind) || (kind === 'Secret' && renamed.size > 0)) return true;
  return names.some((pieces) => pieces.every((piece) => name.includes(piece)));
}

/** What reaches a name by a path: a replacement or a JSON patch. */
const renaming = /(?:metadata|\*)[./]\[?name/;

function readNames(file: SourceFile, sources: SourceCache): Told {
  const { text } = file;
  const written = [...text.matchAll(/\bname\\?["']?\s*:\s*\\?["']?([^\s"',}#]+)/g)].map(([, name = '']) => name);
  // A tag, an alias, a block or an escape: what it is only the build tells. Transformers have files of their own.
  const isOpen =
    /Transformer\b|helmChart/i.test(text) ||
    written.some((name) => /^[!*&|>]|\\/.test(name) || /^[^$]*\$(?!\{)/.test(name));
  const names = written.map((name) => name.split(/\$\{[^}]*\}?/).filter((piece) => piece !== ''));
  return { text, names, renamed: isOpen ? 'any' : renaming.test(text) ? findRenamed(file, sources) : new Set() };
}

/** The kinds whose names replacements and patches write; anything where they do not say of which kind. */
function findRenamed(file: SourceFile, sources: SourceCache): Set<string> | 'any' {
  const { documents, problems } = sources.parse(file);
  if (problems.length > 0) return 'any';
  const kinds = new Set<string>();
  const isForeseen = documents.every(({ root }) => root === undefined || gatherRenamed(root, undefined, kinds));
  return isForeseen ? kinds : 'any';
}

/**
 * Adds the kinds that are renamed in a node; gives false where one cannot be told.
 * @param kind of the objects that the map around the node is for, where it says that
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
      // From where a value is taken is not where it is written.
      return node.entries.every(({ key, value }) => key.value === 'fieldPath' || gatherRenamed(value, own, kinds));
    }
  }
}

/** The one kind that a patch or a target of a replacement is for; a pattern may mean several. */
function targetKind(node: MapNode): string | undefined {
  const kind = getText(node, ['select', 'kind']) ?? getText(node, ['target', 'kind']);
  return kind !== undefined && /^[A-Za-z]+$/.test(kind) ? kind : undefined;
}
