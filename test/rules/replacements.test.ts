// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { expect, test } from 'vitest';
import type { LintOptions } from '../../src/lint-options.ts';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

const migration = `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration-TAG}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: shop, command: [npx, prisma, migrate, deploy]}]}}}
---
`;
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: release}\ndata: {TAG: v1}\n---\n';
const widgets = (...names: readonly string[]) =>
  names
    .map((name) => `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: ${name}}\nspec: {tag: x}\n---\n`)
    .join('');

/** What the rules for replacements say of a tree with one target. */
async function judge(target: string, objects: string, options: LintOptions = {}): Promise<string[]> {
  const files = {
    '/tree/kustomization.yaml': `resources: [objects.yaml]\nreplacements:\n- source: {kind: ConfigMap, name: release, fieldPath: data.TAG}\n  targets:\n  - ${target}\n`,
    '/tree/objects.yaml': objects,
  };
  const { findings } = await run(['.'], '/tree', options, memoryFileSystem(files));
  return findings
    .filter(({ rule }) => rule.startsWith('replacement-'))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

const dialect = 'select: {kind: Widget, name: "w.*"}\n    fieldPaths: [spec.tag]';

test('a target that selects more under the other version', async () => {
  // A name may hold a dot, which is any character in a pattern.
  const messages = async (...names: readonly string[]) =>
    (
      await judge(
        'select: {kind: Widget, name: w.1}\n    fieldPaths: [spec.tag]',
        settings + migration + widgets('w.1', ...names),
        { kustomize: '5.7' },
      )
    ).join('\n');
  expect(await messages('other')).toBe('');
  expect(await messages('wa1', 'wb1')).toMatch(
    /^replacement-dialect: .*5\.8 also selects Widget `wa1` and Widget `wb1`/,
  );
  expect(await messages('wa1')).not.toContain('does not select');
  expect(await messages('wa1', 'wb1', 'wc1')).not.toMatch(/\d more/);
  expect(await messages('wa1', 'wb1', 'wc1', 'wd1', 'we1')).toContain('Widget `wa1`, Widget `wb1` and 3 more objects.');
});

test('a target that selects less under the other version', async () => {
  const [reported] = await judge(dialect, settings + migration + widgets('w1'), { kustomize: '5.8' });
  expect(reported).toMatch(/^replacement-dialect: .*5\.7 does not select .*`w1`/);
  expect(reported).not.toContain('also selects');
});

test('no word of replacements in a tree without a migration or a waiter', async () => {
  expect(await judge(dialect, settings + widgets('w1'), { kustomize: '5.8' })).toEqual([]);
  expect(await judge('select: {kind: Gadget}\n    fieldPaths: [spec.tag]', settings)).toEqual([]);
  expect(await judge('select: {kind: Gadget}\n    fieldPaths: [spec.tag]', settings + migration)).toEqual([
    expect.stringMatching(/^replacement-no-target: /),
  ]);
});

test('a step that also takes items of other names', async () => {
  const items =
    'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {items: [{name: x, tag: a}, {name: x2, tag: a}, {name: xy, tag: a}]}\n---\n';
  const target = 'select: {kind: Widget}\n    fieldPaths: ["spec.items.[name=x].tag"]';
  expect(await judge(target, settings + items)).toEqual([]);
  const [reported, ...more] = await judge(target, settings + migration + items);
  expect(reported).toMatch(
    /^replacement-multi-match: `\[name=x\]` in this path also takes `x2`, `xy` of Widget `w`, whose names contain/,
  );
  expect(more).toEqual([]);
});

test.each([
  ['delimiter: "-", index: 1', 'shop-migration-TAG', /^replacement-segment: .*part 1 at delimiter `-`/],
  ['delimiter: "-", index: 2', 'shop-migration-TAG', undefined],
  [
    'delimiter: "-", index: 2',
    'shop-migration-v0-rc1',
    /only part 2 is replaced, and the rest of the old version stays after it/,
  ],
])('a part of the name: %s of %s', async (options, name, expected) => {
  const target = `select: {kind: Job}\n    fieldPaths: [metadata.name]\n    options: {${options}}`;
  const reported = await judge(target, settings + migration.replace('shop-migration-TAG', name));
  expect(reported).toEqual(expected === undefined ? [] : [expect.stringMatching(expected)]);
});

/** The fix and hint for a version that is written over a whole image. */
async function mend(image: string, options = ''): Promise<string[]> {
  const target = `select: {kind: Job}\n    fieldPaths: [spec.template.spec.containers.0.image]${options}`;
  const files = {
    '/tree/kustomization.yaml': `resources: [objects.yaml]\nreplacements:\n- source: {kind: ConfigMap, name: release, fieldPath: data.TAG}\n  targets:\n  - ${target}\n`,
    '/tree/objects.yaml': settings + migration.replace('image: shop', `image: "${image}"`),
  };
  const { findings } = await run(['.'], '/tree', {}, memoryFileSystem(files));
  return findings
    .filter(({ rule }) => rule === 'replacement-segment')
    .flatMap(({ hint, fix }) => [`${fix?.safe ? 'safe: ' : ''}${fix?.title}`, hint ?? '']);
}

test.each([
  [
    'shop:TAG',
    'safe: Put the value in place of `TAG`',
    'Write `options: {delimiter: ":", index: 1}` to put `v1` in place of `TAG`.',
  ],
  [
    'reg:5000/shop:TAG',
    'safe: Put the value in place of `TAG`',
    'Write `options: {delimiter: ":", index: 2}` to put `v1` in place of `TAG`.',
  ],
  [
    'shop:v0',
    'Put the value in place of `v0`',
    'Write `options: {delimiter: ":", index: 1}` to put `v1` in place of `v0`.',
  ],
  [
    'shop:TAGged',
    'Put the value in place of `TAGged`',
    'Write `options: {delimiter: ":", index: 1}` to put `v1` in place of `TAGged`.',
  ],
  [
    'shop:theTAG',
    'Put the value in place of `theTAG`',
    'Write `options: {delimiter: ":", index: 1}` to put `v1` in place of `theTAG`.',
  ],
  ['shop', 'Put the value after `shop`', 'Write `options: {delimiter: ":", index: 1}` to put `v1` after `shop`.'],
  [
    'reg:5000/shop',
    'Put the value after `reg:5000/shop`',
    'Write `options: {delimiter: ":", index: 2}` to put `v1` after `reg:5000/shop`.',
  ],
])('the place of a version in the image %s', async (image, title, hint) => {
  expect(await mend(image)).toEqual([title, hint]);
});
