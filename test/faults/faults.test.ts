import { describe, expect, test } from 'vitest';
import { accessFaults } from './access-faults.ts';
import { type Fault, fault, putIn } from './fault.ts';
import { jobFaults } from './job-faults.ts';
import { folderLayout, type Layout, layouts } from './layouts.ts';
import { findPlaces, readMarks } from './marks.ts';
import { makeRelease, type Spelling } from './release.ts';
import { type Settings, settings } from './settings.ts';
import { importFaults, keyFaults, knownKeyFaults, literalFaults, partialImportFaults } from './settings-faults.ts';
import { firstTool, tools } from './tools.ts';
import { holdFaults, namespaceFault, waitFaults } from './wait-faults.ts';
import { firstWaiter, type Waiter, waiters } from './waiters.ts';

const plain: Spelling = { tool: firstTool, waiter: firstWaiter, settings: settings.key };
const right: Fault = { title: 'nothing wrong', edits: [] };

/**
 * Puts each mistake into a release that is right otherwise: what is told of it is told where the mistake is, and nothing else is
 * told.
 */
async function check(
  given: readonly Fault[],
  spelling: Partial<Spelling> = {},
  layout: Layout = folderLayout,
): Promise<void> {
  const release = makeRelease({ ...plain, ...spelling });
  const found: Record<string, readonly string[]> = {};
  const wanted: Record<string, readonly string[]> = {};
  for (const one of [right, ...given]) {
    const { files, expected } = readMarks(layout.lay(putIn(release, one)));
    wanted[one.title] = expected;
    found[one.title] = await findPlaces(files);
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
