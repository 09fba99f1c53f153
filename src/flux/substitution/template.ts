import { ExpressionError, type ExpressionFault } from './expression-error.ts';

/** A part of a text as Flux's substitution parses it. Parts are in order and without gaps. */
export type Part = TextPart | EscapePart | Expression;

/** Text that is copied. */
export interface TextPart {
  readonly kind: 'text';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** `$$`, which is one dollar sign that starts no expression. */
export interface EscapePart {
  readonly kind: 'escape';
  readonly start: number;
  readonly end: number;
}

/** `${NAME}` with or without an operation. */
export interface Expression {
  readonly kind: 'expression';
  readonly name: string;
  /** Empty for `${NAME}`. */
  readonly operator: Operator;
  readonly args: readonly Argument[];
  readonly start: number;
  readonly end: number;
}

/** An argument is text, with escapes resolved, or a nested expression. */
export type Argument = { readonly kind: 'text'; readonly value: string } | Expression;

export type Operator =
  | ''
  | 'length'
  | ':'
  | ':-'
  | ':='
  | ':?'
  | ':+'
  | '='
  | ','
  | ',,'
  | '^'
  | '^^'
  | ',^'
  | '^,'
  | '#'
  | '##'
  | '%'
  | '%%'
  | '/'
  | '//'
  | '/#'
  | '/%';

/**
 * Parses a text as the fork of drone/envsubst in fluxcd/pkg does: `$$` is an escape, `${…}` an expression, and
 * everything else text, including a lone `$` or `$NAME`. Throws an ExpressionError at the first `${` that cannot be
 * parsed.
 */
export function readTemplate(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let at = 0;
  const flush = () => {
    if (at > start) parts.push({ kind: 'text', value: text.slice(start, at), start, end: at });
  };
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    at = dollar < 0 ? text.length : dollar;
    if (text.startsWith('${', at)) {
      flush();
      const expression = new ExpressionReader(text, at, 0).read();
      parts.push(expression);
      start = at = expression.end;
    } else if (text.startsWith('$$', at)) {
      flush();
      parts.push({ kind: 'escape', start: at, end: at + 2 });
      start = at = at + 2;
    } else if (at < text.length) {
      at += 1;
    }
  }
  flush();
  return parts;
}

/** How deeply expressions may be nested. Flux has no limit; this one keeps a hostile text from overflowing the stack. */
const deepest = 200;

/** Parses one expression, starting at its `${`; recursive for nested ones. */
class ExpressionReader {
  readonly #text: string;
  readonly #start: number;
  readonly #depth: number;
  #at: number;

  /** @param depth how many expressions it is nested in */
  constructor(text: string, start: number, depth: number) {
    this.#text = text;
    this.#start = start;
    this.#depth = depth;
    this.#at = start + 2;
  }

  read(): Expression {
    if (this.#depth > deepest) throw new ExpressionError('too-deep', this.#start, this.#at);
    if (this.#next() === '#') {
      this.#at += 1;
      const name = this.#word();
      if (name === '') throw this.#error('malformed');
      return this.#close(name, 'length', []);
    }
    const name = this.#word();
    if (name === '') throw this.#error('no-name');
    switch (this.#next()) {
      case ':':
        return this.#defaultOrSubstring(name);
      case '=':
        return this.#default(name, '=');
      case ',':
      case '^':
        return this.#close(name, this.#operator(/[,^]{1,2}/y), []);
      case '/':
        return this.#replacement(name);
      case '#':
        return this.#removal(name, /##?/y);
      case '%':
        return this.#removal(name, /%%?/y);
      default:
        if (this.#next() !== '}') throw this.#error('not-closed');
        return this.#close(name, '', []);
    }
  }

  #defaultOrSubstring(name: string): Expression {
    const second = this.#text.charAt(this.#at + 1);
    if (second === '-' || second === '=' || second === '?' || second === '+') {
      return this.#default(name, `:${second}`);
    }
    // Flux's scanner steps back by the width of the character after the colon, and so fails on a wide one.
    if (second === '' || second > '\x7f') throw this.#error('malformed');
    this.#at += 1;
    const position = this.#argument(/[^:}]/u);
    if (this.#next() === '}') return this.#close(name, ':', [position]);
    if (this.#run(/:+/y) === '') throw this.#error('malformed');
    return this.#close(name, ':', [position, this.#argument(/[^}]/u)]);
  }

  #default(name: string, operator: Operator): Expression {
    this.#at += operator.length;
    const args: Argument[] = [];
    while (this.#next() !== '}') args.push(this.#argument(/[^}]/u));
    return this.#close(name, operator, args);
  }

  #removal(name: string, operators: RegExp): Expression {
    const operator = this.#operator(operators);
    return this.#close(name, operator, [this.#argument(/[^}]/u)]);
  }

  #replacement(name: string): Expression {
    const operator = this.#operator(/\/[/#%]?/y);
    const pattern = this.#argument(/[^/]/u, 'with escapes');
    // Any number of slashes separates pattern and replacement.
    if (this.#run(/\/+/y) === '') throw this.#error('malformed');
    if (this.#next() === '}') return this.#close(name, operator, [pattern]);
    return this.#close(name, operator, [pattern, this.#argument(/[^}]/u, 'with escapes')]);
  }

  /** A nested expression, or text of at least one character, up to a `${` or the first character that is not allowed. */
  #argument(allowed: RegExp, form: 'verbatim' | 'with escapes' = 'verbatim'): Argument {
    if (this.#text.startsWith('${', this.#at)) {
      const nested = new ExpressionReader(this.#text, this.#at, this.#depth + 1).read();
      this.#at = nested.end;
      return nested;
    }
    const start = this.#at;
    let value = '';
    while (this.#at < this.#text.length && !this.#text.startsWith('${', this.#at)) {
      if (form === 'with escapes' && /^(?:\$\$|\\[/\\])/.test(this.#text.slice(this.#at, this.#at + 2))) {
        value += this.#text.charAt(this.#at + 1);
        this.#at += 2;
        continue;
      }
      const character = this.#next();
      if (!allowed.test(character)) break;
      value += character;
      this.#at += character.length;
    }
    if (this.#at === start) throw this.#error('no-argument');
    return { kind: 'text', value };
  }

  #close(name: string, operator: Operator, args: Argument[]): Expression {
    if (this.#next() !== '}') throw this.#error('malformed');
    this.#at += 1;
    return { kind: 'expression', name, operator, args, start: this.#start, end: this.#at };
  }

  #word(): string {
    return this.#run(/[\p{L}\p{Nd}_]+/uy);
  }

  #operator(pattern: RegExp): Operator {
    return this.#run(pattern) as Operator;
  }

  #run(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  /** The code point at the current position; empty at the end. */
  #next(): string {
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /** An error that spans from the `${` to the next `}` or the end of the line. */
  #error(fault: ExpressionFault): ExpressionError {
    const closing = /[}\n]/g;
    closing.lastIndex = this.#start;
    const found = closing.exec(this.#text);
    const end = found === null ? this.#text.length : found.index + (found[0] === '}' ? 1 : 0);
    return new ExpressionError(fault, this.#start, end);
  }
}
