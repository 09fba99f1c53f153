import { describe, expect, test } from 'vitest';
import { drawFrame } from '../../src/report/frame.ts';
import type { Related } from '../../src/source/related.ts';
import type { Span } from '../../src/source/span.ts';
import { file, spanOf, style } from './result.ts';

function draw(at: Span, related: readonly Related[] = [], rest: Partial<typeof style> = {}): string {
  return `\n${drawFrame({ severity: 'error', at, related }, { ...style, ...rest }).lines.join('\n')}\n`;
}

const job = file(
  'base/job.yaml',
  'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: app-migration\n  namespace: a\nspec:\n  backoffLimit: 0\n',
);

describe('drawFrame', () => {
  test('underlines the span on its line', () => {
    expect(draw(spanOf(job, 'app-migration'))).toBe(`
 --> base/job.yaml:4:9
  |
4 |   name: app-migration
  |         ^^^^^^^^^^^^^
`);
  });

  test('shows related places of the same file and of others, each line once', () => {
    const overlay = file('overlays/staging/kustomization.yaml', 'resources:\n  - ../../base\nnamePrefix: staging-\n');
    const related = [
      { at: spanOf(job, 'app-migration'), note: 'name set here' },
      { at: spanOf(job, 'a', 11), note: 'in this namespace' },
      { at: spanOf(overlay, 'staging-'), note: 'prefix added here' },
    ];
    expect(draw(spanOf(job, 'app-migration'), related)).toBe(`
 --> base/job.yaml:4:9
  |
4 |   name: app-migration
  |         ^^^^^^^^^^^^^ name set here
5 |   namespace: a
  |              - in this namespace
  |
 ::: overlays/staging/kustomization.yaml:3:13
  |
3 | namePrefix: staging-
  |             -------- prefix added here
`);
  });

  test('shows the one line between two, and dots for more', () => {
    const related = [
      { at: spanOf(job, 'kind'), note: 'a Job' },
      { at: spanOf(job, 'backoffLimit'), note: 'tried once' },
    ];
    expect(draw(spanOf(job, 'name'), related)).toBe(`
 --> base/job.yaml:4:3
  |
2 | kind: Job
  | ---- a Job
3 | metadata:
4 |   name: app-migration
  |   ^^^^
...
7 |   backoffLimit: 0
  |   ------------ tried once
`);
  });

  test('puts several notes of one place below each other', () => {
    const at = spanOf(job, 'Job');
    expect(
      draw(at, [
        { at, note: 'first' },
        { at, note: 'second' },
        { at, note: 'first' },
      ]),
    ).toBe(`
 --> base/job.yaml:2:7
  |
2 | kind: Job
  |       ^^^ first
  |           second
`);
  });

  test('aligns the gutter with the longest line number', () => {
    const long = file('a.yaml', `${'x: 1\n'.repeat(11)}y: 2\n`);
    expect(draw(spanOf(long, 'x'), [{ at: spanOf(long, 'y'), note: 'here' }])).toBe(`
  --> a.yaml:1:1
   |
 1 | x: 1
   | ^
...
12 | y: 2
   | - here
`);
  });

  test('marks the first line of a span over several', () => {
    const block = file('a.yaml', 'args: |\n  one\n  two\n');
    expect(draw({ file: block, start: 6, end: block.text.length })).toBe(`
 --> a.yaml:1:7
  |
1 | args: |
  |       ^
`);
  });

  test('counts tabs, wide, combining and non-BMP characters as a terminal shows them', () => {
    const wide = file('a.yaml', '\tname: 移行🐘e\u0301x # é\n');
    expect(draw(spanOf(wide, 'x'))).toBe(`
 --> a.yaml:1:14
  |
1 |     name: 移行🐘e\u0301x # é
  |                  ^
`);
    expect(draw(spanOf(wide, '🐘'))).toContain('\n  |               ^^\n');
  });

  test('shows what a terminal would act on as escapes', () => {
    const hostile = file('a\u001b[2J.yaml', 'name: \u001b[31mred\u202e\u0007 end\n');
    expect(draw(spanOf(hostile, 'end'), [{ at: spanOf(hostile, 'end'), note: 'a\nnote\u001b]0;x' }])).toBe(`
 --> a\\u001b[2J.yaml:1:18
  |
1 | name: \\u001b[31mred\\u202e\\u0007 end
  |                                 ^^^ a\\nnote\\u001b]0;x
`);
  });

  test('cuts a very long line around the span', () => {
    const long = file('a.yaml', `value: ${'a'.repeat(500)}HERE${'b'.repeat(500)}\n`);
    const [, , source = '', underline = ''] = drawFrame(
      { severity: 'error', at: spanOf(long, 'HERE'), related: [] },
      { ...style, width: 60 },
    ).lines;
    expect(source).toMatch(/^1 \| \.\.\.a+HEREb+\.\.\.$/);
    expect(source.length).toBe(64);
    expect(source.slice(underline.indexOf('^'), underline.lastIndexOf('^') + 1)).toBe('HERE');
    const start = drawFrame(
      { severity: 'error', at: spanOf(long, 'value'), related: [] },
      { ...style, width: 60 },
    ).lines;
    expect(start[2]).toMatch(/^1 \| value: a+\.\.\.$/);
  });

  test('masks secrets, their length too', () => {
    const secret = file('a.yaml', 'data:\n  password: hunter2 # here\n');
    const secrets = { within: () => [spanOf(secret, 'hunter2')] };
    expect(draw(spanOf(secret, 'hunter2'), [{ at: spanOf(secret, 'password'), note: 'key' }], { secrets })).toBe(`
 --> a.yaml:2:13
  |
2 |   password: ******** # here
  |             ^^^^^^^^
  |   -------- key
`);
  });

  test('draws a place at the end of a file, or in an empty one', () => {
    const empty = file('a.yaml', '');
    expect(draw({ file: empty, start: 0, end: 0 })).toBe('\n --> a.yaml:1:1\n');
    const open = file('a.yaml', 'resources: [\n\n\n');
    expect(draw({ file: open, start: open.text.length, end: open.text.length })).toBe(`
 --> a.yaml:4:1
  |
1 | resources: [
...
4 |
  | ^
`);
    const short = file('a.yaml', 'a: b');
    expect(draw({ file: short, start: 4, end: 4 })).toBe('\n --> a.yaml:1:5\n  |\n1 | a: b\n  |     ^\n');
  });
});
