import { describe, expect, test } from 'vitest';
import { NamedObjects } from '../../../src/kustomize/replacements/named-objects.ts';
import { Resource } from '../../../src/kustomize/resources/resource.ts';
import { emptyMap, getField, type MapNode, setField, stringNode } from '../../../src/source/node.ts';
import { readYaml } from '../../../src/source/read.ts';
import { SourceFile } from '../../../src/source/source-file.ts';

const file = new SourceFile('a.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n');
const origin = { kind: 'source', file, start: 0, end: 1 } as const;

function object(name: string): Resource {
  const root = readYaml(file).documents[0]?.root;
  const resource = new Resource(root?.kind === 'map' ? root : emptyMap(origin));
  rename(resource, name);
  return resource;
}

function rename({ node }: Resource, name: string): void {
  const metadata = getField(node, 'metadata') as MapNode;
  setField(metadata, stringNode('name', origin), stringNode(name, origin));
}

describe('named-objects', () => {
  test('lists what has a name, or had it, in the order of the build', () => {
    const [first, second, third] = [object('a'), object('b'), object('c')];
    second.previousIds.push({ ...second.id, name: 'a', namespace: '' });
    const objects = new NamedObjects([first, second, third]);
    expect(objects.list()).toEqual([first, second, third]);
    expect(objects.list('a')).toEqual([first, second]);
    expect(objects.list('b')).toEqual([second]);
    expect(objects.list('d')).toEqual([]);
    expect(objects.ids(second).map(({ name, namespace }) => [name, namespace])).toEqual([
      ['b', ''],
      ['a', 'default'],
    ]);
  });

  test('knows a new name once it is given, and forgets the old one', () => {
    const [first, second] = [object('a'), object('b')];
    const objects = new NamedObjects([first, second]);
    rename(first, 'b');
    expect(objects.list('b')).toEqual([second]);
    objects.refresh(first);
    objects.refresh(first);
    expect(objects.list('b')).toEqual([first, second]);
    expect(objects.list('a')).toEqual([]);
  });
});
