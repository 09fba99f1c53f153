import { Refusal } from '../syntax-problem.ts';
import type { Cursor } from './cursor.ts';

/** The largest distance between the start of a key without `?` and its `:`, in characters. */
export const LONGEST_KEY = 1024;

/**
 * The positions that may turn out to be the start of a key when a `:` is found: one for each open flow collection, and
 * one for the enclosing block (libyaml's simple keys). A key must be short and on one line; if the block's indentation
 * requires a key, a missing `:` is an error.
 */
export class SimpleKeys {
  readonly #cursor: Cursor;
  readonly #possible: boolean[] = [false];
  readonly #required: boolean[] = [false];
  /**
   * Whether to scan ahead until it is known if a key starts there. go-yaml forgets to do so after it closes a flow
   * collection without keys or values.
   */
  readonly #awaited: boolean[] = [false];
  readonly #numbers: number[] = [0];
  readonly #starts: number[] = [0];
  readonly #lines: number[] = [0];
  #level = 0;
  /** Whether a key may start at the cursor. */
  allowed = true;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** The offset of the innermost possible key. */
  get start(): number {
    return this.#starts[this.#level] as number;
  }

  /** The column of {@link start}. */
  get column(): number {
    return this.start - (this.#lines[this.#level] as number);
  }

  /** The number of the first token of the innermost possible key. */
  get number(): number {
    return this.#numbers[this.#level] as number;
  }

  /** @param number of the token that opens the flow collection */
  enterFlow(number: number): void {
    this.#level++;
    this.#possible[this.#level] = false;
    this.#numbers[this.#level] = number;
  }

  leaveFlow(): void {
    if (this.#level === 0) return;
    const number = this.#numbers[this.#level--];
    if (number === this.#numbers[this.#level]) this.#awaited[this.#level] = false;
  }

  /**
   * Saves the token with this number, at the cursor, as a possible key; returns its level for {@link mayBecomeKey}, or
   * -1.
   */
  save(number: number): number {
    if (!this.allowed) return -1;
    this.remove();
    const cursor = this.#cursor;
    const level = this.#level;
    this.#possible[level] = true;
    this.#awaited[level] = true;
    this.#required[level] = cursor.flowLevel === 0 && cursor.indent === cursor.column;
    this.#numbers[level] = number;
    this.#starts[level] = cursor.pos;
    this.#lines[level] = cursor.lineStart;
    return level;
  }

  /** Discards the innermost possible key. Throws a Refusal if a key is required. */
  remove(): void {
    const level = this.#level;
    if (!this.#possible[level]) return;
    if (this.#required[level]) throw this.#missingColon(level);
    this.#possible[level] = false;
  }

  /** Discards the innermost possible key after it became one. */
  use(): void {
    this.#possible[this.#level] = false;
  }

  /** Whether the innermost possible key may end at the cursor. */
  get usable(): boolean {
    return this.#isUsable(this.#level);
  }

  /** Whether the token with this number may still become a key. */
  mayBecomeKey(level: number, number: number): boolean {
    return (
      this.#awaited[level] === true && level <= this.#level && this.#numbers[level] === number && this.#isUsable(level)
    );
  }

  #isUsable(level: number): boolean {
    if (!this.#possible[level]) return false;
    const { lineStart, pos } = this.#cursor;
    const start = this.#starts[level] as number;
    if (this.#lines[level] === lineStart && (pos - start <= LONGEST_KEY || this.#isShort(start, pos))) return true;
    if (this.#required[level]) throw this.#missingColon(level);
    this.#possible[level] = false;
    return false;
  }

  /** The slow but exact check: characters beyond the BMP count as one. */
  #isShort(start: number, end: number): boolean {
    if (end - start > 2 * LONGEST_KEY) return false;
    return [...this.#cursor.text.slice(start, end)].length <= LONGEST_KEY;
  }

  #missingColon(level: number): Refusal {
    const start = this.#starts[level] as number;
    let end = start;
    const { text } = this.#cursor;
    while (end < text.length - 1 && !'\r\n'.includes(text.charAt(end))) end++;
    return new Refusal(
      'missing-colon',
      'a key is expected here, but there is no ": " after it; add it, or indent the line if it continues the one above',
      start,
      end,
    );
  }
}
