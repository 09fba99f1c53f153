import { describe, expect, test } from 'vitest';
import { waitRbac } from '../../src/rules/wait-rbac.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

/** The Job of a release, by its name and namespace. */
const job = (name = 'shop-migration-v1', namespace = '') =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}${namespace && `, namespace: ${namespace}`}, labels: {app: shop}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}`;

/** A Deployment whose pods wait in these init containers. */
const service = (inits: readonly string[], more = '', name = 'shop') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {template: {spec: {${more}serviceAccountName: shop, initContainers: [${inits.join(', ')}], containers: [{name: shop, image: "shop:v1"}]}}}`;

const waiter = (args: string, image = 'groundnuty/k8s-wait-for:v2.0') =>
  `{name: wait, image: "${image}", args: [${args}]}`;
const named = waiter('job-wr, shop-migration-v1');
const multi = waiter('"job,shop-migration-v1"', 'ghcr.io/erayan/k8s-wait-for-multi:v1');

/** The account of the service, and a role for it with these rules in each of the namespaces. */
const access = (rules: string, ...namespaces: readonly string[]) =>
  [
    'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: shop}',
    ...(namespaces.length > 0 ? namespaces : ['']).flatMap((namespace) => {
      const metadata = `{name: shop${namespace && `, namespace: ${namespace}`}}`;
      return [
        `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: ${metadata}\nrules: [${rules}]`,
        `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: ${metadata}\nsubjects: [{kind: ServiceAccount, name: shop}]\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: shop}`,
      ];
    }),
  ].join('\n---\n');
const rule = (verbs: string, more = '') => `{apiGroups: [batch], resources: [jobs], verbs: [${verbs}]${more}}`;

/** What the rule says, with the severity where that is not its own. */
function judge(...objects: readonly string[]): string[] {
  const reported: string[] = [];
  waitRbac.check(modelFromYaml(objects.join('\n---\n')), ({ message, severity, fix }) => {
    reported.push(`${severity ?? 'error'}${fix ? ', fixable' : ''}: ${message}`);
  });
  return reported;
}

describe('wait-rbac: what each tool needs', () => {
  const bySelector = waiter('job-wr, "-lapp=shop"');
  const both = waiter('job-wr, shop-migration-v1, "-lapp=shop"');
  const kubectl =
    '{name: wait, image: kubectl, command: [kubectl, wait, --for=condition=complete, --timeout=1h, job/shop-migration-v1]}';
  const loop = (target: string) =>
    `{name: wait, image: kubectl, command: [sh, -c, "until kubectl get ${target} -o jsonpath='{.status.succeeded}' | grep 1; do sleep 1; done"]}`;
  const [getting, listing] = [loop('job shop-migration-v1'), loop('jobs -l app=shop')];

  test.each([
    ['k8s-wait-for by name, without get', named, 'list, watch', 'error'],
    ['k8s-wait-for by name, with get only', named, 'get', 'warning'],
    ['k8s-wait-for by selector, without get', bySelector, 'list, watch', 'error'],
    ['k8s-wait-for by selector, without list', bySelector, 'get, watch', 'error'],
    ['k8s-wait-for by selector, without watch', bySelector, 'get, list', 'warning'],
    ['k8s-wait-for by name and selector, without list', both, 'get, watch', 'error'],
    ['k8s-wait-for-multi without list', multi, 'get, watch', 'error'],
    ['k8s-wait-for-multi without watch', multi, 'get, list', 'error'],
    ['kubectl get by name, without get', getting, 'list, watch', 'error'],
    ['kubectl get by selector, without list', listing, 'get, watch', 'error'],
    ['kubectl wait without get', kubectl, 'list, watch', 'error'],
    ['kubectl wait without list', kubectl, 'get, watch', 'error'],
    ['kubectl wait without watch', kubectl, 'get, list', 'error'],
  ])('%s', (_, container, verbs, severity) => {
    expect(judge(job(), service([container]), access(rule(verbs)))).toEqual([
      expect.stringMatching(new RegExp(`^${severity}(, fixable)?: ServiceAccount \`shop\``)),
    ]);
  });

  test.each([named, bySelector, both, multi, kubectl])('nothing is said of %s with all rights', (container) => {
    expect(judge(job(), service([container]), access(rule('get, list, watch')))).toEqual([]);
  });

  test('kubectl get asks for no more than it needs', () => {
    expect(judge(job(), service([getting]), access(rule('get')))).toEqual([]);
    expect(judge(job(), service([listing]), access(rule('list')))).toEqual([]);
  });

  test('k8s-wait-for-multi gets nothing', () => {
    expect(judge(job(), service([multi]), access(rule('list, watch')))).toEqual([]);
  });
});

describe('wait-rbac: tokens', () => {
  test('that the pod leaves out, beside the rights that it lacks', () => {
    const pod = service([named], 'automountServiceAccountToken: false, ');
    const token =
      'error, fixable: Deployment `shop` sets `automountServiceAccountToken: false`: init container `wait` has no token for the API server, and the pods never get past `Init`.';
    expect(judge(job(), pod, access(rule('get, list, watch')))).toEqual([token]);
    expect(judge(job(), pod)).toEqual([token, expect.stringContaining('may not `get`, `list` or `watch` Jobs')]);
  });

  test('that the account leaves out, and the pod does not', () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: shop}\nautomountServiceAccountToken: false';
    const roles = access(rule('get, list, watch')).split('\n---\n').slice(1);
    expect(judge(job(), service([named]), account, ...roles)).toEqual([
      expect.stringContaining('ServiceAccount `shop` sets `automountServiceAccountToken: false`'),
    ]);
    expect(judge(job(), service([named], 'automountServiceAccountToken: true, '), account, ...roles)).toEqual([]);
  });
});

describe('wait-rbac: names that a rule is narrowed to', () => {
  const narrowed = (...names: readonly string[]) => rule('get, list, watch', `, resourceNames: [${names.join(', ')}]`);
  const cart = waiter('job-wr, cart-migration-v1');

  test('count for the waiter that asks for them, not for another', () => {
    const objects = [job(), job('cart-migration-v1'), service([named]), service([cart], '', 'cart')];
    expect(judge(...objects, access(narrowed('shop-migration-v1', 'cart-migration-v1')))).toEqual([]);
    expect(judge(...objects, access(narrowed('shop-migration-v1')))).toEqual([
      expect.stringContaining('which Deployment `cart` runs as'),
    ]);
    expect(judge(...objects, access(narrowed('cart-migration-v1')))).toEqual([
      expect.stringContaining('which Deployment `shop` runs as'),
    ]);
  });

  test('are also those of a Job that is found by its labels', () => {
    const labelled = service([waiter('job-wr, "-lapp=shop"')]);
    expect(judge(job(), labelled, access(narrowed('shop-migration-v1')))).toEqual([]);
    expect(judge(job(), labelled, access(narrowed('other')))).toHaveLength(1);
  });

  test('are also those of a Job that was meant', () => {
    const slip = service([waiter('job-wr, shop-migration-v2')]);
    expect(judge(job(), slip, access(narrowed('shop-migration-v1')))).toEqual([]);
    expect(judge(job(), slip, access(narrowed('shop-migration-v2')))).toEqual([]);
    expect(judge(job(), slip, access(narrowed('cart-migration-v1')))).toHaveLength(1);
  });
});

describe('wait-rbac: another namespace', () => {
  const inOps = job('shop-migration-v1', 'ops');
  const inWeb = (container: string) => service([container]).replace('name: shop}', 'name: shop, namespace: web}');
  /** The rules are for the account of `web`, in another namespace or its own. */
  const accessOfWeb = (verbs: string, namespace: string) =>
    access(rule(verbs), namespace)
      .replace('name: shop}', 'name: shop, namespace: web}')
      .replace('kind: ServiceAccount, name: shop}', 'kind: ServiceAccount, name: shop, namespace: web}');
  const refused = [expect.stringMatching(/^error(, fixable)?: ServiceAccount `shop`/)];

  test('is where the Job is, and where the rights are: which of the two is wrong is not said', () => {
    expect(judge(inOps, inWeb(named), accessOfWeb('get, list, watch', 'ops'))).toEqual([]);
    expect(judge(inOps, inWeb(named), accessOfWeb('get, list', 'ops'))).toEqual(refused);
    expect(judge(inOps, inWeb(named), accessOfWeb('get, list, watch', 'other'))).toEqual(refused);
  });

  test('may be that of a waiter without one', () => {
    expect(judge(inOps, service([named]), access(rule('get, list, watch'), 'ops'))).toEqual([]);
  });

  test('is asked for: rights here do not count, and no fix is offered', () => {
    const asking = inWeb(waiter('job-wr, shop-migration-v1, "-n", ops'));
    expect(judge(inOps, asking, accessOfWeb('get, list, watch', 'web'))).toEqual([
      expect.stringMatching(/^error: ServiceAccount `shop`/),
    ]);
  });
});

test('wait-rbac: a container that waits beside the service is not what holds a pod in Init', () => {
  const beside = service([]).replace('containers: [', `containers: [${named}, `);
  expect(judge(job(), beside, 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: shop}')).toEqual([
    'error, fixable: ServiceAccount `shop`, which Deployment `shop` runs as, may not `get`, `list` or `watch` Jobs, since nothing in this build binds it to a role: container `wait` is refused, and the container never gets past it.',
  ]);
});
