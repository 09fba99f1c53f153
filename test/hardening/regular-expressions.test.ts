import { analyse } from 'scslre';
import { describe, expect, test } from 'vitest';
import { type Attack, findAttack } from '../support/attack-texts.ts';
import { readSourceExpressions } from '../support/source-expressions.ts';

// A text of a stranger's tree may be of any length. What an expression does with a text must not take more than linear time.
describe('the regular expressions of the sources', async () => {
  const all = await readSourceExpressions();

  test('are found, whether written or made', () => {
    expect(all.filter(({ place }) => /:\d+$/.test(place)).length).toBeGreaterThan(1000);
    expect(all.map(({ place }) => place)).toContain('src/lint/secrets/passwords.ts');
  });

  // By an analysis of their quantifiers, which finds texts of one character only.
  test('cannot be slowed down by a character', () => {
    const slow = all.flatMap(({ place, expression }) =>
      analyse(expression).reports.map(
        ({ character }) => `${place} ${expression}: many times ${JSON.stringify(character.pick)}`,
      ),
    );
    expect(slow).toEqual([]);
  });

  // By attempts: parts of what they match, many times.
  test('nor by a word', () => {
    const slow = all.flatMap(({ place, expression }) => {
      const attack = findAttack(expression);
      return attack === undefined ? [] : [`${place} ${expression}: ${describeAttack(attack)}`];
    });
    expect(slow).toEqual([]);
  });
});

function describeAttack({ head, repeated, end }: Attack): string {
  return `${JSON.stringify(head)}, many times ${JSON.stringify(repeated)}, ${JSON.stringify(end)}`;
}

test.each([
  [/a+$/, 'a'],
  [/^-\w*p\w*i/, 'p'],
  [/x+x+y/, 'x'],
])('the analysis finds that %s is slow', (expression, character) => {
  expect(analyse(expression).reports.map((report) => report.character.pick)).toContain(character);
});

test.each([
  [/prisma (\S+ )*generate/, 'prisma '],
  [/\$\{[^}]*\}/, '${a'],
  [/^atlas (.* )?schema (.* )?apply/, 'schema '],
])('the attempts find that %s is slow', (expression, repeated) => {
  expect(findAttack(expression)?.repeated).toContain(repeated.slice(0, 2));
});

test.each([/^\s*(\S.*)?$/, /(?<!a)a+$/, /"(?:[^"\\]|\\.)*"?/, /\bprisma /])('%s is not slow', (expression) => {
  expect(analyse(expression).reports.map(({ type }) => type)).toEqual([]);
  expect(findAttack(expression)).toBe(undefined);
});
