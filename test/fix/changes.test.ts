import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/findings/fix.ts';
import { applyEdits } from '../../src/fix/edit.ts';
import { planFix } from '../../src/fix/plan-fix.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import type { Span } from '../../src/source/span.ts';
import { readTree } from '../hardening/mutated-tree.ts';
import { fixTree } from './fix-tree.ts';

/** The place of a text in a file. */
function at(file: SourceFile, text: string): Span {
  const start = file.text.indexOf(text);
  return { file, start, end: start + text.length };
}

/** What changes make of the file that they are in, or why they cannot be made. */
function make(file: SourceFile, ...changes: readonly Change[]): string {
  const plan = planFix({ title: 'Mend it', safe: true, changes }, (path) => path === '/w/there.yaml');
  return plan.kind === 'edits' ? applyEdits(file.text, plan.edits) : `refused: ${plan.why}`;
}

describe('lines are taken out', () => {
  test.each([
    ['FROM a\nCMD b\n', 'FROM a\n'],
    ['FROM a\n\nCMD b\n\nUSER c\n', 'FROM a\n\nUSER c\n'],
    ['FROM a\r\n\r\nCMD b \\\r\n  c', 'FROM a\r\n'],
    ['CMD b\nUSER c\n', 'USER c\n'],
  ])('%j', (before, after) => {
    const file = new SourceFile('/w/Dockerfile', before);
    const [command = ''] = /CMD(?:[^\n]*\\\r?\n)*[^\r\n]*/.exec(before) ?? [];
    expect(make(file, { kind: 'remove lines', at: at(file, command) })).toBe(after);
  });
});

describe('a text is exchanged', () => {
  const file = new SourceFile('/w/a.yaml', 'a: x y x\nb: "say \\"x\\""\nc: |\n  run x\nd: \'it\'\'s x\'\n');
  test.each([
    ['where the place says which', at(file, 'x\nb'), 'a: x y "z"\n'],
    ['in double quotes', at(file, '"say \\"x\\""'), 'b: "say \\"\\"z\\"\\""\n'],
    ['in a block', at(file, '|\n  run x'), 'c: |\n  run "z"\n'],
    ['in single quotes', at(file, "'it''s x'"), "d: 'it''s \"z\"'\n"],
  ])('%s', (_, place, line) => {
    const span = place.end - place.start > 3 ? place : { ...place, end: place.start + 1 };
    expect(make(file, { kind: 'replace', at: span, from: 'x', to: '"z"' })).toContain(line);
  });

  test('but not if there are several, or none', () => {
    const refused = (text: string, from: string) => make(file, { kind: 'replace', at: at(file, text), from, to: 'z' });
    expect(refused('x y x', 'x')).toBe('refused: `x` occurs more than once');
    expect(refused('x y x', 'w')).toBe('refused: the text is written with escapes or over several lines');
  });
});

describe('a value is written', () => {
  const file = new SourceFile(
    '/w/kustomization.yaml',
    'targets:\n- select:\n    kind: Job\n  fieldPaths: [metadata.name]\n- select: {kind: Pod}\n  options: {index: 1}\n',
  );
  test('into the map that contains a key, or below the key', () => {
    const options = { delimiter: '-', index: 2 };
    expect(make(file, { kind: 'write', in: at(file, 'metadata.name'), path: ['options'], value: options })).toContain(
      '  fieldPaths: [metadata.name]\n  options:\n    delimiter: "-"\n    index: 2\n',
    );
    expect(
      make(file, { kind: 'write', in: at(file, 'options'), beside: true, path: ['options'], value: options }),
    ).toContain('  options: {index: 2, delimiter: "-"}\n');
    expect(make(file, { kind: 'write', in: at(file, 'options'), path: ['create'], value: true })).toContain(
      '  options: {index: 1, create: true}\n',
    );
  });

  test('unless it is already there, or something else is', () => {
    const write = (path: string[], value: string | number) =>
      make(file, { kind: 'write', in: at(file, 'options'), path, value });
    expect(write(['index'], 1)).toMatch(/^refused: the file already says so/);
    expect(write([], 'x')).toBe('refused: there is already another value');
    expect(write(['index', 'deeper'], 1)).toBe('refused: there is already another value');
  });
});

describe('a file is made', () => {
  const object = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a' } };
  const home = new SourceFile('/w/base/account.yaml', 'kind: ServiceAccount\r\n');
  const list = new SourceFile('/w/kustomization.yaml', 'resources: [base/account.yaml, b.yaml]\n');
  const create = (name: string, listed?: Span): Change => ({
    kind: 'create',
    beside: at(home, 'kind'),
    listed,
    name,
    objects: [object, object],
  });

  test('in the folder and with the line breaks of the other, and is listed', () => {
    const changes = [create('more.yaml', at(list, 'base/account.yaml'))];
    const plan = planFix({ title: 'Mend it', safe: false, changes }, () => false);
    const text = 'apiVersion: v1\r\nkind: ServiceAccount\r\nmetadata:\r\n  name: a\r\n';
    expect(plan).toMatchObject({ files: [{ path: '/w/base/more.yaml', text: `${text}---\r\n${text}` }] });
    expect(make(list, ...changes)).toBe('resources: [base/account.yaml, base/more.yaml, b.yaml]\n');
  });

  test('unless there is one, or the other is not listed by its name', () => {
    const there = { ...create('there.yaml'), beside: at(new SourceFile('/w/a.yaml', 'kind: x'), 'kind') } as Change;
    expect(make(home, there)).toBe('refused: the file `there.yaml` already exists');
    expect(make(home, create('more.yaml', at(list, 'b.yaml')))).toBe(
      'refused: the kustomization does not list the object by its file name',
    );
  });
});

test('each overlay gets a replacement of its own for the prefix that it adds', async () => {
  const tree = Object.fromEntries(
    Object.entries(readTree(join(import.meta.dirname, '../../fixtures/rules/wait-job-match/overlay'))).filter(
      ([path]) => !/^\/(?:fixed\/|expected\.txt)/.test(path),
    ),
  );
  const overlay = tree['/overlay/kustomization.yaml'] ?? '';
  const { tree: after, outcome } = await fixTree(
    { ...tree, '/other/kustomization.yaml': overlay.replace('staging-', 'production-') },
    { rule: 'wait-job-match' },
  );
  expect(outcome.refused).toEqual([]);
  expect(outcome.linted.result.findings).toEqual([]);
  for (const path of ['/overlay/kustomization.yaml', '/other/kustomization.yaml']) {
    expect(after[path]).toContain('\nreplacements:\n  - source:\n      kind: Job\n');
  }
  expect(after['/base/deployment.yaml']).toBe(tree['/base/deployment.yaml']);
});
