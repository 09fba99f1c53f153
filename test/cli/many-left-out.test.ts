import { describe, expect, test } from 'vitest';
import { createWorkspace } from '../support/workspace.ts';

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n';
const base = (version: number) => `https://github.com/acme/platform//base?ref=v${version}`;

/** Each app takes a base from elsewhere, of one of two versions. */
function apps(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      [`app${index}/kustomization.yaml`, `resources:\n  - ${base(1 + (index % 2))}\n  - settings.yaml\n`],
      [`app${index}/settings.yaml`, settings],
    ]).flat(),
  );
}

const workspace = createWorkspace();

describe('a repository of which much is left out', () => {
  test('is reported once per cause, with a count', () => {
    workspace.write(apps(9));
    const { code, out, err } = workspace.run([]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`\
warning[build-incomplete]: The remote resource \`${base(1)}\` is left out, since migrate-lint fetches nothing (\`--remote-cache DIR\` takes it from a folder that you fill); what it would add is not checked.
 --> app0/kustomization.yaml:2:5
  |
2 |   - ${base(1)}
  |     ${'^'.repeat(base(1).length)}
  |
  = note: in app0
  = note: 8 more like this in 8 files; --verbose shows them: \`${base(2)}\` (4 times) and \`${base(1)}\` (4 times)

Found 9 warnings in 9 files (9 roots).
More about a rule: migrate-lint explain build-incomplete
`);
  });

  test('is reported in full with --verbose and in the other formats', async () => {
    workspace.write(apps(9));
    const { out } = await workspace.runHere(['--verbose']);
    expect(out.match(/^warning\[build-incomplete\]/gm)).toHaveLength(9);
    const json = await workspace.runHere(['--format', 'json']);
    expect(JSON.parse(json.out)).toMatchObject({ findings: { length: 9 }, summary: { warnings: 9 } });
  });

  test('--max-findings counts what it does not show', async () => {
    workspace.write({ ...apps(9), 'a/kustomization.yaml': 'resources: [x.yaml]\n' });
    const { out } = await workspace.runHere(['--max-findings', '1']);
    expect(out).toContain('9 more findings not shown.');
  });

  test('few are shown one by one', async () => {
    workspace.write(apps(3));
    const { out } = await workspace.runHere([]);
    expect(out.match(/^warning\[build-incomplete\]/gm)).toHaveLength(3);
    expect(out).not.toContain('more like this');
  });
});
