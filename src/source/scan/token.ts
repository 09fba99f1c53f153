/** The kinds of token that a {@link Scanner} produces; plain numbers, since there are millions of tokens. */
export const STREAM_END = 0;
export const VERSION_DIRECTIVE = 1;
export const TAG_DIRECTIVE = 2;
export const DOCUMENT_START = 3;
export const DOCUMENT_END = 4;
export const BLOCK_SEQUENCE_START = 5;
export const BLOCK_MAP_START = 6;
/** The end of a block collection, by indentation. */
export const BLOCK_END = 7;
export const FLOW_SEQUENCE_START = 8;
export const FLOW_MAP_START = 9;
export const FLOW_SEQUENCE_END = 10;
export const FLOW_MAP_END = 11;
/** The `-` of a block sequence. */
export const BLOCK_ENTRY = 12;
/** The `,` of a flow collection. */
export const FLOW_ENTRY = 13;
/** The `?` before a key, or nothing before a simple key. */
export const KEY = 14;
/** The `:` after a key. */
export const VALUE = 15;
export const ALIAS = 16;
export const ANCHOR = 17;
export const TAG = 18;
export const SCALAR = 19;

/** How many tokens are removed before the queue is compacted. */
const COMPACT_AT = 128;

/**
 * The tokens waiting to be composed, in arrays of properties instead of objects. Offsets are in the document's text.
 * Tokens are numbered through the whole document.
 */
export class TokenQueue {
  readonly #kinds: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #values: string[] = [];
  /** The flow level at which the token may become a key, or -1. */
  readonly #keyLevels: number[] = [];
  #head = 0;
  #tail = 0;
  #taken = 0;

  get length(): number {
    return this.#tail - this.#head;
  }

  /** The number that the next token pushed will have. */
  get nextNumber(): number {
    return this.#taken + this.#tail - this.#head;
  }

  /** The number of the first token in the queue. */
  get headNumber(): number {
    return this.#taken;
  }

  get kind(): number {
    return this.#kinds[this.#head] as number;
  }

  get start(): number {
    return this.#starts[this.#head] as number;
  }

  get end(): number {
    return this.#ends[this.#head] as number;
  }

  get value(): string {
    return this.#values[this.#head] as string;
  }

  get keyLevel(): number {
    return this.#keyLevels[this.#head] as number;
  }

  push(kind: number, start: number, end: number, value = '', keyLevel = -1): void {
    const at = this.#tail++;
    this.#kinds[at] = kind;
    this.#starts[at] = start;
    this.#ends[at] = end;
    this.#values[at] = value;
    this.#keyLevels[at] = keyLevel;
  }

  /** Inserts an empty token before the one with the given number, or at the end if that one is gone. */
  insert(number: number, kind: number, start: number): void {
    const at = number < this.#taken ? this.#tail : this.#head + number - this.#taken;
    for (let i = this.#tail++; i > at; i--) {
      this.#kinds[i] = this.#kinds[i - 1] as number;
      this.#starts[i] = this.#starts[i - 1] as number;
      this.#ends[i] = this.#ends[i - 1] as number;
      this.#values[i] = this.#values[i - 1] as string;
      this.#keyLevels[i] = this.#keyLevels[i - 1] as number;
    }
    this.#kinds[at] = kind;
    this.#starts[at] = start;
    this.#ends[at] = start;
    this.#values[at] = '';
    this.#keyLevels[at] = -1;
  }

  /** Moves the remaining tokens to the front, so that the arrays stay short. */
  #compact(): void {
    const head = this.#head;
    for (let i = head; i < this.#tail; i++) {
      this.#kinds[i - head] = this.#kinds[i] as number;
      this.#starts[i - head] = this.#starts[i] as number;
      this.#ends[i - head] = this.#ends[i] as number;
      this.#values[i - head] = this.#values[i] as string;
      this.#keyLevels[i - head] = this.#keyLevels[i] as number;
    }
    this.#head = 0;
    this.#tail -= head;
  }

  shift(): void {
    this.#head++;
    this.#taken++;
    if (this.#head === COMPACT_AT) this.#compact();
  }
}
