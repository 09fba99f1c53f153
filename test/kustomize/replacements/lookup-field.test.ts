import { describe, expect, test } from 'vitest';
import { lookupField, PathProblem } from '../../../src/kustomize/replacements/lookup-field.ts';
import type { Node } from '../../../src/source/node.ts';
import { printYaml } from '../../../src/source/print/print.ts';
import { readYaml } from '../../../src/source/read.ts';
import { SourceFile } from '../../../src/source/source-file.ts';

function read(text: string): Node {
  const root = readYaml(new SourceFile('a.yaml', text)).documents[0]?.root;
  if (root === undefined) throw new Error('no document');
  return root;
}

const root = read(
  'map: {a: b, "": empty}\nlist: [x, w, {name: n, value: v}, {name: m, value: 1}, {value: name}]\nnone: null\nnothing: []\ntext: t\n"-1a": key\na-1: key\n',
);

function look(...steps: readonly string[]): string | undefined {
  try {
    const found = lookupField(root, steps);
    return found && printYaml(found).trim();
  } catch (error) {
    if (error instanceof PathProblem) return `refused: ${error.message}`;
    throw error;
  }
}

describe('lookup-field', () => {
  test.each([
    [['map', 'a'], 'b'],
    [[' map ', 'a '], 'b'],
    [['map', '', 'a', ''], 'b'],
    [['map', 'c'], undefined],
    [['map', 'c', 'd', '0'], undefined],
    [['list', '0'], 'x'],
    [['list', '1'], 'w'],
    [['list', '9'], undefined],
    [['list', '-'], 'value: name'],
    [['list', '[name=n]', 'value'], 'v'],
    [['list', '[value=1]', 'name'], 'm'],
    [['list', '[name=m]', 'value'], '1'],
    [['list', '[=w]'], 'w'],
    [['list', '[=z]'], undefined],
    [['list', '[other=n]'], undefined],
    [['list', '[name=]'], undefined],
    [['none', 'a'], undefined],
    [['none', '0'], undefined],
    [['none', '[a=b]'], undefined],
    [['-1a'], 'key'],
    [['a-1'], 'key'],
  ])('%j leads to %j', (steps, expected) => {
    expect(look(...steps)).toBe(expected);
  });

  test.each([
    [['nothing', '-'], '`-` means the last item, but the list is empty'],
    [['list', '-1'], 'the index -1 is negative; `-` is the last item'],
    [['list', '-12'], 'the index -12 is negative; `-` is the last item'],
    [['list', '*'], 'a source is one field, so its path cannot have `*`'],
    [['list', '[1]'], '`[1]` has no `=`; write the index without brackets, `1`'],
    [['list', '[name]'], '`[name]` has no `=`; write `[name=value]`'],
    [['list', 'a'], '`a` needs a map, and there is a list'],
    [['text', 'a'], '`a` needs a map, and there is a single value'],
    [['text', '0'], '`0` needs a list, and there is a single value'],
    [['map', '[a=b]'], '`[a=b]` needs a list, and there is a map'],
  ])('%j is refused', (steps, message) => {
    expect(look(...steps)).toBe(`refused: ${message}`);
  });
});
