import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createWorkspace, type Workspace } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

let workspace: Workspace;

beforeAll(async () => {
  workspace = await createWorkspace();
  const example = fileURLToPath(new URL('../../examples/correct', import.meta.url));
  cpSync(example, join(workspace.path, 'tree'), { recursive: true });
}, 60_000);

afterAll(() => workspace.remove());

test('--timing tells where the time went', () => {
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
