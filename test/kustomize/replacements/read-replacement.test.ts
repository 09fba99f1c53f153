import { describe, expect, test } from 'vitest';
import { printTree } from '../build-tree.ts';

/** What becomes of a map whose `data.x` is `old`, or the first problem. */
function build(entry: string, file: string): string {
  const text = printTree({
    'kustomization.yaml': `resources: [object.yaml]\nreplacements:\n- ${entry}\n`,
    'object.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {x: old}\n',
    'file.yaml': file,
  });
  return /x: (.*)/.exec(text)?.[1] ?? text;
}

const replacement = 'sourceValue: new\ntargets: [{select: {kind: ConfigMap}, fieldPaths: [data.x]}]\n';
const list = `- ${replacement.replace('\n', '\n  ')}`;

describe('read-replacement', () => {
  test.each([
    ['one replacement', 'path: file.yaml', replacement],
    ['a list', 'path: file.yaml', list],
    ['the first document only', 'path: file.yaml', `${replacement}---\n[`],
    ['an empty path, and all the rest', `{path: "", ${replacement.trim().replace('\n', ', ')}}`, '['],
    ['empty targets beside the path', '{path: file.yaml, targets: []}', replacement],
  ])('%s', (_, entry, file) => {
    expect(build(entry, file)).toBe('new');
  });

  const something = '`file.yaml` should hold a replacement, or a list of them, with `source` and `targets`';

  test.each([
    ['no YAML', 'a: [\n', 'file.yaml:2:1: invalid YAML: a value is missing here, or something else is in its place'],
    ['nothing', '', `kustomization.yaml:3:9: ${something}`],
    ['a comment', '# nothing\n', `kustomization.yaml:3:9: ${something}`],
    ['null', 'null\n', `kustomization.yaml:3:9: ${something}`],
    ['null in a list', '- null\n', `kustomization.yaml:3:9: ${something}`],
    ['a text in a list', '- text\n', `file.yaml:1:3: ${something}`],
    [
      'a map of something else',
      'other: x\n',
      'file.yaml:1:1: this replacement has no `targets`; say which fields of which objects are to be changed',
    ],
  ])('a file that holds %s', (_, file, message) => {
    expect(build('path: file.yaml', file)).toBe(message);
  });

  test.each([
    ['targets', 'targets: [{select: {kind: ConfigMap}}]'],
    ['a source', 'source: {kind: ConfigMap}'],
  ])('a path and %s', (_, beside) => {
    expect(build(`{path: file.yaml, ${beside}}`, replacement)).toBe(
      'kustomization.yaml:3:10: a replacement is either in a file or written here; remove `path`, or the rest',
    );
  });
});
