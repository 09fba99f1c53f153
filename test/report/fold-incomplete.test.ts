import { describe, expect, test } from 'vitest';
import { describeAlike, foldIncomplete } from '../../src/report/fold-incomplete.ts';
import { file, finding, spanOf } from './result.ts';

const incomplete = (message: string, path: string) =>
  finding(spanOf(file(path, 'x'), 'x'), { rule: 'build-incomplete', severity: 'warning', message });
const chart = (name: string, path = `${name}.yaml`) =>
  incomplete(`The chart \`${name}\` is left out (\`--helm\`).`, path);

describe('foldIncomplete', () => {
  test('by cause, in place of the first', () => {
    const other = finding(spanOf(file('b.yaml', 'x'), 'x'), { rule: 'build-error' });
    const elsewhere = incomplete('The file `a` is left out.', 'c.yaml');
    const folded = foldIncomplete([chart('a'), other, chart('b'), elsewhere, chart('c'), chart('d')]);
    expect(folded.map(({ finding: { message }, alike }) => [message, alike.length])).toEqual([
      ['The chart `a` is left out (`--helm`).', 3],
      [other.message, 0],
      ['The file `a` is left out.', 0],
    ]);
  });

  test('and patches for objects that are left out', () => {
    const patch = (id: string) => incomplete(`Perhaps: no object here is ${id}, which this patch is for.`, 'k.yaml');
    const [folded, ...rest] = foldIncomplete(
      ['Service.v1./a', 'Service.v1./b', 'Service.v1./c', 'Role.v1.rbac/d'].map(patch),
    );
    expect(rest).toEqual([]);
    expect(folded && describeAlike(folded)).toBe(
      '3 more like this in 1 file; --verbose shows them: Service.v1./b, Service.v1./c and Role.v1.rbac/d',
    );
  });

  test('the way out is a part of the cause: sources that stand elsewhere each need an option', () => {
    const from = (source: string) => incomplete(`\`app\` is built from \`${source}\`.`, `${source}.yaml`);
    expect(foldIncomplete(['a', 'b', 'c', 'd', 'e'].map(from))).toHaveLength(5);
  });
});

describe('describeAlike', () => {
  const describeRest = (names: readonly string[]) =>
    foldIncomplete(names.map((name, index) => chart(name, `${index % 4}.yaml`))).map(describeAlike);

  test('names what is left out, the most frequent first', () => {
    expect(describeRest(['a', 'b', 'c', 'c', 'a'])).toEqual([
      '4 more like this in 4 files; --verbose shows them: `c` (2 times), `b` and `a`',
    ]);
    expect(describeRest(['a', 'b', 'c', 'd', 'e', 'f'])).toEqual([
      '5 more like this in 4 files; --verbose shows them: `b`, `c`, `d` and 2 others',
    ]);
  });

  test('not where all is the same', () => {
    expect(describeRest(['a', 'a', 'a', 'a'])).toEqual(['3 more like this in 3 files; --verbose shows them']);
  });
});
