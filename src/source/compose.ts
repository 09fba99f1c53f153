import { type Anchors, expandAlias } from './alias.ts';
import { mergeEntries } from './merge.ts';
import type { MapNode, Node, ScalarNode, ScalarStyle, ScalarTag, SequenceNode } from './node.ts';
import type { SourceOrigin } from './origin.ts';
import { resolveScalar } from './resolve-scalar.ts';
import type { Scanner } from './scanner.ts';
import type { SourceFile } from './source-file.ts';
import { Refusal } from './syntax-problem.ts';
import { TagHandles } from './tag-handles.ts';
import * as token from './token.ts';

/**
 * Builds the node tree of one document from its tokens, by the grammar of go-yaml v3, with aliases and merge keys
 * resolved as kustomize resolves them right after reading.
 */
export class Composer {
  readonly #scanner: Scanner;
  readonly #file: SourceFile;
  readonly #base: number;
  readonly #maxDepth: number;
  readonly #anchors: Anchors;
  readonly #handles = new TagHandles();
  #depth = 0;

  /** @param base where the document starts in the file */
  constructor(scanner: Scanner, file: SourceFile, base: number, maxDepth: number, anchors: Anchors) {
    this.#scanner = scanner;
    this.#file = file;
    this.#base = base;
    this.#maxDepth = maxDepth;
    this.#anchors = anchors;
  }

  /** The first document of the text; undefined where there is none or it is empty. */
  document(): Node | undefined {
    const scanner = this.#scanner;
    let kind = scanner.peek();
    if (kind === token.STREAM_END) return undefined;
    let root: Node | undefined;
    if (kind === token.VERSION_DIRECTIVE || kind === token.TAG_DIRECTIVE || kind === token.DOCUMENT_START) {
      kind = this.#takeDirectives(kind);
      scanner.tokens.shift();
      kind = scanner.peek();
      if (kind > token.DOCUMENT_END) root = this.#node(true, false);
    } else root = this.#node(true, false);
    scanner.peek();
    return root;
  }

  #takeDirectives(first: number): number {
    const { tokens } = this.#scanner;
    let kind = first;
    let versions = 0;
    for (; kind === token.VERSION_DIRECTIVE || kind === token.TAG_DIRECTIVE; kind = this.#scanner.peek()) {
      const { start, end, value } = tokens;
      if (kind === token.TAG_DIRECTIVE) {
        if (!this.#handles.define(value)) {
          throw new Refusal('bad-directive', 'a second %TAG directive for the same handle; remove one', start, end);
        }
      } else if (versions++ > 0) {
        throw new Refusal('bad-directive', 'a second %YAML directive; remove one', start, end);
      } else if (value !== '1.1') {
        const message = `kustomize reads YAML 1.1 only and refuses %YAML ${value}; remove the line`;
        throw new Refusal('bad-directive', message, start, end);
      }
      tokens.shift();
    }
    if (kind !== token.DOCUMENT_START) {
      const message = 'there is no --- behind the directives that kustomize would see; remove the directives';
      throw new Refusal('bad-directive', message, 0, Math.max(tokens.start, 1));
    }
    return kind;
  }

  /**
   * Takes one value with its tag and anchor.
   * @param block whether a block collection may stand here
   * @param unindented whether also a sequence may whose `-` are not indented
   */
  #node(block: boolean, unindented: boolean): Node {
    const scanner = this.#scanner;
    const { tokens } = scanner;
    let kind = scanner.peek();
    if (kind === token.SCALAR) return this.#scalar(undefined, undefined);
    if (kind === token.ALIAS) return this.#alias();
    const propertyStart = tokens.start;
    let propertyEnd = propertyStart;
    let anchor: string | undefined;
    let tag: string | undefined;
    while ((kind === token.ANCHOR && anchor === undefined) || (kind === token.TAG && tag === undefined)) {
      if (kind === token.ANCHOR) anchor = tokens.value;
      else tag = this.#handles.resolve(tokens.value, tokens.start, tokens.end);
      propertyEnd = tokens.end;
      tokens.shift();
      kind = scanner.peek();
    }
    if (kind === token.SCALAR) return this.#scalar(anchor, tag);
    if (kind === token.FLOW_SEQUENCE_START) return this.#nested(this.#flowSequence, anchor);
    if (kind === token.FLOW_MAP_START) return this.#nested(this.#flowMap, anchor);
    if (block) {
      if (kind === token.BLOCK_MAP_START) return this.#nested(this.#blockMap, anchor);
      if (kind === token.BLOCK_SEQUENCE_START) return this.#nested(this.#blockSequence, anchor);
      if (unindented && kind === token.BLOCK_ENTRY) return this.#nested(this.#unindentedSequence, anchor);
    }
    if (anchor === undefined && tag === undefined) {
      const message = 'a value is missing here, or something else is in its place';
      throw new Refusal('missing-value', message, tokens.start, tokens.end);
    }
    const empty = this.#empty(propertyEnd, !block, tag);
    if (anchor !== undefined) this.#anchors.define(anchor, empty);
    return empty;
  }

  #origin(start: number, end: number): SourceOrigin {
    return { kind: 'source', file: this.#file, start: this.#base + start, end: this.#base + end };
  }

  #scalar(anchor: string | undefined, tag: string | undefined): ScalarNode {
    const { tokens } = this.#scanner;
    const { start, end, value } = tokens;
    const style = this.#styleAt(start);
    let resolved: ScalarTag;
    if (tag !== undefined && tag !== '!') resolved = tag;
    else resolved = style === 'plain' ? resolveScalar(value) : '!!str';
    const node: ScalarNode = { kind: 'scalar', value, tag: resolved, style, origin: this.#origin(start, end) };
    if (anchor !== undefined) this.#anchors.define(anchor, node);
    tokens.shift();
    return node;
  }

  #styleAt(start: number): ScalarStyle {
    switch (this.#scanner.cursor.text.charCodeAt(start)) {
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
   * A value that is not written. Inside a flow collection it reads as null but prints as an empty string, because
   * kustomize writes the flow collection out, with `''` in the place, and reads it again before it prints. The same
   * goes for a key that is not written. The style `single` on a null says that.
   */
  #empty(at: number, quoted: boolean, tag?: string): ScalarNode {
    const explicit = tag !== undefined && tag !== '!';
    const style = quoted && !explicit ? 'single' : 'plain';
    return { kind: 'scalar', value: '', tag: explicit ? tag : '!!null', style, origin: this.#origin(at, at) };
  }

  #alias(): Node {
    const { tokens } = this.#scanner;
    const node = expandAlias(this.#anchors, tokens.value, tokens.start, tokens.end, this.#maxDepth - this.#depth);
    tokens.shift();
    return node;
  }

  #nested(parse: (anchor: string | undefined) => Node, anchor: string | undefined): Node {
    if (++this.#depth > this.#maxDepth) {
      const { start } = this.#scanner.tokens;
      const message = `collections are nested more than ${this.#maxDepth} deep`;
      throw new Refusal('too-deep', message, start, start + 1);
    }
    const node = parse.call(this, anchor);
    if (anchor !== undefined) this.#anchors.close(node);
    this.#depth--;
    return node;
  }

  #openSequence(anchor: string | undefined): SequenceNode {
    const { start } = this.#scanner.tokens;
    const node: SequenceNode = { kind: 'sequence', items: [], origin: this.#origin(start, start) };
    if (anchor !== undefined) this.#anchors.open(anchor, node);
    return node;
  }

  #openMap(anchor: string | undefined): MapNode {
    const { start } = this.#scanner.tokens;
    const node: MapNode = { kind: 'map', entries: [], origin: this.#origin(start, start) };
    if (anchor !== undefined) this.#anchors.open(anchor, node);
    return node;
  }

  // The rest of the class is the grammar: one method for each kind of collection.

  #blockSequence(anchor: string | undefined): Node {
    const scanner = this.#scanner;
    const { tokens } = scanner;
    const sequence = this.#openSequence(anchor);
    tokens.shift();
    let end = 0;
    for (let kind = scanner.peek(); kind !== token.BLOCK_END; kind = scanner.peek()) {
      if (kind !== token.BLOCK_ENTRY) {
        const message = 'a list item starting with "- " must stand here, at the column of the items above';
        throw new Refusal('missing-dash', message, tokens.start, tokens.end);
      }
      end = tokens.end;
      tokens.shift();
      kind = scanner.peek();
      const empty = kind === token.BLOCK_ENTRY || kind === token.BLOCK_END;
      sequence.items.push(empty ? this.#empty(end, false) : this.#node(true, false));
    }
    tokens.shift();
    return this.#finishSequence(sequence, end);
  }

  /** A sequence in a map whose `-` stand at the column of the map's keys. */
  #unindentedSequence(anchor: string | undefined): Node {
    const scanner = this.#scanner;
    const { tokens } = scanner;
    const sequence = this.#openSequence(anchor);
    let end = 0;
    for (let kind = scanner.peek(); kind === token.BLOCK_ENTRY; kind = scanner.peek()) {
      end = tokens.end;
      tokens.shift();
      kind = scanner.peek();
      const empty = kind === token.BLOCK_ENTRY || endsEntry(kind);
      sequence.items.push(empty ? this.#empty(end, false) : this.#node(true, false));
    }
    return this.#finishSequence(sequence, end);
  }

  #finishSequence(sequence: SequenceNode, endOfDash: number): Node {
    const last = sequence.items.at(-1);
    const start = (sequence.origin as SourceOrigin).start - this.#base;
    sequence.origin = this.#origin(start, Math.max(endOfDash, last === undefined ? 0 : this.#endOf(last)));
    return sequence;
  }

  #blockMap(anchor: string | undefined): Node {
    const scanner = this.#scanner;
    const { tokens } = scanner;
    const map = this.#openMap(anchor);
    const start = tokens.start;
    tokens.shift();
    let end = start;
    let mergedAlias = false;
    for (let kind = scanner.peek(); kind !== token.BLOCK_END; kind = scanner.peek()) {
      if (kind !== token.KEY) {
        const message = 'a key must stand here, at the column of the keys above; check the indentation';
        throw new Refusal('missing-key', message, tokens.start, tokens.end);
      }
      end = tokens.end;
      tokens.shift();
      const key = endsEntry(scanner.peek()) ? this.#empty(end, true) : this.#key(true);
      end = this.#endOf(key);
      let value: Node;
      if (scanner.peek() === token.VALUE) {
        end = tokens.end;
        tokens.shift();
        kind = scanner.peek();
        if (key.tag === '!!merge') mergedAlias = kind === token.ALIAS;
        value = endsEntry(kind) ? this.#empty(end, false) : this.#node(true, true);
      } else value = this.#empty(end, false);
      end = Math.max(end, this.#endOf(value));
      map.entries.push({ key, value });
    }
    tokens.shift();
    return this.#finishMap(map, start, end, mergedAlias);
  }

  #flowSequence(anchor: string | undefined): Node {
    const scanner = this.#scanner;
    const { tokens } = scanner;
    const sequence = this.#openSequence(anchor);
    const start = tokens.start;
    tokens.shift();
    let kind = scanner.peek();
    for (let first = true; kind !== token.FLOW_SEQUENCE_END; first = false, kind = scanner.peek()) {
      if (!first) kind = this.#takeComma(kind, ']');
      if (kind === token.FLOW_SEQUENCE_END) break;
      sequence.items.push(kind === token.KEY ? this.#nested(this.#flowPair, undefined) : this.#node(false, false));
    }
    sequence.origin = this.#origin(start, tokens.end);
    tokens.shift();
    return sequence;
  }

  /** `a: b` as an item of a flow sequence: a map of one entry without braces. */
  #flowPair(): Node {
    const scanner = this.#scanner;
    const { tokens } = scanner;
    const map = this.#openMap(undefined);
    const { start } = tokens;
    let { end } = tokens;
    tokens.shift();
    let kind = scanner.peek();
    let key: ScalarNode;
    if (kind === token.VALUE || kind === token.FLOW_ENTRY || kind === token.FLOW_SEQUENCE_END) {
      key = this.#empty(end, true);
      // go-yaml takes this token away and then looks for a colon, so `[? : a]` fails and `[? ]` is never closed.
      tokens.shift();
    } else key = this.#key(false);
    end = this.#endOf(key);
    kind = scanner.peek();
    let value: Node | undefined;
    if (kind === token.VALUE) {
      end = tokens.end;
      tokens.shift();
      kind = scanner.peek();
      if (kind !== token.FLOW_ENTRY && kind !== token.FLOW_SEQUENCE_END) value = this.#node(false, false);
    }
    value ??= this.#empty(end, true);
    map.entries.push({ key, value });
    return this.#finishMap(map, start, Math.max(end, this.#endOf(value)), false);
  }

  #flowMap(anchor: string | undefined): Node {
    const scanner = this.#scanner;
    const { tokens } = scanner;
    const map = this.#openMap(anchor);
    const start = tokens.start;
    tokens.shift();
    let mergedAlias = false;
    let kind = scanner.peek();
    for (let first = true; kind !== token.FLOW_MAP_END; first = false, kind = scanner.peek()) {
      if (!first) kind = this.#takeComma(kind, '}');
      if (kind === token.FLOW_MAP_END) break;
      let key: ScalarNode;
      let value: Node | undefined;
      if (kind === token.KEY) {
        let { end } = tokens;
        tokens.shift();
        kind = scanner.peek();
        key = kind === token.VALUE || endsFlowEntry(kind) ? this.#empty(end, true) : this.#key(false);
        end = this.#endOf(key);
        if (scanner.peek() === token.VALUE) {
          end = tokens.end;
          tokens.shift();
          kind = scanner.peek();
          if (key.tag === '!!merge') mergedAlias = kind === token.ALIAS;
          if (!endsFlowEntry(kind)) value = this.#node(false, false);
        }
        value ??= this.#empty(end, true);
      } else {
        key = this.#key(false);
        value = this.#empty(this.#endOf(key), true);
      }
      map.entries.push({ key, value });
    }
    const { end } = tokens;
    tokens.shift();
    return this.#finishMap(map, start, end, mergedAlias);
  }

  #takeComma(kind: number, close: string): number {
    const { tokens } = this.#scanner;
    if (kind !== token.FLOW_ENTRY) {
      const message = `a , or ${close} is missing before this; quote a text that has any of , [ ] { } in it`;
      throw new Refusal('missing-comma', message, tokens.start, tokens.end);
    }
    tokens.shift();
    return this.#scanner.peek();
  }

  #finishMap(map: MapNode, start: number, end: number, mergedAlias: boolean): Node {
    map.origin = this.#origin(start, end);
    for (const { key } of map.entries) {
      if (key.tag === '!!merge' || key.value === '<<') {
        mergeEntries(map, mergedAlias, this.#base);
        break;
      }
    }
    return map;
  }

  /**
   * A key. One that is no scalar is kept as a scalar of its text with the tag `!!map` or `!!seq`: kustomize reads
   * `{{ .Values.x }}` without complaint and fails only where it prints it.
   */
  #key(block: boolean): ScalarNode {
    const start = this.#scanner.tokens.start;
    const node = this.#node(block, block);
    if (node.kind === 'scalar') {
      return node.tag === '!!null' && node.value === '' ? { ...node, style: 'single' } : node;
    }
    const end = Math.max(this.#endOf(node), start + 1);
    const value = this.#scanner.cursor.text.slice(start, end);
    const tag = node.kind === 'map' ? '!!map' : '!!seq';
    return { kind: 'scalar', value, tag, style: 'plain', origin: this.#origin(start, end) };
  }

  /** Where a node of this document ends; an alias' copy has the place of its anchor, which is before. */
  #endOf(node: Node): number {
    return node.origin.kind === 'source' ? node.origin.end - this.#base : 0;
  }
}

function endsEntry(kind: number): boolean {
  return kind === token.KEY || kind === token.VALUE || kind === token.BLOCK_END;
}

function endsFlowEntry(kind: number): boolean {
  return kind === token.FLOW_ENTRY || kind === token.FLOW_MAP_END;
}
