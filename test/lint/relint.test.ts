import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanRepository } from '../catalogue/tree.ts';
import { readTree } from '../hardening/mutated-tree.ts';
import { placeFiles } from '../support/memory-file-system.ts';
import { describeRun, lintAfter } from './following-run.ts';

type Files = Readonly<Record<string, string>>;

const top = join(import.meta.dirname, '../..');

/** Access rights and settings that trees elsewhere lack. */
const shared = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: wait }
rules: [{ apiGroups: [batch], resources: [jobs], verbs: [get, list, watch] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: wait }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: wait }
subjects: [{ kind: ServiceAccount, name: default }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: cluster-settings, namespace: flux-system }
data: { IMAGE_TAG: v1.2.3 }
---
apiVersion: batch/v1
kind: Job
metadata: { name: myapp-migration-2 }
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: migrate, image: "app-migration:v2" }] } } }
`;

const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: other, namespace: argocd }
spec: { project: default, source: { path: apps/other/overlays/production }, destination: { namespace: other } }
`;

/** A repository with a pipeline, two services, and roots that say something about others. */
function repository(extra: Files): Files {
  const faulty = placeFiles('/w/apps/other', readTree(join(top, 'examples/faulty')));
  return { ...placeFiles('/w', cleanRepository()), ...faulty, '/w/shared/all.yaml': shared, ...extra };
}

const flux = readFileSync(join(top, 'test/catalogue/flux/production.yaml'), 'utf8');

const trees: Record<string, Files> = {
  'with roots that say nothing of others': repository({}),
  'with an Application of Argo CD': repository({ '/w/argo/other.yaml': application }),
  'with Kustomizations of Flux': repository({ '/w/clusters/production.yaml': flux }),
};

/** An edit of a text, made by a number: which of its lines, or which of the edits. */
type Edit = (text: string, at: number) => string;

const edits: readonly Edit[] = [
  (text, at) => replaceLine(text, at, () => []),
  (text, at) => replaceLine(text, at, (line) => [line.replace(/: \S+$/, ': changed')]),
  (text, at) => replaceLine(text, at, (line) => [line.replace(/\d+/, '7')]),
  (text, at) => replaceLine(text, at, (line) => [line, line]),
  (text, at) =>
    replaceLine(text, at, (line) => [line, '# migrate-lint-disable-next-line job-ttl, wait-rbac -- so be it']),
  (text) => text.replaceAll('production', 'staging'),
  (text) => text.replace(/kind: (Job|Role|Kustomization|Application)$/m, 'kind: ConfigMap'),
  (text) => `# moved\n${text}`,
  (text) => `${text}\n\t- {`,
  () => '',
];

function replaceLine(text: string, at: number, change: (line: string) => string[]): string {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => (index === at % lines.length ? change(line) : [line])).join('\n');
}

/** One or several files at once, each edited in some way or put back as it was. */
const steps = fc.array(
  fc.array(fc.record({ file: fc.nat(), edit: fc.nat(edits.length), at: fc.nat(200) }), { minLength: 1, maxLength: 3 }),
  { minLength: 1, maxLength: 5 },
);

describe.each(Object.entries(trees))('%s', (_, original) => {
  const paths = Object.keys(original).filter((path) => !path.includes('.git/'));

  test('a run that follows on edits finds what one from the start does', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        let files = original;
        let linted = await lintAfter(files);
        for (const step of sequence) {
          const changed = new Set<string>();
          for (const { file, edit, at } of step) {
            const path = paths[file % paths.length] ?? '';
            const text = edits[edit]?.(files[path] ?? '', at) ?? original[path] ?? '';
            files = { ...files, [path]: text };
            changed.add(path);
          }
          linted = await lintAfter(files, { ...linted.memory, changed });
          expect(describeRun(linted)).toEqual(describeRun(await lintAfter(files)));
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});

describe('what is modelled again', () => {
  async function modelledAgain(
    edited: Files,
    changed: string,
    before = trees['with roots that say nothing of others'] ?? {},
  ) {
    const first = await lintAfter(before);
    const second = await lintAfter({ ...before, ...edited }, { ...first.memory, changed: new Set([changed]) });
    const known = new Set([...first.memory.models.byRoot.values()].map(({ model }) => model));
    const models = [...second.memory.models.byRoot.values()].map(({ model }) => model);
    return models.filter((model) => !known.has(model)).map(({ root }) => root.path);
  }

  const editOf = (path: string, from: string | RegExp, to: string): Files => ({
    [path]: (trees['with roots that say nothing of others']?.[path] ?? '').replace(from, to),
  });

  test('the roots that read the file', async () => {
    const path = '/w/k8s/overlays/staging/config.yaml';
    expect(await modelledAgain(editOf(path, /$/, '# edited\n'), path)).toEqual(['/w/k8s/overlays/staging']);
  });

  test('another one, too, where its pods lack rights and other accounts get some there', async () => {
    const path = '/w/shared/all.yaml';
    expect(await modelledAgain(editOf(path, 'name: default', 'name: myapp'), path)).toEqual([
      '/w/apps/other/overlays/production',
      '/w/shared',
    ]);
  });

  test('all of them, when a pipeline changes', async () => {
    const path = '/w/.gitlab-ci.yml';
    expect(await modelledAgain(editOf(path, /$/, '# edited\n'), path)).toHaveLength(4);
  });
});
