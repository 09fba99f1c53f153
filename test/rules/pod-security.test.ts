import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../src/model/model-roots.ts';
import { spanText } from '../../src/objects/place.ts';
import { podSecurity } from '../../src/rules/pod-security.ts';
import { buildTree } from '../kustomize/build-tree.ts';
import { firstOf } from '../support/first-of.ts';

interface Written {
  /** Labels of the Namespace. */
  readonly labels?: string;
  /** Kind and name of the object with the labels. */
  readonly kind?: string;
  readonly name?: string;
  /** Fields of the pod, and of its container. */
  readonly pod?: string;
  readonly container?: string;
  /** What the kustomization has besides the resources. */
  readonly kustomization?: string;
}

/** A container that every level allows, in a pod that says the rest. */
const allowed = 'securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}';
const secured = 'securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}},';

/** What the rule says of a migration Job: what its pods lack or have, the texts it points at, and the hint. */
function judge({
  labels = 'pod-security.kubernetes.io/enforce: restricted',
  kind = 'Namespace',
  name = 'shop',
  pod = '',
  container = 'tty: true',
  kustomization = '',
}: Written): { gaps: string; at: string; notes: string[]; hint: string }[] {
  const root = buildTree({
    'kustomization.yaml': `resources: [all.yaml]\n${kustomization}`,
    'all.yaml': `apiVersion: v1
kind: ${kind}
metadata: {name: ${name}, labels: {${labels}}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration, namespace: shop}
spec: {template: {spec: {${pod} containers: [{name: migrate, image: shop, command: [npx, prisma, migrate, deploy], ${container}}]}}}
`,
  });
  const model = firstOf(modelRoots([root], { dialect: '5.8' }));
  const reported: ReturnType<typeof judge> = [];
  podSecurity.check(model, ({ message, at, related, hint = '' }) =>
    reported.push({
      gaps: message.replace(/^.* enforces: /, '').replace(/\. The API server .*/, ''),
      at: spanText(at),
      notes: related.map((each) => `${each.note}: ${spanText(each.at)}`),
      hint: hint.split(' ').slice(0, 2).join(' '),
    }),
  );
  return reported;
}

describe('pod-security: which namespaces', () => {
  const enforce = (level: string) => `pod-security.kubernetes.io/enforce: ${level}`;
  const since = (version: string) => `${enforce('restricted')}, pod-security.kubernetes.io/enforce-version: ${version}`;

  test.each<[string, Written]>([
    ['restricted', {}],
    ['restricted, of the latest version', { labels: since('latest') }],
    ['restricted, of 1.25', { labels: since('v1.25') }],
    ['restricted, of a version that does not exist', { labels: since('v1.2.3') }],
    ['restricted, of a version with something before it', { labels: since('dev1.24') }],
    ['baseline', { labels: enforce('baseline'), pod: 'hostNetwork: true,' }],
  ])('%s', (_, written) => expect(judge(written)).toHaveLength(1));

  test.each<[string, Written]>([
    ['privileged', { labels: enforce('privileged') }],
    ['an unknown level', { labels: enforce('strict') }],
    ['no level', { labels: 'app: shop' }],
    ['a warning', { labels: 'pod-security.kubernetes.io/warn: restricted' }],
    ['restricted, of 1.24', { labels: since('v1.24') }],
    ['restricted, of 1.9', { labels: since('v1.9') }],
    ['baseline, without a gap', { labels: enforce('baseline') }],
    ['restricted, without a gap', { pod: secured, container: allowed }],
    ['another namespace', { name: 'web' }],
    ['another object of its name', { kind: 'ConfigMap' }],
  ])('not %s', (_, written) => expect(judge(written)).toEqual([]));
});

describe('pod-security: what is said', () => {
  test('gaps are joined by container, and fields of the pod come first', () => {
    const init = 'initContainers: [{name: first, image: shop, securityContext: {privileged: true}}],';
    const [reported] = judge({ pod: `${secured} hostNetwork: true, hostPID: true, ${init}`, container: allowed });
    expect(reported?.gaps).toBe(
      'it has `hostNetwork: true` and `hostPID: true`; container `first` has `privileged: true`; container `first` lacks `allowPrivilegeEscalation: false` and `capabilities.drop: [ALL]`',
    );
  });

  test('fields that are missing are to be added, others removed', () => {
    expect(judge({ pod: secured }).map(({ hint }) => hint)).toEqual(['Add these']);
    expect(judge({ pod: `${secured} hostNetwork: true,` }).map(({ hint }) => hint)).toEqual(['Remove what']);
  });

  test('the patch that takes a field back, and the label', () => {
    const path = '/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation';
    const kustomization = `patches:
- target: {kind: Job}
  patch: |
    - {op: replace, path: ${path}, value: true}
`;
    const [reported] = judge({ pod: secured, container: allowed, kustomization });
    expect(reported).toMatchObject({
      gaps: 'container `migrate` lacks `allowPrivilegeEscalation: false`',
      notes: ['security context set here: false', 'enforced here: restricted'],
    });
  });
});
