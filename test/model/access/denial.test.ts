// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { expect } from 'vitest';
import type { Change, Fix } from '../../../src/findings/fix.ts';
import type { ReportedFinding } from '../../../src/lint/rule.ts';
import { spanText } from '../../../src/objects/place.ts';
import { waitRbac } from '../../../src/rules/wait-rbac.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  /** What stands beside the Job and the Deployment. */
  readonly access?: readonly string[];
  readonly account?: string;
  readonly command?: string;
  /** No object names its namespace. */
  readonly isBare?: boolean;
}

const api = 'apiVersion: rbac.authorization.k8s.io/v1';
const [get, all] = ['verbs: [get]', 'verbs: [get, list, watch]'];
const jobs = 'apiGroups: [batch], resources: [jobs]';

function role(rules: string, name = 'reader', namespace = 'shop'): string {
  return `${api}\nkind: Role\nmetadata: {name: ${name}, namespace: ${namespace}}\n${rules === '' ? '' : `rules: [{${rules}}]`}`;
}

function binding(subject: string, { name = 'reader', kind = 'Role', namespace = 'shop' } = {}): string {
  return `${api}\nkind: RoleBinding\nmetadata: {name: binding, namespace: ${namespace}}\nsubjects: [${subject}]\nroleRef: {kind: ${kind}, name: ${name}}`;
}

function account(name: string): string {
  return `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}, namespace: shop}`;
}

const toShop = '{kind: ServiceAccount, name: shop}';

/** What is said of a waiter that may not do what it does. */
function findingOf({
  access = [],
  account: name = 'shop',
  command = 'wait',
  isBare = false,
}: Written): ReportedFinding | undefined {
  const findings: ReportedFinding[] = [];
  const service = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec:
  template:
    spec:
      ${name === '' ? '' : `serviceAccountName: ${name}`}
      initContainers: [{name: wait, image: kubectl, command: [kubectl, ${command}, --for=condition=complete, --timeout=5m, job/migrate]}]
      containers: [{name: main, image: shop}]`;
  const job = `apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: shop, command: [npx, prisma, migrate, deploy]}]}}}`;
  const text = [service, job, ...access].join('\n---\n');
  waitRbac.check(modelFromYaml(isBare ? text.replaceAll(', namespace: shop', '') : text), (finding) =>
    findings.push(finding),
  );
  expect(findings.length).toBeLessThan(2);
  return findings[0];
}

function describeFinding(written: Written): string[] {
  const finding = findingOf(written);
  if (finding === undefined) return [];
  const { message, at, field, related, hint, fix } = finding;
  return [
    message.replace(/^.* runs as, /, '').replace(/: init container .*$/, ''),
    `at ${spanText(at)}, field ${field}`,
    ...related.map((one) => `${one.note}: ${spanText(one.at)}`),
    `${hint}`,
    ...(fix ? [describeFix(fix), ...fix.changes.map(describeChange)] : []),
  ];
}

function describeFix({ title, safe, objects = [] }: Fix): string {
  return `${title}${safe ? ', safe' : ''}${objects.map(({ kind, name }) => `, for ${kind} ${name}`).join('')}`;
}

/** A value on one line, as YAML's flow style has it. */
function inFlow(value: unknown): string {
  return JSON.stringify(value).replaceAll('"', '').replaceAll(/[:,]/g, '$& ');
}

function describeChange(change: Change): string {
  switch (change.kind) {
    case 'set':
      return `set ${spanText(change.at)} to ${change.to}`;
    case 'write':
      return `write ${change.path.join('.')}: ${inFlow(change.value)} below ${spanText(change.in)}`;
    case 'append':
      return `append ${inFlow(change.items)} to ${[spanText(change.in), ...change.path].join('.')}`;
    case 'create':
      return [
        `create ${change.name} beside ${spanText(change.beside)}:`,
        ...change.objects.map((object) => `  ${inFlow(object)}`),
      ].join('\n');
    default:
      return change.kind;
  }
}

const reader = role(`${jobs}, ${all}`);
const clusterReader = reader.replace('kind: Role', 'kind: ClusterRole').replace(', namespace: shop', '');
const pods = 'apiGroups: [""], resources: [pods], verbs: [get]';

testCases(
  import.meta.dirname,
  'denial',
  {
    'nothing gives the account anything': {},
    'nothing gives the account of the namespace anything': { account: '' },
    'an account whose name is left to a variable': { account: '"${ACCOUNT}"' },
    'accounts that cannot be called so': { account: 'Shop_x' },
    'an account that ends like none': { account: '"shop "' },
    'nothing, where nobody names a namespace': { isBare: true },
    'a Role that nobody is bound to, where nobody names a namespace': { isBare: true, access: [reader] },
    'a Role for something else that nobody is bound to': { access: [role(pods)] },
    'a Role for other objects of the group that nobody is bound to': {
      access: [role(`apiGroups: [batch], resources: [cronjobs], ${all}`)],
    },
    'a Role with several rules that nobody is bound to': { access: [role(`${pods}}, {${jobs}, ${all}`)] },
    'a Role that nobody is bound to': { access: [reader, account('shop')] },
    'a ClusterRole that nobody is bound to': { access: [clusterReader] },
    'a Role without rules': { access: [role(''), binding(toShop)] },
    'a rule for something else': { access: [role(pods), binding(toShop)] },
    'a rule for the same group': {
      access: [role('apiGroups: [batch], resources: [cronjobs], verbs: [get]'), binding(toShop)],
    },
    'a rule for another group': { access: [role(`apiGroups: [""], resources: [jobs], ${all}`), binding(toShop)] },
    'a rule for another group, without the verbs': {
      access: [role(`apiGroups: [""], resources: [jobs], ${get}`), binding(toShop)],
    },
    'a rule for Jobs and others of another group': {
      access: [role(`apiGroups: [""], resources: [jobs, pods], ${all}`), binding(toShop)],
    },
    'a rule for all of another group': {
      access: [role(`apiGroups: [""], resources: ["*"], ${all}`), binding(toShop)],
    },
    'a rule for two other groups': {
      access: [role(`apiGroups: [apps, extensions], resources: [jobs], ${all}`), binding(toShop)],
    },
    'a rule for another group and another spelling': {
      access: [role(`apiGroups: [""], resources: [Job.batch], ${all}`), binding(toShop)],
    },
    'a rule for the status of Jobs': {
      access: [role(`apiGroups: [batch], resources: [pods, jobs/status], ${all}`), binding(toShop)],
    },
    'a rule without some verbs': { access: [role(`${jobs}, ${get}`), binding(toShop)] },
    'a rule without all verbs': { access: [role(`${jobs}, verbs: [create]`), binding(toShop)] },
    'a rule for some names': { access: [role(`${jobs}, ${all}, resourceNames: [old, older]`), binding(toShop)] },
    'a rule for the name, without some verbs': {
      access: [role(`${jobs}, ${get}, resourceNames: [migrate]`), binding(toShop)],
    },
    'the nearest of several rules': {
      access: [role(`${pods}}, {apiGroups: [""], resources: [jobs], ${all}}, {${jobs}, ${get}`), binding(toShop)],
    },
    'a rule by resource before one by group': {
      access: [
        role(`apiGroups: [batch], resources: [cronjobs], ${all}}, {apiGroups: [""], resources: [jobs], ${all}`),
        binding(toShop),
      ],
    },
    'the nearest of several bindings': {
      access: [
        role(pods, 'pods'),
        binding(toShop, { name: 'pods' }),
        role(`${jobs}, ${get}`),
        binding(toShop).replace('name: binding', 'name: second'),
      ],
    },
    'two bindings, none of them near': {
      access: [
        binding(toShop, { name: 'elsewhere' }),
        role(pods, 'pods'),
        binding(toShop, { name: 'pods' }).replace('name: binding', 'name: second'),
      ],
    },
    'a binding in another namespace': {
      access: [
        role(`${jobs}, ${all}`, 'reader', 'other'),
        binding('{kind: ServiceAccount, name: shop, namespace: shop}', { namespace: 'other' }),
      ],
    },
    'a binding for a name like it': { access: [reader, binding('{kind: ServiceAccount, name: shopp}')] },
    'a binding for another name': { access: [reader, binding('{kind: ServiceAccount, name: reader-account}')] },
    'a binding for another name, while the pods name none': { account: '', access: [reader, binding(toShop)] },
    'a binding for a name like that of the namespace’s account': {
      account: '',
      access: [reader, binding('{kind: ServiceAccount, name: defaul}')],
    },
    'a binding for an account that is not there, while the pods’ is': {
      access: [account('shop'), reader, binding('{kind: ServiceAccount, name: shopp}')],
    },
    'a binding for an account that is there, as the pods’ is': {
      access: [account('shop'), account('shopp'), reader, binding('{kind: ServiceAccount, name: shopp}')],
    },
    'a binding for the account of another namespace': {
      access: [reader, binding('{kind: ServiceAccount, name: shop, namespace: other}')],
    },
    'a binding for nobody': { access: [account('shop'), reader, binding('')] },
    'a binding for nobody, while the pods name no account': { account: '', access: [reader, binding('')] },
    'a binding for a user': { access: [reader, binding('{kind: User, name: anna}')] },
    'a binding for a group': { access: [reader, binding('{kind: Group, name: "system:serviceaccounts:other"}')] },
    'a binding for a user and an account': {
      access: [reader, binding('{kind: User, name: anna}, {kind: ServiceAccount, name: ci}')],
    },
    'a binding whose role is not there, beside one that nobody has': {
      access: [reader, binding(toShop, { name: 'raeder' })],
    },
    'a binding whose role is of the other kind': { access: [reader, binding(toShop, { kind: 'ClusterRole' })] },
    'a binding for another name, with some of the rights': {
      access: [role(`${pods}}, {${jobs}, ${get}`), binding('{kind: ServiceAccount, name: other}')],
    },
    'a binding for a name with three slips': { access: [reader, binding('{kind: ServiceAccount, name: shopxyz}')] },
    'a binding for a name with two slips': { access: [reader, binding('{kind: ServiceAccount, name: shopxy}')] },
    'a rule for pods and a word like Jobs': {
      access: [role(`apiGroups: [""], resources: [pods, job], ${all}`), binding(toShop)],
    },
    'a rule for words that only hold it': {
      access: [role(`apiGroups: [""], resources: [myjob, jobset], ${all}`), binding(toShop)],
    },
    'a rule without resources': { access: [role(`apiGroups: [batch], resources: [], ${all}`), binding(toShop)] },
    'a binding whose role is not there, beside one that others have': {
      access: [
        reader,
        binding('{kind: ServiceAccount, name: other}').replace('name: binding', 'name: others'),
        binding(toShop, { name: 'raeder' }),
      ],
    },
    'a binding whose role is not there, beside one with several rules': {
      access: [role(`${pods}}, {${jobs}, ${all}`), binding(toShop, { name: 'raeder' })],
    },
    'a binding whose role is not there, after one whose role is': {
      access: [
        role(pods, 'pods'),
        binding(toShop, { name: 'pods' }).replace('name: binding', 'name: first'),
        reader,
        binding(toShop, { name: 'raeder' }),
      ],
    },
    'a binding whose role is not there': { access: [role(`${jobs}, ${get}`), binding(toShop, { name: 'raeder' })] },
  },
  describeFinding,
);
