import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { dialects } from '../../src/kustomize/dialect.ts';
import { mutatedTree, readTree, type Tree } from '../hardening/mutated-tree.ts';
import { buildFiles, problemsOf, textOf } from './build-files.ts';

// None is a word that YAML 1.1 reads as a boolean, null or number: kustomize refuses those as names and keys.
// Keys have no digits: go-yaml's order of letters and digits goes round in a circle for some (`k7a`, `k10`, `k70`).
const key = fc.stringMatching(/^k[a-zA-Z]{0,8}$/);
const name = fc.stringMatching(/^x([a-z0-9-]{0,8}[a-z0-9])?$/);

/** A value that survives JSON, as manifests hold them. */
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ maxLength: 20 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
})).value;

/** An object of a kind that kustomize knows or does not. */
const manifest = fc.record({
  apiVersion: fc.constantFrom('v1', 'apps/v1', 'batch/v1', 'example.com/v1'),
  kind: fc.constantFrom('ConfigMap', 'Deployment', 'Job', 'Widget'),
  metadata: fc.record({
    name,
    labels: fc.dictionary(key, fc.string({ maxLength: 8 }), { maxKeys: 3 }),
  }),
  spec: fc.dictionary(key, value, { maxKeys: 4 }),
});

/** A kustomization over objects of different names, with the transformers that reach all of them. */
const tree = fc.record({
  manifests: fc.uniqueArray(manifest, { minLength: 1, maxLength: 5, selector: ({ metadata }) => metadata.name }),
  kustomization: fc.record(
    {
      namePrefix: fc.constant('pre-'),
      nameSuffix: fc.constant('-post'),
      namespace: name,
      labels: fc.constant([{ pairs: { team: 'a' }, includeSelectors: true }]),
      commonAnnotations: fc.constant({ note: 'b' }),
      images: fc.constant([{ name: 'nginx', newTag: '2' }]),
    },
    { requiredKeys: [] },
  ),
});

type GeneratedTree = typeof tree extends fc.Arbitrary<infer Generated> ? Generated : never;

function filesOf({ manifests, kustomization }: GeneratedTree, arrange: (object: object) => object = (o) => o): Tree {
  const names = manifests.map((_, index) => `${index}.yaml`);
  const top = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: names };
  return {
    '/kustomization.yaml': stringify(arrange({ ...top, ...kustomization })),
    ...Object.fromEntries(manifests.map((object, index) => [`/${index}.yaml`, stringify(arrange(object))])),
  };
}

/** The same object with the keys of every map in the opposite order. */
function reverseKeys(node: object): object {
  if (Array.isArray(node)) return node.map((item) => (isObject(item) ? reverseKeys(item) : item));
  const entries = Object.entries(node).map(([key, item]) => [key, isObject(item) ? reverseKeys(item) : item]);
  return Object.fromEntries(entries.reverse());
}

function isObject(item: unknown): item is object {
  return typeof item === 'object' && item !== null;
}

/** What a build says, whether it prints or refuses. */
function resultOf(files: Tree, dialect: (typeof dialects)[number]): string {
  const root = buildFiles(files, '/', { dialect });
  return root.problems.length > 0 ? problemsOf(root).join('\n') : textOf(root);
}

test.each(dialects)('kustomize %s: a second build prints the same', (dialect) => {
  fc.assert(
    fc.property(tree, (generated) => {
      const files = filesOf(generated);
      expect(resultOf(files, dialect)).toBe(resultOf(files, dialect));
    }),
  );
});

test.each(dialects)('kustomize %s: the order of keys in the input does not matter', (dialect) => {
  fc.assert(
    fc.property(tree, (generated) => {
      const built = textOf(buildFiles(filesOf(generated), '/', { dialect }));
      expect(textOf(buildFiles(filesOf(generated, reverseKeys), '/', { dialect }))).toBe(built);
    }),
  );
});

test.each(dialects)('kustomize %s: a build of what a build printed prints it again', (dialect) => {
  fc.assert(
    fc.property(tree, (generated) => {
      const built = textOf(buildFiles(filesOf(generated), '/', { dialect }));
      const files = { '/kustomization.yaml': 'resources: [built.yaml]\n', '/built.yaml': built };
      expect(textOf(buildFiles(files, '/', { dialect }))).toBe(built);
    }),
  );
});

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

test.each(dialects)(
  'kustomize %s: whatever the input, a build ends in a result or a problem with a place',
  (dialect) => {
    fc.assert(
      fc.property(mutatedTree(readTree(`${examples}/correct`)), (files) => {
        for (const directory of ['/base', '/overlays/staging']) {
          const root = buildFiles(files, directory, { dialect });
          for (const { message, at } of root.problems) {
            expect(message).not.toBe('');
            expect(at.start).toBeLessThanOrEqual(at.end);
            expect(at.end).toBeLessThanOrEqual(at.file.text.length);
          }
        }
      }),
      { numRuns: 200 },
    );
  },
);
