// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of Flux look like those of a template.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate, type VariableLookup } from '../../../src/flux/substitution/evaluate.ts';
import { ExpressionError, type ExpressionFault } from '../../../src/flux/substitution/expression-error.ts';

interface Case {
  readonly expression: string;
  readonly result?: string;
  /** What Flux's own implementation says. */
  readonly error?: string;
  /** What it says beside that when it is strict. */
  readonly strictError?: string;
}

// Results of github.com/fluxcd/pkg/envsubst at v1.9, mapped with the variables of the file.
const table = JSON.parse(readFileSync('fixtures/flux/substitution/expressions.json', 'utf8')) as {
  readonly variables: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
};

const originalMessages: Record<Exclude<ExpressionFault, 'too-deep' | 'too-long'>, string> = {
  'no-name': 'unable to parse variable name',
  'not-closed': 'missing closing brace',
  'no-argument': 'unable to parse substitution within function',
  malformed: 'bad substitution',
  'negative-length': 'panic',
};

const lookup: VariableLookup = (name) => {
  const value = table.variables[name];
  return value === undefined ? { kind: 'unset' } : { kind: 'known', value };
};

function outcome(expression: string, strict: boolean): { result: string } | { error: string } {
  try {
    const { text, unset } = evaluate(expression, lookup, { strict });
    const [first] = unset;
    if (strict && first) return { error: `variable not set (strict mode): "${first.name}"` };
    return { result: text };
  } catch (error) {
    if (!(error instanceof ExpressionError) || error.fault === 'too-deep' || error.fault === 'too-long') throw error;
    return { error: originalMessages[error.fault] };
  }
}

describe('substitution gives what Flux gives', () => {
  test('the table is as long as promised', () => expect(table.cases.length).toBeGreaterThan(250));

  test.each(table.cases)('$expression', ({ expression, result, error, strictError }) => {
    const wanted = error === undefined ? { result } : { error };
    expect(outcome(expression, false)).toEqual(wanted);
    expect(outcome(expression, true)).toEqual(strictError === undefined ? wanted : { error: strictError });
  });
});

describe('what is not known stays as it is written', () => {
  const partly: VariableLookup = (name) =>
    name.startsWith('unknown')
      ? { kind: 'unknown' }
      : name === 'v'
        ? { kind: 'known', value: '1.2' }
        : { kind: 'unset' };
  const text = (template: string, strict = false) => evaluate(template, partly, { strict }).text;

  test.each([
    ['app-${unknown}', 'app-${unknown}'],
    ['app-${unknown:-1.0}-${v}', 'app-${unknown:-1.0}-1.2'],
    ['${unset:-${unknown}}', '${unset:-${unknown}}'],
    ['${v:-${unknown}}', '1.2'],
    ['${v/${unknown}/x}', '${v/${unknown}/x}'],
    ['$${unknown} ${unknown^^}', '${unknown} ${unknown^^}'],
  ])('%s', (template, expected) => expect(text(template)).toBe(expected));

  test('an unset variable is empty, or when strict stays and is reported', () => {
    expect(text('a${unset}b')).toBe('ab');
    const { text: kept, unset } = evaluate('a${unset}b${unset:-c}', partly, { strict: true });
    expect(kept).toBe('a${unset}bc');
    expect(unset).toEqual([{ name: 'unset', start: 1, end: 9 }]);
  });

  test('segments cover both texts without gaps', () => {
    const { segments, text: output } = evaluate('x $$ ${v} ${unknown}', partly, { strict: false });
    expect(segments.map(({ kind, variables }) => [kind, ...variables])).toEqual([
      ['copied'],
      ['escape'],
      ['copied'],
      ['substituted', 'v'],
      ['copied'],
      ['symbolic', 'unknown'],
    ]);
    for (const [index, segment] of segments.entries()) {
      expect(segment.start).toBe(segments[index - 1]?.end ?? 0);
      expect(segment.outputStart).toBe(segments[index - 1]?.outputEnd ?? 0);
    }
    expect(segments.at(-1)?.outputEnd).toBe(output.length);
  });
});

test('expressions in one another are followed so deep, and no deeper', () => {
  const nested = (depth: number) => `${'${absent:-'.repeat(depth)}x${'}'.repeat(depth)}`;
  expect(evaluate(nested(200), () => ({ kind: 'unset' }), { strict: false }).text).toBe('x');
  expect(() => evaluate(nested(20_000), () => ({ kind: 'unset' }), { strict: false })).toThrow(
    'it is nested too deeply',
  );
});
