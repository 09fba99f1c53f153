import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { FixOutcome } from '../../src/fix/fix-findings.ts';
import type { Resource } from '../../src/kustomize/resources/resource.ts';
import type { Node } from '../../src/source/node.ts';
import { readYaml } from '../../src/source/read.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { editDistance } from '../../src/text/edit-distance.ts';
import { fixTree } from '../fix/fix-tree.ts';
import { laidOut } from './laid-out.ts';
import { readTree } from './mutated-tree.ts';

/** `npm run fuzz` asks for many more. */
const numRuns = Math.ceil(Number(process.env['FUZZ_RUNS'] ?? 300) / 10);

const top = join(import.meta.dirname, '../..');
const rules = join(top, 'fixtures/rules');
const folders = readdirSync(rules).flatMap((rule) =>
  readdirSync(join(rules, rule))
    .filter((name) => /^(?:bad|overlay)/.test(name) && readdirSync(join(rules, rule, name)).includes('fixed'))
    .map((name) => join(rules, rule, name)),
);
const trees = [...folders, join(top, 'examples/faulty')].map((folder) =>
  Object.fromEntries(Object.entries(readTree(folder)).filter(([path]) => !/^\/(?:fixed\/|expected\.txt)/.test(path))),
);
const anyTree = fc.constantFrom(...trees).chain(laidOut);

test(
  'a file that was fixed still reads, keeps its comments, and a second run changes nothing',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, async (tree) => {
        const { tree: after, outcome } = await fixTree(tree);
        expect(outcome.linted.result.crashes).toEqual([]);
        for (const [path, text] of Object.entries(after)) {
          const before = tree[path] ?? '';
          if (text === before) continue;
          if (/\.ya?ml$/.test(path)) {
            expectReadable(text, before);
            // Whatever is not a value that was changed is still there, byte for byte.
            expect(commentsOf(text)).toEqual(expect.arrayContaining(commentsOf(before)));
          }
          expect(text.startsWith('\ufeff')).toBe(before.startsWith('\ufeff'));
          if (before.includes('\r\n') && !/[^\r]\n/.test(before)) expect(text).not.toMatch(/[^\r]\n/);
        }
        const second = await fixTree(after);
        expect(second.outcome.fixed.map(({ rule, message }) => [rule, message])).toEqual([]);
        expect(second.tree).toEqual(after);
      }),
      { numRuns },
    );
  },
  60_000 + numRuns * 2_000,
);

test(
  'only the fields that findings name are changed in the build',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTree,
        fc.constantFrom('job-backoff-limit', 'job-restart-policy', 'job-force', 'job-ttl', 'wait-mode'),
        async (tree, rule) => {
          const { outcome } = await fixTree(tree, { rule });
          expect(outcome.linted.result.crashes).toEqual([]);
          const fields = outcome.fixed.map(({ field }) => field ?? '');
          for (const path of changedPaths(outcome)) {
            expect(fields.some((field) => isNamed(path, field))).toBe(true);
          }
        },
      ),
      { numRuns },
    );
  },
  60_000 + numRuns * 2_000,
);

/**
 * Whether a changed path belongs to the field of a finding. A new map is identified by its own path; a misspelt field, or
 * an annotation with another prefix, gives way to the right one beside it.
 */
function isNamed(path: string, field: string): boolean {
  if (field === path || field.startsWith(`${path}[`) || field.startsWith(`${path}.`)) return true;
  if (editDistance(field.toLowerCase(), path.toLowerCase()) <= 2) return true;
  return path.includes('/') && posix.basename(path) === posix.basename(field);
}

function expectReadable(text: string, before: string): void {
  const problems = (yaml: string) => readYaml(new SourceFile('/x.yaml', yaml.replace(/^\ufeff/, ''))).problems.length;
  const errors = (yaml: string) => parseAllDocuments(yaml).flatMap((document) => document.errors).length;
  expect(problems(text)).toBeLessThanOrEqual(problems(before));
  expect(errors(text)).toBeLessThanOrEqual(errors(before));
}

/** The comments of a text, without the markers of Flux's image automation: `flux-image-policy` corrects these. */
function commentsOf(text: string): string[] {
  return (text.match(/# .*$/gm) ?? []).filter((comment) => !comment.includes('$imagepolicy'));
}

/** The paths of all values that differ between what was built before and after. */
function changedPaths({ first, linted }: FixOutcome): string[] {
  const after = new Map(linted.built.map((root) => [root.path, root.resources]));
  return first.built.flatMap(({ path, resources }) =>
    resources.flatMap((resource: Resource, index) => [
      ...differences(resource.node, after.get(path)?.[index]?.node, ''),
    ]),
  );
}

function* differences(a: Node | undefined, b: Node | undefined, path: string): Generator<string> {
  if (a?.kind === 'map' && b?.kind === 'map') {
    const keys = new Set([...a.entries, ...b.entries].map(({ key }) => key.value));
    for (const key of keys) {
      const [x, y] = [a, b].map(({ entries }) => entries.find((entry) => entry.key.value === key)?.value);
      const step = /^[\w-]*$/.test(key) ? key : `["${key}"]`;
      yield* differences(x, y, path === '' || step.startsWith('[') ? path + step : `${path}.${step}`);
    }
  } else if (a?.kind === 'sequence' && b?.kind === 'sequence' && a.items.length === b.items.length) {
    for (const [index, item] of a.items.entries()) yield* differences(item, b.items[index], `${path}[${index}]`);
  } else if (a?.kind !== 'scalar' || b?.kind !== 'scalar' || a.value !== b.value) yield path;
}
