import { describe, expect, it } from 'vitest';
import { dialects } from '../../../src/kustomize/dialect.ts';
import { printBuild } from '../../../src/kustomize/print-build.ts';
import { buildTree } from '../build-tree.ts';

const config = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

/** What a list of bases builds to, with what is reported about it. */
function build(list: string, dialect: (typeof dialects)[number]) {
  const base = (name: string) => ({
    [`${name}/kustomization.yaml`]: 'resources: [config.yaml]\n',
    [`${name}/config.yaml`]: config(name),
  });
  const tree = {
    'kustomization.yaml': 'resources: [a/b]\n',
    'a/b/kustomization.yaml': list,
    ...base('base'),
    ...base('shared'),
    ...base('v1..v2'),
  };
  const { text, problems, remarks } = printBuild(buildTree(tree, dialect));
  return { text, messages: [...problems, ...remarks].map(({ kind, message }) => `${kind}: ${message}`) };
}

describe('a path with dots in a name', () => {
  it.each(dialects)('may come from two entries in kustomize %s', (dialect) => {
    const { text, messages } = build('resources:\n- ../../base\n - ../../shared\n', dialect);
    expect(text).toBe(dialect === '5.8.2' ? '' : config('shared'));
    expect(messages).toEqual([
      dialect === '5.8.2'
        ? 'error: `../../base - ../../shared` has `..` in a name, which kustomize refuses since 5.8.2; write `../../base` and `../../shared` one below the other, with the same indentation'
        : 'incomplete: `../../base - ../../shared` is two entries that became one: kustomize reads only `../../shared`, and what `../../base` would add is missing; write `../../base` and `../../shared` one below the other, with the same indentation',
    ]);
  });

  it.each(dialects)('may be the name of a folder in kustomize %s', (dialect) => {
    const { text, messages } = build('resources:\n- ../../v1..v2\n', dialect);
    expect(text).toBe(dialect === '5.8.2' ? '' : config('v1..v2'));
    expect(messages).toEqual(
      dialect === '5.8.2'
        ? ['error: `../../v1..v2` has `..` in a name, which kustomize refuses since 5.8.2; rename the folder']
        : [],
    );
  });

  it('is said to be missing if nothing is left of the first entry', () => {
    const { messages } = build('components:\n- base\n - ../shared\n', '5.8');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^error: .*base - /);
  });
});
