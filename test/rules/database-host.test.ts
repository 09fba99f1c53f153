import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../src/model/model-roots.ts';
import { spanText } from '../../src/objects/place.ts';
import { databaseHost } from '../../src/rules/database-host.ts';
import { buildTree } from '../kustomize/build-tree.ts';

interface Written {
  readonly overlay?: string;
  readonly base?: string;
  /** Namespace of the Service and of the Job in their file. */
  readonly serviceIn?: string;
  readonly jobIn?: string;
  readonly host?: string;
  /** Whether the host is in a Secret. */
  readonly isSecret?: boolean;
}

/** What the rule says of a Job that uses a Service: message, texts it points at, and hint. */
function judge({ overlay = '', base = '', serviceIn, jobIn, host = 'postgres', isSecret = false }: Written): string[] {
  const metadata = (name: string, namespace: string | undefined) =>
    `{name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`}}`;
  const [kind, data] = isSecret ? ['Secret', 'stringData'] : ['ConfigMap', 'data'];
  const root = buildTree({
    'overlay/kustomization.yaml': `resources: [../base]\n${overlay}`,
    'base/kustomization.yaml': `resources: [all.yaml]\n${base}`,
    'base/all.yaml': `apiVersion: v1
kind: Service
metadata: ${metadata('postgres', serviceIn)}
---
apiVersion: v1
kind: ${kind}
metadata: ${metadata('settings', jobIn)}
${data}: {DB_HOST: ${host}}
---
apiVersion: batch/v1
kind: Job
metadata: ${metadata('migration', jobIn)}
spec: {template: {spec: {containers: [{name: main, image: shop, command: [npx, prisma, migrate, deploy], envFrom: [{${isSecret ? 'secretRef' : 'configMapRef'}: {name: settings}}]}]}}}
`,
  });
  if (root.problems.length > 0) throw new Error(root.problems.map(({ message }) => message).join('\n'));
  const reported: string[] = [];
  for (const model of modelRoots([root], { dialect: '5.8' })) {
    databaseHost.check(model, ({ message, at, related, hint }) => {
      reported.push(message.replace(/: nothing answers there, .*/, ''), `at ${spanText(at)}`);
      reported.push(...related.map((each) => `${each.note}: ${spanText(each.at)}`), `hint: ${hint}`);
    });
  }
  return reported;
}

describe('database-host: a new name', () => {
  test('by a prefix', () => {
    expect(judge({ overlay: 'namePrefix: dev-\n' })).toEqual([
      '`DB_HOST` of Job `dev-migration` leads to host `postgres`, a Service that the build renames to `dev-postgres`',
      'at postgres',
      'name of the Service set here: postgres',
      'prefix `dev-` added here: dev-',
      'hint: Set the host to `dev-postgres` in the kustomization that adds prefix `dev-`: kustomize changes the references it knows, never settings.',
    ]);
  });

  test('by a patch, for a setting that another patch made', () => {
    const overlay = `patches:
- target: {kind: ConfigMap}
  patch: '[{"op": "replace", "path": "/data/DB_HOST", "value": "postgres"}]'
- target: {kind: Service}
  options: {allowNameChange: true}
  patch: '[{"op": "replace", "path": "/metadata/name", "value": "database"}]'
`;
    expect(judge({ overlay, host: 'localhost' })).toEqual([
      '`DB_HOST` of Job `migration` leads to host `postgres`, a Service that the build renames to `database`',
      'at postgres',
      'setting set here: localhost',
      'name of the Service set here: postgres',
      'name of the Service set by this patch: "database"',
      'hint: Set the host to `database` where it is renamed: kustomize changes the references it knows, never settings.',
    ]);
  });

  test('that a Secret has the old one of', () => {
    expect(judge({ overlay: 'nameSuffix: -dev\n', isSecret: true, host: 'postgres.svc' }).slice(0, 2)).toEqual([
      '`DB_HOST` of Job `migration-dev` leads to the old name of a Service that the build renames to `postgres-dev`',
      'at postgres.svc',
    ]);
  });
});

describe('database-host: a new namespace', () => {
  test('of the Service and the Job', () => {
    const written = { overlay: 'namespace: dev\n', serviceIn: 'shop', jobIn: 'shop', host: 'postgres.shop' };
    expect(judge(written)).toEqual([
      '`DB_HOST` of Job `migration` leads to host `postgres.shop`, a Service that the build puts into namespace `dev`',
      'at postgres.shop',
      'namespace of the Service set here: shop',
      'namespace set here: dev',
      "hint: Write `postgres` without a namespace: it is looked up in the pod's own.",
    ]);
    expect(judge({ ...written, isSecret: true })[0]).toBe(
      '`DB_HOST` of Job `migration` leads to the old namespace of Service `postgres`, which the build puts into namespace `dev`',
    );
  });

  test('of the Service alone', () => {
    const overlay = `patches:
- target: {kind: Service}
  options: {allowNameChange: true}
  patch: '[{"op": "replace", "path": "/metadata/namespace", "value": "data"}]'
`;
    expect(judge({ overlay, serviceIn: 'shop', jobIn: 'shop', host: 'postgres.shop' }).at(-1)).toBe(
      'hint: Write `postgres.data` in the kustomization that sets the namespace.',
    );
  });
});
