import { Refusal } from '../syntax-problem.ts';
import { COLON, HASH, isBlank, isBlankOrEnd, isBreak, SPACE, TAB } from './chars.ts';
import { Cursor } from './cursor.ts';
import { scanBlock } from './scan-block.ts';
import { scanPlain } from './scan-plain.ts';
import { scanAnchor, scanDirective, scanTag } from './scan-property.ts';
import { scanQuoted } from './scan-quoted.ts';
import { LONGEST_KEY, SimpleKeys } from './simple-keys.ts';
import * as token from './token.ts';
import { TokenQueue } from './token.ts';

/**
 * Scans the text of one document into tokens by the rules of go-yaml v3, which are libyaml's: indentation opens and
 * closes block collections, and a scalar becomes a key if a `:` follows on the same line.
 */
export class Scanner {
  readonly cursor: Cursor;
  readonly tokens = new TokenQueue();
  readonly #keys: SimpleKeys;
  readonly #indents: number[] = [];
  readonly #goYaml: 2 | 3;
  readonly #lookahead: number;

  /**
   * @param text one document, terminated by a NUL
   * @param goYaml the version to follow: v3 scans two tokens further ahead than v2, which matters if a document ends
   *   before its text does, and allows tabs before comments in more places
   * @param comments receives pairs of offsets
   */
  constructor(text: string, goYaml: 2 | 3, comments?: number[]) {
    this.#goYaml = goYaml;
    this.#lookahead = goYaml === 3 ? 3 : 1;
    this.cursor = new Cursor(text, comments);
    this.#keys = new SimpleKeys(this.cursor);
  }

  /** The kind of the next token, which is the head of {@link tokens}. */
  peek(): number {
    const { tokens } = this;
    while (tokens.length < this.#lookahead || this.#headMayBecomeKey()) this.#fetch();
    return tokens.kind;
  }

  #headMayBecomeKey(): boolean {
    const level = this.tokens.keyLevel;
    return level >= 0 && this.#keys.mayBecomeKey(level, this.tokens.headNumber);
  }

  #fetch(): void {
    const { cursor } = this;
    this.#toNextToken();
    this.#unroll(cursor.column);
    const code = cursor.text.charCodeAt(cursor.pos);
    if (code === 0) this.#fetchStreamEnd();
    else if (cursor.pos === cursor.lineStart && code === 0x25) this.#fetchDirective();
    else if (cursor.atDocumentMarker()) this.#fetchMarker(code);
    else this.#fetchContent(code);
  }

  /** Scans the token that starts with the given character. */
  #fetchContent(code: number): void {
    switch (code) {
      case 0x5b: // [
        this.#fetchFlowStart(token.FLOW_SEQUENCE_START);
        break;
      case 0x7b: // {
        this.#fetchFlowStart(token.FLOW_MAP_START);
        break;
      case 0x5d: // ]
        this.#fetchFlowEnd(token.FLOW_SEQUENCE_END);
        break;
      case 0x7d: // }
        this.#fetchFlowEnd(token.FLOW_MAP_END);
        break;
      case 0x2c: // ,
        this.#keys.remove();
        this.#keys.allowed = true;
        this.#fetchIndicator(token.FLOW_ENTRY);
        break;
      case 0x2a: // *
        this.#fetchProperty(token.ALIAS, scanAnchor);
        break;
      case 0x26: // &
        this.#fetchProperty(token.ANCHOR, scanAnchor);
        break;
      case 0x21: // !
        this.#fetchProperty(token.TAG, scanTag);
        break;
      case 0x27: // '
      case 0x22: // "
        this.#fetchScalar(scanQuoted);
        break;
      case 0x7c: // |
      case 0x3e: // >
        if (this.cursor.flowLevel > 0) throw this.#unexpected(code);
        this.#fetchBlockScalar();
        break;
      case 0x2d: // -
        if (this.#isWordStart()) this.#fetchScalar(scanPlain);
        else this.#fetchBlockEntry();
        break;
      case 0x3f: // ?
        if (this.cursor.flowLevel === 0 && this.#isWordStart()) this.#fetchScalar(scanPlain);
        else this.#fetchKey();
        break;
      case 0x3a: // :
        if (this.cursor.flowLevel === 0 && this.#isWordStart()) this.#fetchScalar(scanPlain);
        else this.#fetchValue();
        break;
      case 0x25: // %
      case 0x40: // @
      case 0x60: // `
      case TAB:
        throw this.#unexpected(code);
      default:
        this.#fetchScalar(scanPlain);
    }
  }

  #unexpected(code: number): Refusal {
    const { pos } = this.cursor;
    if (code === TAB) {
      return new Refusal('tab-indentation', 'a tab cannot indent a line; replace it with spaces', pos, pos + 1);
    }
    const char = String.fromCharCode(code);
    return new Refusal('unexpected-character', `a value cannot start with ${char}; quote it`, pos, pos + 1);
  }

  /** Whether the `-`, `?` or `:` at the cursor starts a word, and is not an indicator. */
  #isWordStart(): boolean {
    return !isBlankOrEnd(this.cursor.text.charCodeAt(this.cursor.pos + 1));
  }

  /**
   * Skips blanks, comments and line breaks. A tab is not allowed where a key may start, that is, at the start of a line
   * and after `-` and `?`.
   */
  #toNextToken(): void {
    const { cursor } = this;
    const { text } = cursor;
    const keys = this.#keys;
    for (;;) {
      let code = text.charCodeAt(cursor.pos);
      while (code === SPACE || (code === TAB && (cursor.flowLevel > 0 || !keys.allowed))) {
        code = text.charCodeAt(++cursor.pos);
      }
      if (code === HASH) {
        if (this.#goYaml === 3) cursor.takeComments();
        else cursor.takeComment();
        code = text.charCodeAt(cursor.pos);
      }
      if (!isBreak(code)) return;
      cursor.takeBreak();
      if (cursor.flowLevel === 0) keys.allowed = true;
    }
  }

  /** Skips the comment after a token on its line, before which v3 always allows tabs. */
  #takeLineComment(): void {
    if (this.#goYaml === 2) return;
    const { cursor } = this;
    const { text } = cursor;
    let pos = cursor.pos;
    const limit = pos + 512;
    while (isBlank(text.charCodeAt(pos)) && pos < limit) pos++;
    if (text.charCodeAt(pos) !== HASH || pos >= limit) return;
    cursor.pos = pos;
    cursor.takeComment();
  }

  /** Opens a block collection if the column is to the right of the enclosing one, and returns whether it did. */
  #roll(column: number): boolean {
    const { cursor } = this;
    if (cursor.flowLevel > 0 || cursor.indent >= column) return false;
    this.#indents.push(cursor.indent);
    cursor.indent = column;
    return true;
  }

  /** Closes the block collections to the right of the column. */
  #unroll(column: number): void {
    const { cursor } = this;
    if (cursor.flowLevel > 0) return;
    while (cursor.indent > column) {
      this.tokens.push(token.BLOCK_END, cursor.pos, cursor.pos);
      cursor.indent = this.#indents.pop() ?? -1;
    }
  }

  #endBlocks(): void {
    this.#unroll(-1);
    this.#keys.remove();
    this.#keys.allowed = false;
  }

  #fetchStreamEnd(): void {
    const { cursor } = this;
    // The end of the text also ends any possible key on its last line.
    cursor.lineStart = cursor.pos;
    this.#endBlocks();
    this.tokens.push(token.STREAM_END, cursor.pos, cursor.pos);
  }

  #fetchDirective(): void {
    this.#endBlocks();
    const start = this.cursor.pos;
    const value = scanDirective(this.cursor);
    const kind = value.startsWith('!') ? token.TAG_DIRECTIVE : token.VERSION_DIRECTIVE;
    this.tokens.push(kind, start, this.cursor.pos, value);
  }

  #fetchMarker(code: number): void {
    this.#endBlocks();
    const { cursor } = this;
    const kind = code === 0x2d ? token.DOCUMENT_START : token.DOCUMENT_END;
    this.tokens.push(kind, cursor.pos, cursor.pos + 3);
    cursor.pos += 3;
  }

  #fetchIndicator(kind: number): void {
    const { cursor } = this;
    this.tokens.push(kind, cursor.pos, cursor.pos + 1);
    cursor.pos++;
    this.#takeLineComment();
  }

  #fetchFlowStart(kind: number): void {
    const { cursor } = this;
    const number = this.tokens.nextNumber;
    const level = this.#keys.save(number);
    this.#keys.enterFlow(number);
    cursor.flowLevel++;
    this.#keys.allowed = true;
    this.tokens.push(kind, cursor.pos, cursor.pos + 1, '', level);
    cursor.pos++;
    this.#takeLineComment();
  }

  #fetchFlowEnd(kind: number): void {
    const { cursor } = this;
    this.#keys.remove();
    this.#keys.leaveFlow();
    if (cursor.flowLevel > 0) cursor.flowLevel--;
    this.#keys.allowed = false;
    this.#fetchIndicator(kind);
  }

  #fetchBlockEntry(): void {
    const { cursor, tokens } = this;
    if (cursor.flowLevel === 0) {
      if (!this.#keys.allowed) throw this.#notAllowed('a list item cannot start here; move it to a line of its own');
      if (this.#roll(cursor.column)) tokens.push(token.BLOCK_SEQUENCE_START, cursor.pos, cursor.pos);
    }
    this.#keys.remove();
    this.#keys.allowed = true;
    tokens.push(token.BLOCK_ENTRY, cursor.pos, cursor.pos + 1);
    cursor.pos++;
  }

  #fetchKey(): void {
    const { cursor } = this;
    if (cursor.flowLevel === 0) {
      if (!this.#keys.allowed) throw this.#notAllowed('a key cannot start here; move it to a line of its own');
      if (this.#roll(cursor.column)) this.tokens.push(token.BLOCK_MAP_START, cursor.pos, cursor.pos);
    }
    this.#keys.remove();
    this.#keys.allowed = cursor.flowLevel === 0;
    this.#fetchIndicator(token.KEY);
  }

  #fetchValue(): void {
    const { cursor } = this;
    const keys = this.#keys;
    if (keys.usable) {
      this.tokens.insert(keys.number, token.KEY, keys.start);
      if (this.#roll(keys.column)) this.tokens.insert(keys.number, token.BLOCK_MAP_START, keys.start);
      keys.use();
      keys.allowed = false;
    } else {
      if (cursor.flowLevel === 0) {
        if (!keys.allowed) {
          throw this.#notAllowed(
            'a second ": " on the line, or a key indented deeper than the one above; quote or align it',
          );
        }
        if (this.#roll(cursor.column)) this.tokens.push(token.BLOCK_MAP_START, cursor.pos, cursor.pos);
      }
      keys.allowed = cursor.flowLevel === 0;
    }
    this.#fetchIndicator(token.VALUE);
  }

  #notAllowed(message: string): Refusal {
    const { pos } = this.cursor;
    return new Refusal('not-allowed-here', message, pos, pos + 1);
  }

  #fetchProperty(kind: number, scan: (cursor: Cursor) => string): void {
    const { cursor } = this;
    const level = this.#keys.save(this.tokens.nextNumber);
    this.#keys.allowed = false;
    const start = cursor.pos;
    const value = scan(cursor);
    this.tokens.push(kind, start, cursor.pos, value, level);
    this.#takeLineComment();
  }

  #fetchBlockScalar(): void {
    const { cursor } = this;
    this.#keys.remove();
    this.#keys.allowed = true;
    const start = cursor.pos;
    const value = scanBlock(cursor);
    this.tokens.push(token.SCALAR, start, cursor.scalarEnd, value);
  }

  /**
   * Scans a plain or quoted scalar. If its `:` follows immediately, as with nearly all keys, it adds the tokens of a
   * key; otherwise it remembers a possible key, in case the `:` comes later.
   */
  #fetchScalar(scan: (cursor: Cursor) => string): void {
    const { cursor, tokens } = this;
    const keys = this.#keys;
    const number = tokens.nextNumber;
    const level = keys.save(number);
    keys.allowed = false;
    const start = cursor.pos;
    const { lineStart } = cursor;
    const value = scan(cursor);
    if (level >= 0 && cursor.lineStart === lineStart && this.#atColon(start)) {
      if (this.#roll(keys.column)) tokens.push(token.BLOCK_MAP_START, start, start);
      tokens.push(token.KEY, start, start);
      tokens.push(token.SCALAR, start, cursor.scalarEnd, value);
      keys.use();
      this.#fetchIndicator(token.VALUE);
      return;
    }
    tokens.push(token.SCALAR, start, cursor.scalarEnd, value, level);
    if (cursor.crossedLine) keys.allowed = true;
    else this.#takeLineComment();
  }

  /** Moves to the `:` after blanks, if there is one, and it is close enough to the key's start. */
  #atColon(start: number): boolean {
    const { cursor } = this;
    const { text } = cursor;
    let { pos } = cursor;
    while (isBlank(text.charCodeAt(pos))) pos++;
    if (text.charCodeAt(pos) !== COLON || pos - start > LONGEST_KEY) return false;
    if (cursor.flowLevel === 0 && !isBlankOrEnd(text.charCodeAt(pos + 1))) return false;
    cursor.pos = pos;
    return true;
  }
}
