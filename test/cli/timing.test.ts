import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFolder } from '../support/disk.ts';
import { placeFiles } from '../support/memory-file-system.ts';
import { createWorkspace } from '../support/workspace.ts';

const workspace = createWorkspace(placeFiles('tree', readFolder(join(import.meta.dirname, '../../examples/correct'))));

test('--timing shows where the time went', () => {
  const { code, out: report, err: table } = workspace.run(['tree', '--timing']);
  expect({ code, report }).toEqual({ code: 0, report: 'No problems found (2 roots, 2 releases).\n' });
  const time = / +\d+\.\d ms/;
  const rows = table.trimEnd().split('\n');
  for (const row of rows) expect(row).toMatch(time);
  expect(rows.map((row) => row.replace(time, '').trim())).toEqual([
    'start',
    'discover  2 roots',
    expect.stringMatching(/^build {2}16 objects from \d+ files \(\d+\.\d KiB\)$/),
    'model  2 releases',
    expect.stringMatching(/^rules {2}\d+ rules$/),
    ...Array.from({ length: 5 }, () => expect.stringMatching(/^[a-z-]+$/)),
    'report  0 findings',
    'other',
    'total',
  ]);
  const [start = 0, ...parts] = rows.map((row) => Number(/([\d.]+) ms/.exec(row)?.[1]));
  const total = parts.pop() ?? 0;
  expect(parts.filter((_, index) => index < 4 || index > 8).reduce((sum, part) => sum + part, start)).toBeCloseTo(
    total,
    0,
  );
});

test('--timing is of one run', () => {
  expect(workspace.run(['tree', '--timing', '--fix'])).toMatchObject({ code: 2 });
});
