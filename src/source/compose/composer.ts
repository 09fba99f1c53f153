import type { MapNode, Node, ScalarNode, ScalarStyle, SequenceNode } from '../node.ts';
import type { SourceOrigin } from '../origin.ts';
import { resolveScalar } from '../scalars/resolve-scalar.ts';
import type { Scanner } from '../scan/scanner.ts';
import * as token from '../scan/token.ts';
import type { SourceFile } from '../source-file.ts';
import { Refusal } from '../syntax-problem.ts';
import type { WrittenForms } from '../written-forms.ts';
import { type Anchors, expandAlias } from './alias.ts';
import { composeBlockMap, composeBlockSequence, composeUnindentedSequence } from './compose-block.ts';
import { composeFlowMap, composeFlowSequence } from './compose-flow.ts';
import { takeDirectives } from './directives.ts';
import { mergeEntries } from './merge.ts';
import { IN_BLOCK, IN_BLOCK_MAP, IN_FLOW, type Place } from './place.ts';
import { TagHandles } from './tag-handles.ts';

/** Composes one kind of collection, given its own anchor. */
type Compose = (composer: Composer, anchor: string | undefined) => Node;

/** What a {@link Composer} needs besides the tokens of a document. */
interface ComposeOptions {
  readonly file: SourceFile;
  /** The offset of the document in the file. */
  readonly base: number;
  /** How deeply collections may nest. */
  readonly maxDepth: number;
  readonly anchors: Anchors;
  /** If given, aliases and merge keys are kept, and details that nodes do not hold are recorded here. */
  readonly written: WrittenForms | undefined;
}

/**
 * Composes the node tree of one document from its tokens, by the grammar of go-yaml v3. Resolves aliases and merge keys,
 * which kustomize does right after reading.
 */
export class Composer {
  readonly scanner: Scanner;
  readonly #file: SourceFile;
  readonly #base: number;
  readonly #maxDepth: number;
  readonly #anchors: Anchors;
  readonly #written: WrittenForms | undefined;
  readonly #handles = new TagHandles();
  #depth = 0;
  /** The end of the last value or indicator. */
  #end = 0;

  constructor(scanner: Scanner, { file, base, maxDepth, anchors, written }: ComposeOptions) {
    this.scanner = scanner;
    this.#file = file;
    this.#base = base;
    this.#maxDepth = maxDepth;
    this.#anchors = anchors;
    this.#written = written;
  }

  /** The first document of the text; undefined if there is none, or it is empty. */
  document(): Node | undefined {
    const { scanner } = this;
    const kind = scanner.peek();
    if (kind === token.STREAM_END) return undefined;
    let root: Node | undefined;
    if (kind === token.VERSION_DIRECTIVE || kind === token.TAG_DIRECTIVE || kind === token.DOCUMENT_START) {
      takeDirectives(scanner, this.#handles);
      scanner.tokens.shift();
      if (scanner.peek() > token.DOCUMENT_END) root = this.node(IN_BLOCK);
    } else root = this.node(IN_BLOCK);
    // go-yaml reads the token after the document, and fails here if that is malformed.
    scanner.peek();
    return root;
  }

  /** Composes one value with its tag and anchor. */
  node(place: Place): Node {
    const { scanner } = this;
    const { tokens } = scanner;
    let kind = scanner.peek();
    if (kind === token.SCALAR) return this.#scalar(undefined, undefined);
    if (kind === token.ALIAS) return this.#alias();
    let anchor: string | undefined;
    let tag: string | undefined;
    while ((kind === token.ANCHOR && anchor === undefined) || (kind === token.TAG && tag === undefined)) {
      if (kind === token.ANCHOR) anchor = tokens.value;
      else tag = this.#handles.resolve(tokens.value, tokens.start, tokens.end);
      this.takeIndicator();
      kind = scanner.peek();
    }
    if (kind === token.SCALAR) return this.#scalar(anchor, tag);
    const compose = composeFor(kind, place);
    if (compose !== undefined) return this.#note(this.nested(compose, anchor), anchor, tag);
    if (anchor === undefined && tag === undefined) {
      const message = 'a value is missing here, or something else is in its place';
      throw new Refusal('missing-value', message, tokens.start, tokens.end);
    }
    const empty = this.empty(place === IN_FLOW, tag);
    if (anchor !== undefined) this.#anchors.define(anchor, empty);
    return this.#note(empty, anchor, tag);
  }

  /** Records the anchor and tag of a node, if written forms are recorded. */
  #note<N extends Node>(node: N, anchor: string | undefined, tag: string | undefined): N {
    if (anchor !== undefined || tag !== undefined) this.#written?.set(node, { anchor, tag });
    return node;
  }

  /** Records the offset of an item's `-`, if written forms are recorded. */
  noteDash(item: Node, start: number): Node {
    this.#written?.set(item, { ...this.#written.get(item), dash: this.#base + start });
    return item;
  }

  /** Consumes a token without a value. */
  takeIndicator(): void {
    const { tokens } = this.scanner;
    this.#end = tokens.end;
    tokens.shift();
  }

  /** The origin from an offset in the document to the end of the last consumed token. */
  originFrom(start: number): SourceOrigin {
    return { kind: 'source', file: this.#file, start: this.#base + start, end: this.#base + this.#end };
  }

  #scalar(anchor: string | undefined, tag: string | undefined): ScalarNode {
    const { tokens } = this.scanner;
    const { start, value } = tokens;
    const style = this.#styleAt(start);
    this.takeIndicator();
    const untagged = tag === undefined || tag === '!';
    const resolved = untagged ? (style === 'plain' ? resolveScalar(value) : '!!str') : tag;
    const node: ScalarNode = { kind: 'scalar', value, tag: resolved, style, origin: this.originFrom(start) };
    if (anchor !== undefined) this.#anchors.define(anchor, node);
    return this.#note(node, anchor, tag);
  }

  #styleAt(start: number): ScalarStyle {
    switch (this.scanner.cursor.text.charCodeAt(start)) {
      case 0x22:
        return 'double';
      case 0x27:
        return 'single';
      case 0x7c:
        return 'literal';
      case 0x3e:
        return 'folded';
      default:
        return 'plain';
    }
  }

  /**
   * An omitted value, after the last consumed token.
   * @param quoted whether it is in a flow collection, or a key. Then it is read as null but printed as an empty string,
   *   because kustomize writes objects with `''` in its place and reads them again before it prints. A null with
   *   the style `single` represents that.
   */
  empty(quoted: boolean, tag?: string): ScalarNode {
    const explicit = tag !== undefined && tag !== '!';
    const style = quoted && !explicit ? 'single' : 'plain';
    return { kind: 'scalar', value: '', tag: explicit ? tag : '!!null', style, origin: this.originFrom(this.#end) };
  }

  #alias(): Node {
    const { start, end, value } = this.scanner.tokens;
    if (this.#written !== undefined) {
      this.#anchors.find(value, start, end);
      this.takeIndicator();
      return { kind: 'scalar', value: `*${value}`, tag: '!!alias', style: 'plain', origin: this.originFrom(start) };
    }
    const node = expandAlias(this.#anchors, value, start, end, this.#maxDepth - this.#depth);
    this.takeIndicator();
    return node;
  }

  /**
   * Composes a key. A collection becomes a scalar of its text with the tag `!!map` or `!!seq`: kustomize reads
   * `{{ .Values.x }}` without complaint, and only fails to print it.
   */
  key(place: Place): ScalarNode {
    const { start } = this.scanner.tokens;
    const node = this.node(place);
    if (node.kind === 'scalar') {
      return node.tag === '!!null' && node.value === '' ? { ...node, style: 'single' } : node;
    }
    const value = this.scanner.cursor.text.slice(start, this.#end);
    const tag = node.kind === 'map' ? '!!map' : '!!seq';
    const key: ScalarNode = { kind: 'scalar', value, tag, style: 'plain', origin: this.originFrom(start) };
    this.#written?.set(key, { keyNode: node });
    return key;
  }

  /** Composes a collection. Throws a Refusal if it is nested too deeply. */
  nested(compose: Compose, anchor: string | undefined): Node {
    if (++this.#depth > this.#maxDepth) {
      const { start } = this.scanner.tokens;
      const message = `collections are nested more than ${this.#maxDepth} deep`;
      throw new Refusal('too-deep', message, start, start + 1);
    }
    const node = compose(this, anchor);
    if (anchor !== undefined) this.#anchors.close(node);
    this.#depth--;
    return node;
  }

  /** An empty sequence to fill, whose anchor is already defined. Its origin must be set once its end is known. */
  openSequence(anchor: string | undefined): SequenceNode {
    const node: SequenceNode = { kind: 'sequence', items: [], origin: this.originFrom(this.#end) };
    if (anchor !== undefined) this.#anchors.open(anchor, node);
    return node;
  }

  /** An empty map to fill, as in {@link openSequence}. */
  openMap(anchor: string | undefined): MapNode {
    const node: MapNode = { kind: 'map', entries: [], origin: this.originFrom(this.#end) };
    if (anchor !== undefined) this.#anchors.open(anchor, node);
    return node;
  }

  /**
   * Sets a map's origin and resolves its merge key.
   * @param mergesAlias whether the value of the merge key is an alias
   */
  finishMap(map: MapNode, start: number, mergesAlias: boolean): Node {
    map.origin = this.originFrom(start);
    if (this.#written !== undefined) return map;
    for (const { key } of map.entries) {
      if (key.tag !== '!!merge' && key.value !== '<<') continue;
      mergeEntries(map, mergesAlias, this.#base);
      break;
    }
    return map;
  }
}

/** The function for the collection that starts with a token of this kind, if it is allowed. */
function composeFor(kind: number, place: Place): Compose | undefined {
  switch (kind) {
    case token.FLOW_SEQUENCE_START:
      return composeFlowSequence;
    case token.FLOW_MAP_START:
      return composeFlowMap;
    case token.BLOCK_MAP_START:
      return place === IN_FLOW ? undefined : composeBlockMap;
    case token.BLOCK_SEQUENCE_START:
      return place === IN_FLOW ? undefined : composeBlockSequence;
    case token.BLOCK_ENTRY:
      return place === IN_BLOCK_MAP ? composeUnindentedSequence : undefined;
    default:
      return undefined;
  }
}
