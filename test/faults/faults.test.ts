import { describe, expect, test } from 'vitest';
import { accessFaults } from './access-faults.ts';
import { type Fault, fault, putIn } from './fault.ts';
import { jobFaults } from './job-faults.ts';
import { folderLayout, type Layout, layouts } from './layouts.ts';
import { type Files, findPlaces, readMarks } from './marks.ts';
import { patchFaults, ways } from './patches.ts';
import { makeRelease, type Spelling } from './release.ts';
import { type Settings, settings } from './settings.ts';
import { importFaults, keyFaults, knownKeyFaults, literalFaults, partialImportFaults } from './settings-faults.ts';
import { firstTool, tools } from './tools.ts';
import { treeFaults } from './tree-faults.ts';
import { holdFaults, namespaceFault, waitFaults } from './wait-faults.ts';
import { firstWaiter, type Waiter, waiters } from './waiters.ts';

const plain: Spelling = { tool: firstTool, waiter: firstWaiter, settings: settings.key };
const right: Fault = { title: 'nothing wrong', edits: [] };

/** Puts each mistake into a release that is right otherwise. */
function check(
  given: readonly Fault[],
  spelling: Partial<Spelling> = {},
  layout: Layout = folderLayout,
): Promise<void> {
  const release = makeRelease({ ...plain, ...spelling });
  return checkTrees([right, ...given].map((one) => [one.title, layout.lay(putIn(release, one))]));
}

/** Each tree has findings where its marks are, and no others. */
async function checkTrees(trees: readonly (readonly [title: string, marked: Files])[]): Promise<void> {
  const found: Record<string, readonly string[]> = {};
  const wanted: Record<string, readonly string[]> = {};
  for (const [title, marked] of trees) {
    const { files, expected } = readMarks(marked);
    wanted[title] = expected;
    found[title] = await findPlaces(files);
  }
  expect(found).toEqual(wanted);
}

describe('migration tools', () => {
  test.each(tools)('$name', (tool) => check([...jobFaults, ...keyFaults, ...knownKeyFaults], { tool }));
});

describe('waiters', () => {
  test.each(waiters)('$name', (waiter) => {
    const wrong = [...waitFaults(waiter), ...holdFaults, namespaceFault, ...accessFaults, ...verbFaults(waiter)];
    return check(wrong, { waiter });
  });
});

/** Each tool needs verbs of its own. */
function verbFaults({ verbs }: Waiter): Fault[] {
  const only = (given: string, isEnough: boolean): Fault =>
    fault(`only ${given}`, 'role', 'verbs: [get, list, watch]', `${isEnough ? '' : '‹wait-rbac›'}verbs: [${given}]`);
  return [only('get', verbs === 'get'), only('list, watch', verbs === 'list and watch')];
}

describe('settings', () => {
  const groups: readonly (readonly [Settings, readonly Fault[]])[] = [
    [settings.sealedKey, [...keyFaults, ...knownKeyFaults.slice(0, 4)]],
    [settings.externalKey, keyFaults],
    [settings.literal, literalFaults],
    [settings.imports, importFaults],
    [settings.externalImports, [...importFaults, ...partialImportFaults]],
  ];
  test.each(groups.map(([each, wrong]) => ({ name: each.name, each, wrong })))('$name', ({ each, wrong }) =>
    check(wrong, { settings: each }),
  );
});

describe('layouts', () => {
  test.each(layouts)('$name', (layout) => {
    const asked = layout.handsNameOn ? [] : waitFaults(firstWaiter);
    const all = [...jobFaults, ...asked, ...accessFaults, ...keyFaults, ...knownKeyFaults];
    return check(
      all.filter(({ isVersion }) => !(isVersion && layout.writesVersion)),
      {},
      layout,
    );
  });
});

describe('patches', () => {
  const [base] = layouts.filter(({ name }) => name === 'an overlay with nothing in it');
  test.each(ways)('$name', ({ bring }) =>
    checkTrees(patchFaults.map((one) => [one.title, { ...base?.lay(makeRelease(plain)), ...bring(one) }])),
  );
});

describe('how the tree is put together', () => {
  test.each(treeFaults)('$layout: $title', ({ title, layout, edits }) => {
    const files = { ...layouts.find(({ name }) => name === layout)?.lay(makeRelease(plain)) };
    for (const [path, from, to] of edits) {
      const parts = (files[path] ?? '').split(from);
      if (parts.length !== 2) throw new Error(`${path} holds ${from} ${parts.length - 1} times`);
      files[path] = parts.join(to);
    }
    return checkTrees([[title, files]]);
  });
});
