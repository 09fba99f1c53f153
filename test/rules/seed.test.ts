import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Dialect } from '../../src/kustomize/dialect.ts';
import { temporaryFolder } from '../support/disk.ts';
import { update } from '../support/update.ts';
import { lintFolder } from './fixture.ts';

const folder = join(import.meta.dirname, '../../fixtures/seed');
const expectedFile = join(folder, 'expected.txt');

/** What somebody does about a finding: in a file, this text becomes that one. */
interface Mend {
  readonly title: string;
  readonly edits: readonly (readonly [file: string, from: string, to: string])[];
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the placeholders are text of the tree.
/** The way from the pattern as it is published to one that works: each mend takes away what it is for. */
const mends: readonly Mend[] = [
  { title: 'as published', edits: [] },
  {
    title: 'the version of kustomization files',
    edits: [['kustomization.yaml', 'kustomize.config.k8s.io/v1\n', 'kustomize.config.k8s.io/v1beta1\n']],
  },
  { title: 'an index without brackets', edits: [['kustomization.yaml', 'args.[1]', 'args.1']] },
  {
    title: 'a delimiter for the argument',
    edits: [
      ['kustomization.yaml', 'args.1\n', 'args.1\n        options:\n          delimiter: "-"\n          index: 2\n'],
    ],
  },
  {
    title: 'the tags of the images',
    edits: [
      [
        'kustomization.yaml',
        'replacements:',
        'images:\n  - name: registry.example.com/catalog-migration\n    newTag: v3.118.0\n  - name: registry.example.com/catalog\n    newTag: v3.118.0\nreplacements:',
      ],
      ['job.yaml', 'catalog-migration:${IMAGE_TAG}', 'catalog-migration'],
      ['deployment.yaml', 'catalog:${IMAGE_TAG}', 'catalog'],
    ],
  },
  {
    title: 'the role and its binding are built',
    edits: [['kustomization.yaml', '  - variables.yaml', '  - access.yaml\n  - variables.yaml']],
  },
  {
    title: 'the account that the binding names',
    edits: [
      ['deployment.yaml', '      initContainers', '      serviceAccountName: catalog-service\n      initContainers'],
    ],
  },
  {
    title: 'the very name of the Job in the selector, for 5.7',
    edits: [['kustomization.yaml', 'catalog-migration-.*', 'catalog-migration-${IMAGE_TAG}']],
  },
  {
    title: 'a placeholder that selects in both',
    edits: [
      ['kustomization.yaml', 'catalog-migration-${IMAGE_TAG}', 'catalog-migration-TAG'],
      ['job.yaml', 'catalog-migration-${IMAGE_TAG}', 'catalog-migration-TAG'],
      ['deployment.yaml', 'catalog-migration-${IMAGE_TAG}', 'catalog-migration-TAG'],
    ],
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: the placeholders are text of the tree.

const work = temporaryFolder();

/** Lints the tree after each mend under a dialect; each finding is a line under the mend's title. */
async function walk(dialect: Dialect): Promise<string> {
  const tree = join(work, dialect);
  cpSync(join(folder, 'tree'), tree, { recursive: true });
  writeFileSync(join(tree, 'migrate-lint.yaml'), `kustomize: "${dialect}"\n`);
  let text = '';
  for (const { title, edits } of mends) {
    for (const [file, from, to] of edits) edit(join(tree, file), from, to);
    text += `== kustomize ${dialect}: ${title}\n${await lintFolder(tree)}`;
  }
  return text;
}

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  writeFileSync(path, text.replace(from, to));
}

test('all faults are reported at once, and go one by one, until nothing is left', async () => {
  const reported = (await Promise.all((['5.7', '5.8'] as const).map(walk))).join('');
  if (update) writeFileSync(expectedFile, reported);
  expect(reported).toBe(readFileSync(expectedFile, 'utf8'));
});
