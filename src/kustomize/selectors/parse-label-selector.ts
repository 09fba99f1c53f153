import type { ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { isLabelKey, isLabelValue } from '../../text/object-name.ts';
import { BuildError } from '../problem.ts';
import { isInteger, type Requirement } from './label-selector.ts';

/**
 * Parses a selector in the syntax of Kubernetes (`labels.Parse` of apimachinery): `a=b,c!=d,e in (f,g),h notin
 * (i),j,!k,l>1`. Keys and values must be valid for labels even in an annotation selector. Throws a BuildError at the
 * scalar.
 */
export function parseLabelSelector(selector: ScalarNode): Requirement[] {
  const parser = new SelectorParser(selector);
  return parser.parse();
}

interface Token {
  readonly kind: 'word' | 'symbol' | 'end';
  readonly text: string;
}

function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [found] of text.matchAll(/==|!=|[=!(),<>]|[^=!(),<>\s]+/g)) {
    tokens.push({ kind: /^[=!(),<>]/.test(found) ? 'symbol' : 'word', text: found });
  }
  return [...tokens, { kind: 'end', text: 'the end' }];
}

class SelectorParser {
  readonly #selector: ScalarNode;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(selector: ScalarNode) {
    this.#selector = selector;
    this.#tokens = readTokens(selector.value);
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    if (this.#peek().kind === 'end') return requirements;
    for (;;) {
      requirements.push(this.#readRequirement());
      const separator = this.#take();
      if (separator.kind === 'end') return requirements;
      if (separator.text !== ',') this.#fail(`\`${separator.text}\` is not a comma or the end`);
    }
  }

  #readRequirement(): Requirement {
    const negated = this.#takeSymbol('!');
    const key = this.#readKey();
    if (negated) return { key, operator: 'absent', values: new Set() };
    const after = this.#peek();
    if (after.kind === 'end' || after.text === ',') return { key, operator: 'exists', values: new Set() };
    return this.#readComparison(key, this.#take().text);
  }

  #readComparison(key: string, operator: string): Requirement {
    switch (operator) {
      case '=':
      case '==':
        return { key, operator: 'in', values: new Set([this.#readValue()]) };
      case '!=':
        return { key, operator: 'notin', values: new Set([this.#readValue()]) };
      case '>':
      case '<': {
        const bound = this.#readValue();
        if (!isInteger(bound)) this.#fail(`\`${operator}\` compares with an integer, and \`${bound}\` is none`);
        return { key, operator, values: new Set([bound]) };
      }
      case 'in':
      case 'notin':
        return { key, operator, values: this.#readValues() };
      default:
        this.#fail(`\`${operator}\` is not an operator; write =, ==, !=, in, notin, > or <`);
    }
  }

  #readKey(): string {
    const token = this.#take();
    if (token.kind !== 'word') this.#fail(`a label key is missing before ${describe(token)}`);
    if (!isLabelKey(token.text)) this.#fail(`\`${token.text}\` is not a valid label key`);
    return token.text;
  }

  #readValue(): string {
    const token = this.#peek();
    if (token.kind === 'end' || token.text === ',') return '';
    this.#next++;
    if (token.kind !== 'word') this.#fail(`a value is missing before ${describe(token)}`);
    return this.#checkValue(token.text);
  }

  /** `(a,b)`; nothing between two separators is the empty value. */
  #readValues(): Set<string> {
    const values = new Set<string>();
    if (!this.#takeSymbol('(')) this.#fail(`\`in\` and \`notin\` need their values in parentheses`);
    for (;;) {
      const token = this.#peek();
      if (token.kind === 'word') this.#next++;
      values.add(token.kind === 'word' ? this.#checkValue(token.text) : '');
      if (this.#takeSymbol(')')) return values;
      if (!this.#takeSymbol(',')) this.#fail(`\`,\` or \`)\` is missing before ${describe(this.#peek())}`);
    }
  }

  #checkValue(text: string): string {
    if (!isLabelValue(text)) this.#fail(`\`${text}\` is not a valid label value`);
    return text;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: 'the end' };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #takeSymbol(text: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.text !== text) return false;
    this.#next++;
    return true;
  }

  #fail(reason: string): never {
    throw new BuildError(
      `cannot read the selector \`${this.#selector.value}\`: ${reason}`,
      originSpan(this.#selector.origin),
    );
  }
}

function describe(token: Token): string {
  return token.kind === 'end' ? token.text : `\`${token.text}\``;
}
