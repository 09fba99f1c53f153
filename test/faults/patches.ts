import type { Files } from './marks.ts';
import { indent } from './release.ts';

/** A mistake that a patch makes in a release that is right, in both languages of patches. */
export interface PatchFault {
  readonly title: string;
  readonly kind: string;
  /** What follows the name in a strategic merge patch. */
  readonly merge: string;
  readonly operation: string;
}

const pod = '/spec/template/spec';

export const patchFaults: readonly PatchFault[] = [
  {
    title: 'more tries',
    kind: 'Job',
    merge: 'spec:\n  backoffLimit: ‹job-backoff-limit›3\n',
    operation: '- op: replace\n  path: /spec/backoffLimit\n  value: ‹job-backoff-limit›3\n',
  },
  {
    title: 'started again in place',
    kind: 'Job',
    merge: 'spec:\n  template:\n    spec:\n      restartPolicy: ‹job-restart-policy›OnFailure\n',
    operation: `- op: replace\n  path: ${pod}/restartPolicy\n  value: ‹job-restart-policy›OnFailure\n`,
  },
  {
    title: 'an older image',
    kind: 'Job',
    merge:
      'spec:\n  template:\n    spec:\n      containers:\n        - name: migrate\n          image: ‹image-version-match›registry.example.com/shop-migration:v1.3.0\n',
    operation: `- op: replace\n  path: ${pod}/containers/0/image\n  value: ‹image-version-match›registry.example.com/shop-migration:v1.3.0\n`,
  },
  {
    title: "another service's Job",
    kind: 'Deployment',
    merge:
      'spec:\n  template:\n    spec:\n      initContainers:\n        - name: wait-for-migration\n          args: [job-wr, ‹wait-job-match›orders-migration-v1.4.0]\n',
    operation: `- op: replace\n  path: ${pod}/initContainers/0/args/1\n  value: ‹wait-job-match›orders-migration-v1.4.0\n`,
  },
  {
    title: 'another account',
    kind: 'Deployment',
    merge: 'spec:\n  template:\n    spec:\n      serviceAccountName: ‹wait-rbac›web\n',
    operation: `- op: replace\n  path: ${pod}/serviceAccountName\n  value: ‹wait-rbac›web\n`,
  },
  {
    title: "another database's URL",
    kind: 'Job',
    merge:
      'spec:\n  template:\n    spec:\n      containers:\n        - name: migrate\n          env:\n            - name: DATABASE_URL\n              valueFrom: null\n              value: ‹env-source-match›postgres://shop@postgres.example.com/orders\n',
    operation: `- op: replace\n  path: ${pod}/containers/0/env/0\n  value:\n    name: DATABASE_URL\n    value: ‹env-source-match›postgres://shop@postgres.example.com/orders\n`,
  },
  {
    title: 'another group',
    kind: 'Role',
    merge: 'rules:\n  - apiGroups: [‹wait-rbac›apps]\n    resources: [jobs]\n    verbs: [get, list, watch]\n',
    operation: '- op: replace\n  path: /rules/0/apiGroups/0\n  value: ‹wait-rbac›apps\n',
  },
];

const names: Readonly<Record<string, readonly [apiVersion: string, name: string]>> = {
  Job: ['batch/v1', 'shop-migration-v1.4.0'],
  Deployment: ['apps/v1', 'shop'],
  Role: ['rbac.authorization.k8s.io/v1', 'shop-jobs'],
};

function mergePatch({ kind, merge }: PatchFault): string {
  const [apiVersion, name] = names[kind] ?? [];
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${merge}`;
}

function inline({ kind, operation }: PatchFault): string {
  return `patches:\n  - target:\n      kind: ${kind}\n    patch: |-\n${indent(6, operation)}\n`;
}

const overlay = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ../base\n';
const production = 'k8s/production/kustomization.yaml';

/** Ways to bring a patch to the base in `k8s/base`: the files that do. */
export const ways: readonly { readonly name: string; readonly bring: (given: PatchFault) => Files }[] = [
  {
    name: 'a merge patch in the list',
    bring: (given) => ({ [production]: `${overlay}patches:\n  - patch: |-\n${indent(6, mergePatch(given))}\n` }),
  },
  {
    name: 'a merge patch in a file',
    bring: (given) => ({
      [production]: `${overlay}patches:\n  - path: patch.yaml\n`,
      'k8s/production/patch.yaml': mergePatch(given),
    }),
  },
  {
    name: 'a merge patch of the older list',
    bring: (given) => ({
      [production]: `${overlay}patchesStrategicMerge:\n  - patch.yaml\n`,
      'k8s/production/patch.yaml': mergePatch(given),
    }),
  },
  { name: 'a JSON patch in the list', bring: (given) => ({ [production]: `${overlay}${inline(given)}` }) },
  {
    name: 'a JSON patch in a file',
    bring: (given) => ({
      [production]: `${overlay}patches:\n  - path: patch.yaml\n    target:\n      kind: ${given.kind}\n`,
      'k8s/production/patch.yaml': given.operation,
    }),
  },
  {
    name: 'a component',
    bring: (given) => ({
      [production]: `${overlay}components:\n  - ../settings\n`,
      'k8s/settings/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${inline(given)}`,
    }),
  },
  {
    name: 'an overlay between',
    bring: (given) => ({
      'k8s/europe/kustomization.yaml': `${overlay}${inline(given)}`,
      [production]: overlay.replace('../base', '../europe'),
    }),
  },
  {
    name: 'the Flux Kustomization',
    bring: (given) => ({
      [production]: overlay,
      'clusters/shop.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  path: ./k8s/production
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${indent(2, inline(given))}
`,
    }),
  },
];
