import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { findListEntries } from '../../../src/model/order/list-entries.ts';
import { spanText } from '../../../src/objects/place.ts';
import { buildTree } from '../../kustomize/build-tree.ts';
import { firstOf } from '../../support/first-of.ts';

const object = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const resources = (...names: readonly string[]): string => `resources: [${names}]\n`;
const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';

/** The entries that decide the order of ConfigMaps `a` and `b`, and whether they are in one list. */
function entriesIn(files: Readonly<Record<string, string>>): string {
  const { listed } = firstOf(modelRoots([buildTree(files)], { dialect: '5.8' }));
  const [a, b] = ['a', 'b'].map((name) => firstOf(listed.filter((each) => each.name.value === name)));
  if (a === undefined || b === undefined) throw new Error('both are built');
  const { entries, lists } = findListEntries(a, b);
  return `${entries.map(spanText).join(' and ')}: ${lists}`;
}

describe('list-entries', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'one list',
      { 'kustomization.yaml': resources('a.yaml', 'b.yaml'), 'a.yaml': object('a'), 'b.yaml': object('b') },
      'a.yaml and b.yaml: one',
    ],
    [
      'one file',
      { 'kustomization.yaml': resources('all.yaml'), 'all.yaml': `${object('a')}---\n${object('b')}` },
      'a and b: none',
    ],
    [
      'a base that holds both',
      {
        'kustomization.yaml': resources('base'),
        'base/kustomization.yaml': resources('a.yaml', 'b.yaml'),
        'base/a.yaml': object('a'),
        'base/b.yaml': object('b'),
      },
      'a.yaml and b.yaml: one',
    ],
    [
      'a base that holds one of them',
      {
        'kustomization.yaml': resources('base', 'b.yaml'),
        'base/kustomization.yaml': resources('a.yaml'),
        'base/a.yaml': object('a'),
        'b.yaml': object('b'),
      },
      'base and b.yaml: one',
    ],
    [
      'a component',
      {
        'kustomization.yaml': `${resources('b.yaml')}components: [component]\n`,
        'component/kustomization.yaml': `${component}${resources('a.yaml')}`,
        'component/a.yaml': object('a'),
        'b.yaml': object('b'),
      },
      'component and b.yaml: component',
    ],
    [
      'a component that holds the second',
      {
        'kustomization.yaml': `${resources('a.yaml')}components: [component]\n`,
        'component/kustomization.yaml': `${component}${resources('b.yaml')}`,
        'component/b.yaml': object('b'),
        'a.yaml': object('a'),
      },
      'a.yaml and component: two',
    ],
    [
      'a generator',
      {
        'kustomization.yaml': `${resources('b.yaml')}configMapGenerator: [{name: a, options: {disableNameSuffixHash: true}}]\n`,
        'b.yaml': object('b'),
      },
      '{name: a, options: {disableNameSuffixHash: true}} and b.yaml: two',
    ],
  ])('%s', (_, files, expected) => {
    expect(entriesIn(files)).toBe(expected);
  });
});
