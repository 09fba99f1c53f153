import { describe, expect, test } from 'vitest';
import { RootClosures } from '../../src/shard/root-closure.ts';
import { WrittenNames } from '../../src/shard/written-names.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { configMap } from '../kustomize/build-files.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

/** Whether a kustomization with one manifest may hold the Job `shop-migration-v1`, or what is asked for instead. */
function mayHold(manifest: string, lines = '', kind = 'Job', name: string | null = 'shop-migration-v1'): boolean {
  const files = { '/w/kustomization.yaml': `resources: [all.yaml]\n${lines}`, '/w/all.yaml': manifest };
  const sources = new SourceCache(memoryFileSystem(files));
  const names = new WrittenNames(new RootClosures(sources), sources);
  return names.holding([{ kind: 'kustomization', path: '/w' }], kind, name ?? undefined).length > 0;
}

const job = (name: string): string => `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: ${name}\n`;

describe('a root may hold an object', () => {
  test.each([
    ['that is called so', job('shop-migration-v1'), ''],
    ['that is called so in quotes', job('"shop-migration-v1"'), ''],
    ['to whose name something is put', job('migration'), 'namePrefix: shop-\nnameSuffix: -v1\n'],
    ['whose name has a variable', job('"shop-migration-\u0024{TAG}"'), ''],
    ['that is all variable', job('"\u0024{NAME}"'), ''],
    ['whose name is an alias', `${job('*name')}`, ''],
    ['whose name has an escape', job('"sh\\u006fp-migration-v1"'), ''],
    [
      'that a JSON patch renames',
      job('x'),
      'patches:\n- target: {kind: Job}\n  patch: "- {op: replace, path: /metadata/name, value: y}"\n',
    ],
    [
      'that a JSON patch of anything renames',
      job('x'),
      'patches:\n- target: {name: x}\n  patch: "- {op: replace, path: /metadata/name, value: y}"\n',
    ],
    [
      'that a replacement renames',
      job('x'),
      'replacements:\n- targets: [{select: {kind: Job}, fieldPaths: [metadata.name]}]\n',
    ],
    [
      'that a replacement of a pattern renames',
      job('x'),
      'replacements:\n- targets: [{select: {kind: J.*}, fieldPaths: [metadata.name]}]\n',
    ],
    ['that a chart brings', configMap('x'), 'helmCharts: [{name: x}]\n'],
    ['that a transformer of a file of its own may rename', `${job('x')}---\nkind: PatchTransformer\n`, ''],
  ])('%s', (_, manifest, lines) => {
    expect(mayHold(manifest, lines)).toBe(true);
  });

  test('where nobody asks for a name', () => {
    expect(mayHold(job('other'), '', 'Job', null)).toBe(true);
  });

  test('that a generator makes, or another object', () => {
    expect(mayHold('', 'configMapGenerator: [{name: a}]\n', 'ConfigMap', 'a-5g2h8b')).toBe(true);
    expect(mayHold('kind: ExternalSecret\nmetadata: {name: a}\n', '', 'Secret', 'a')).toBe(true);
  });
});

describe('a root cannot hold an object', () => {
  test.each([
    ['of a kind that nobody writes', configMap('shop-migration-v1'), ''],
    ['with a CronJob alone', job('shop-migration-v1').replace('Job', 'CronJob'), ''],
    ['with another name', job('web-migration-v1'), ''],
    ['with another name around a variable', job('"web-\u0024{TAG}"'), ''],
    [
      'where another kind is renamed',
      job('web'),
      'replacements:\n- targets: [{select: {kind: Deployment}, fieldPaths: [metadata.name]}]\n',
    ],
    [
      'where its name is written elsewhere',
      job('web'),
      'replacements:\n- source: {kind: Job, fieldPath: metadata.name}\n  targets: [{select: {kind: Deployment}, fieldPaths: [spec.x]}]\n',
    ],
  ])('%s', (_, manifest, lines) => {
    expect(mayHold(manifest, lines)).toBe(false);
  });
});
