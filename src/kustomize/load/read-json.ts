import type { MapEntry, Node, ScalarNode, ScalarTag } from '../../source/node.ts';
import { sourceOrigin } from '../../source/origin.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { BuildError } from '../problem.ts';

/**
 * Parses JSON strictly, as Go's `encoding/json` does, into nodes with locations. A YAML parser would refuse tabs, and
 * accept comments and trailing commas. Throws a BuildError at the first error.
 */
export function readJson(file: SourceFile): Node {
  const reader = new JsonReader(file);
  return reader.readDocument();
}

class JsonReader {
  readonly #file: SourceFile;
  #at = 0;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  readDocument(): Node {
    const node = this.#readValue(0);
    this.#skipSpace();
    if (this.#at < this.#file.text.length) this.#fail('something follows the end of the JSON');
    return node;
  }

  #readValue(depth: number): Node {
    // Go allows deeper nesting than this engine's stack does.
    if (depth > 1000) this.#fail('the JSON is nested too deeply');
    this.#skipSpace();
    switch (this.#file.text[this.#at]) {
      case '{':
        return this.#readObject(depth);
      case '[':
        return this.#readArray(depth);
      case '"':
        return this.#readString();
      default:
        return this.#readWord();
    }
  }

  #readObject(depth: number): Node {
    const start = this.#at++;
    const entries = new Map<string, MapEntry>();
    while (!this.#closes('}', entries.size)) {
      this.#skipSpace();
      if (this.#file.text[this.#at] !== '"') this.#fail('a key in double quotes is expected here');
      const key = this.#readString();
      this.#skipSpace();
      if (this.#file.text[this.#at] !== ':') this.#fail('a colon is expected here');
      this.#at++;
      const value = this.#readValue(depth + 1);
      // The last of repeated keys wins, as in Go.
      entries.set(key.value, { key: entries.get(key.value)?.key ?? key, value });
    }
    return { kind: 'map', entries: [...entries.values()], origin: this.#originFrom(start) };
  }

  #readArray(depth: number): Node {
    const start = this.#at++;
    const items: Node[] = [];
    while (!this.#closes(']', items.length)) items.push(this.#readValue(depth + 1));
    return { kind: 'sequence', items, origin: this.#originFrom(start) };
  }

  /** Consumes the end of a collection, or the comma before its next member. */
  #closes(end: string, count: number): boolean {
    this.#skipSpace();
    const char = this.#file.text[this.#at];
    if (char === end) {
      this.#at++;
      return true;
    }
    if (count === 0) return false;
    if (char !== ',') this.#fail(`a comma or \`${end}\` is expected here`);
    this.#at++;
    this.#skipSpace();
    if (this.#file.text[this.#at] === end) this.#fail('JSON allows no comma before the end of a list or object');
    return false;
  }

  #readString(): ScalarNode {
    return this.#readScalar(/"(?:[^"\\]|\\.)*"/y, 'this is not a JSON string', () => '!!str', 'double');
  }

  #readWord(): ScalarNode {
    const tagOf = (word: string): ScalarTag => {
      if (word === 'null') return '!!null';
      if (word === 'true' || word === 'false') return '!!bool';
      return /^-?\d+$/.test(word) ? '!!int' : '!!float';
    };
    return this.#readScalar(/[-+.\w]+/y, 'a JSON value is expected here', tagOf, 'plain');
  }

  #readScalar(
    pattern: RegExp,
    complaint: string,
    tagOf: (text: string) => ScalarTag,
    style: ScalarNode['style'],
  ): ScalarNode {
    const start = this.#at;
    pattern.lastIndex = start;
    const text = pattern.exec(this.#file.text)?.[0];
    if (text === undefined) this.#fail(complaint);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#fail(complaint);
    }
    this.#at = pattern.lastIndex;
    const written = typeof value === 'string' ? value : text;
    return { kind: 'scalar', value: written, tag: tagOf(text), style, origin: this.#originFrom(start) };
  }

  #skipSpace(): void {
    while (/[ \t\r\n]/.test(this.#file.text[this.#at] ?? '')) this.#at++;
  }

  #originFrom(start: number): Node['origin'] {
    return sourceOrigin({ file: this.#file, start, end: this.#at });
  }

  #fail(message: string): never {
    const start = Math.min(this.#at, this.#file.text.length);
    const end = Math.min(start + 1, this.#file.text.length);
    throw new BuildError(`invalid JSON: ${message}`, { file: this.#file, start, end });
  }
}
