import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildDiscovered, buildWithFlux } from '../../src/build-roots.ts';
import { resolveSettings } from '../../src/config/settings.ts';
import { discover } from '../../src/discover/discover.ts';
import { type FluxBuiltRoot, isFluxBuilt } from '../../src/flux/flux-built-root.ts';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { lintFolder } from '../rules/fixture.ts';
import { enter } from '../support/disk.ts';
import { update } from '../support/update.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/flux');
const cases = readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'tree')));

/** What Flux makes of a fixture, by the name of the Kustomization. */
function buildAll(name: string): Map<string, FluxBuiltRoot> {
  const folder = enter(join(fixtures, name, 'tree'));
  const sources = new SourceCache();
  const settings = resolveSettings([folder], folder, { config: false }, sources);
  const given = discover([folder], sources).roots.map((root) => buildDiscovered(root, settings, sources));
  const roots = buildWithFlux(given, [folder], settings, sources).filter(isFluxBuilt);
  return new Map(roots.map((root) => [root.flux.kustomization.object.name.value ?? '', root]));
}

describe.each(cases)('%s', (name) => {
  test('is judged', async () => {
    const file = join(fixtures, name, 'expected.txt');
    const found = await lintFolder(join(fixtures, name, 'tree'));
    if (update) writeFileSync(file, found);
    expect(found).toBe(readFileSync(file, 'utf8'));
  });

  // What Flux's own libraries (kustomize, envsubst, ssa) make of the trees, with the variables of ConfigMaps inline.
  const folder = join(fixtures, name, 'expected');
  const expected = existsSync(folder) ? readdirSync(folder) : [];
  test.runIf(expected.length > 0)('is built as Flux builds it, in the order in which it applies', () => {
    const roots = buildAll(name);
    for (const file of expected) {
      const root = roots.get(file.replace(/\.yaml$/, ''));
      expect(root === undefined ? undefined : printBuild(root)).toEqual({
        text: readFileSync(join(folder, file), 'utf8'),
        problems: [],
        remarks: [],
      });
    }
  });
});
