// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReportedFinding } from '../../src/lint/rule.ts';
import { rules } from '../../src/rules/index.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const pod: Json = {
  serviceAccountName: 'shop',
  initContainers: [
    { name: 'wait', image: 'groundnuty/k8s-wait-for:v2.0', args: ['job', 'shop-migration', '-n', 'shop'] },
  ],
  containers: [
    {
      name: 'main',
      image: 'shop:v1',
      command: ['sh', '-c', 'npx prisma migrate deploy'],
      envFrom: [{ configMapRef: { name: 'config' } }, { secretRef: { name: 'secret' }, prefix: 'DB_' }],
      env: [{ name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'secret', key: 'URL' } } }],
    },
  ],
};

/** One object of each kind that the model reads. */
const objects: readonly Json[] = [
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'shop-migrations' },
    spec: { backoffLimit: 2, template: { spec: pod } },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop' },
    spec: { template: { metadata: { labels: { app: 'shop' } }, spec: pod } },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { DB_HOST: 'db' } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'secret' },
    data: { URL: 'cG9zdGdyZXM6Ly9kYi9zaG9w' },
    stringData: { NAME: 'x' },
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'shop' }, automountServiceAccountToken: true },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'r' },
    rules: [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['list'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'b' },
    subjects: [{ kind: 'ServiceAccount', name: 'shop' }],
    roleRef: { kind: 'Role', name: 'r' },
  },
  {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'k' },
    spec: { path: './tree', postBuild: { substitute: { A: 'b' } } },
  },
];

const odd: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  null,
  true,
  7,
  '',
  '${A',
  '${B:-',
  '__proto__',
  [],
  {},
  [null],
  [[]],
  [{}],
  { name: [] },
  { name: null },
);

/** Puts an odd value somewhere into an object, at a place that `choose` picks on the way down. */
function spoil(value: Json, choose: () => number, with_: Json): Json {
  if (value === null || typeof value !== 'object') return with_;
  const keys = Object.keys(value);
  const key = keys[choose() % (keys.length + 1)];
  if (key === undefined) return with_;
  const spoilt = spoil((value as Record<string, Json>)[key] ?? null, choose, with_);
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === key ? spoilt : item))
    : { ...value, [key]: spoilt };
}

test('objects of odd shapes neither stop a rule nor give a finding without a place', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(objects.length - 1), fc.array(fc.nat(20), { minLength: 12, maxLength: 12 }), odd), {
        minLength: 1,
        maxLength: 4,
      }),
      (faults) => {
        const spoilt = [...objects];
        for (const [index, choices, value] of faults) {
          let next = 0;
          const whole = spoil(spoilt[index] ?? {}, () => choices[next++ % choices.length] ?? 0, value);
          if (whole !== null && typeof whole === 'object' && !Array.isArray(whole)) spoilt[index] = whole;
        }
        const model = modelFromYaml(spoilt.map((object) => JSON.stringify(object)).join('\n---\n'));
        const findings: ReportedFinding[] = [];
        for (const rule of rules) rule.check(model, (finding) => findings.push(finding));
        for (const { at, message, related } of findings) {
          for (const span of [at, ...related.map((other) => other.at)])
            expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(message).toMatch(/[.?`]$/);
        }
      },
    ),
    { numRuns: 300 },
  );
});
