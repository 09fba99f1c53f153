import { describe, expect, test } from 'vitest';
import { lintRule } from '../support/lint-rule.ts';

interface Written {
  /** The labels of the Job's pods, and those of the service's. */
  readonly job?: string;
  readonly service?: string;
  /** What is in the containers of the Job. */
  readonly containers?: string;
  readonly selector?: string;
  readonly ports?: string;
  readonly kind?: string;
  readonly more?: string;
}

/** What the rule says of a migration Job whose pods a Service may select. */
function judge({
  job = 'app: shop',
  service = 'app: shop',
  containers = '{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}',
  selector = 'app: shop',
  ports = '{port: 80, targetPort: 8080}',
  kind = 'Deployment',
  more = '',
}: Written): Promise<string[]> {
  return lintRule('job-service', {
    'kustomization.yaml': 'resources: [all.yaml]\n',
    'all.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration-v1, namespace: shop}
spec: {template: {metadata: {labels: {${job}}}, spec: {restartPolicy: Never, containers: [${containers}]}}}
---
apiVersion: apps/v1
kind: ${kind}
metadata: {name: shop, namespace: shop}
spec: {selector: {matchLabels: {${service}}}, template: {metadata: {labels: {${service}}}, spec: {containers: [{name: shop, image: "shop:v1"}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {${selector}}, ports: [${ports}]}
${more}`,
  });
}

const migrate = 'name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]';
const probe = 'readinessProbe: {tcpSocket: {port: 1}}';

describe('job-service', () => {
  test.each<[string, Written, boolean]>([
    ['the same labels', {}, true],
    ['labels of its own', { job: 'app: shop-migration' }, false],
    ['one of two labels', { selector: 'app: shop, tier: web', service: 'app: shop, tier: web' }, false],
    ['a Service of nothing else', { service: 'app: other' }, false],
    ['a Service of another kind of pods', { kind: 'CronJob' }, false],
    ['a Service without a selector', { selector: '' }, false],
    ['a named port', { ports: '{port: 80, targetPort: http}' }, false],
    ['a named port and a number', { ports: '{name: a, port: 80, targetPort: http}, {name: b, port: 81}' }, true],
    ['a probe', { containers: `{${migrate}, ${probe}}` }, false],
    ['a probe in a second container', { containers: `{${migrate}}, {name: more, image: more, ${probe}}` }, false],
  ])('pods with %s', async (_, written, expected) => {
    expect((await judge(written)).length > 0).toBe(expected);
  });

  const policy = (spec: string, namespace = 'shop') =>
    `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: database, namespace: ${namespace}}\nspec: {${spec}}\n`;
  const named = 'NetworkPolicy `database` then has to name it as well';
  const from = (selector: string) =>
    `podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {${selector}}}}]}]`;

  test.each([
    ['covers them by this label', policy('podSelector: {matchLabels: {app: shop}}'), true],
    ['lets them in by this label', policy(from('app: shop')), true],
    ['lets them out by this label', policy(from('app: shop').replace('ingress', 'egress').replace('from', 'to')), true],
    ['covers all pods', policy('podSelector: {}'), false],
    ['covers them by another label', policy('podSelector: {matchLabels: {tier: web}}'), false],
    ['covers other pods by this label', policy('podSelector: {matchLabels: {app: other}}'), false],
    ['is of another namespace', policy('podSelector: {matchLabels: {app: shop}}', 'other'), false],
  ])('the hint names a policy that %s', async (_, more, expected) => {
    const reported = (await judge({ job: 'app: shop, tier: web', more })).join('\n');
    expect(reported).toContain('Service `web` selects the pods of Deployment `shop`');
    expect(reported.includes(named)).toBe(expected);
  });
});
