import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filesOf, type RandomTree, randomTree } from '../shard/random-tree.ts';
import { describeRun, lintAfter } from './following-run.ts';

type Files = Readonly<Record<string, string>>;

/** What another tree has otherwise is taken over bit by bit. */
const changes = fc.array(
  fc.record({
    service: fc.option(fc.nat(2)),
    kustomization: fc.option(fc.nat(4)),
    settings: fc.boolean(),
    moved: fc.option(fc.nat(30)),
  }),
  { minLength: 1, maxLength: 6 },
);

type Change = typeof changes extends fc.Arbitrary<(infer T)[]> ? T : never;

function change(tree: RandomTree, other: RandomTree, { service, kustomization, settings }: Change): RandomTree {
  return {
    ...tree,
    services: tree.services.map((each, at) => (at === service ? (other.services[at] ?? each) : each)),
    kustomizations: tree.kustomizations.map((each, at) =>
      // Where they stand is the same, so that no file comes or goes.
      at === kustomization ? { ...(other.kustomizations[at] ?? each), at: each.at } : each,
    ),
    settings: settings ? other.settings : tree.settings,
  };
}

/** A comment in front of all that a file holds. */
function move(files: Files, at: number | null): Files {
  const path = Object.keys(files).filter((each) => each.endsWith('.yaml'))[at ?? Number.POSITIVE_INFINITY];
  return path === undefined ? files : { ...files, [path]: `# moved\n${files[path]}` };
}

test('however roots depend on each other, and whoever applies them: a run after edits finds the same as a fresh run', async () => {
  const kinds = { edits: 0, others: 0 };
  await fc.assert(
    fc.asyncProperty(randomTree, randomTree, changes, async (from, to, sequence) => {
      let tree = from;
      let files: Files = filesOf(from);
      let linted = await lintAfter(files);
      for (const each of sequence) {
        tree = change(tree, to, each);
        const before = files;
        files = move(filesOf(tree), each.moved);
        const paths = [...new Set([...Object.keys(before), ...Object.keys(files)])];
        const changed = new Set(paths.filter((path) => before[path] !== files[path]));
        const isStructural = [...changed].some((path) => before[path] === undefined || files[path] === undefined);
        kinds[isStructural ? 'others' : 'edits']++;
        linted = await lintAfter(files, { ...linted.memory, changed, isStructural });
        expect(describeRun(linted)).toEqual(describeRun(await lintAfter(files)));
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
  expect(kinds.edits).toBeGreaterThan(kinds.others);
});
