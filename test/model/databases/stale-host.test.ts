// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.

import { describe, expect, test } from 'vitest';
import { findStaleHosts } from '../../../src/model/databases/stale-host.ts';
import { settingPlace } from '../../../src/model/environment/environment.ts';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { spanText } from '../../../src/objects/place.ts';
import { buildTree } from '../../kustomize/build-tree.ts';
import { firstOf } from '../../support/first-of.ts';

interface Written {
  /** The `env` of the Job's container. */
  readonly env?: string;
  readonly base?: string;
  readonly overlay?: string;
  /** The Service's manifest. */
  readonly service?: string;
  /** What else the base lists. */
  readonly more?: string;
}

const postgres = 'apiVersion: v1\nkind: Service\nmetadata: {name: postgres}';

/** The stale hosts of an overlay over a Job and its database: variable, text of the setting, what the Service is called. */
function staleOf({
  env = '{name: DB_HOST, value: postgres}',
  base = '',
  overlay = 'namePrefix: dev-',
  service = postgres,
  more = '',
}: Written): string[] {
  const built = buildTree({
    'overlay/kustomization.yaml': `resources:\n- ../base\n${overlay}`,
    'base/kustomization.yaml': `resources: [all.yaml]\n${base}`,
    'base/all.yaml': `${service}
---
apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration}
spec: {template: {spec: {containers: [{name: main, image: shop, command: [npx, prisma, migrate, deploy], env: [${env}]}]}}}
---
${more}
`,
    'other/kustomization.yaml': 'resources: [service.yaml]',
    'other/service.yaml': `${postgres}\n`,
    'cache/kustomization.yaml': 'resources: [service.yaml]',
    'cache/service.yaml': `${postgres.replace('postgres', 'cache')}\n`,
  });
  const model = firstOf(modelRoots([built], { dialect: '5.8' }));
  return findStaleHosts(model).map(({ variable, service: { name, namespace }, changed }) => {
    const now = changed === 'name' ? name.value : namespace.value;
    return `${variable.name} ${spanText(settingPlace(variable).at)}: ${changed} ${now}`;
  });
}

describe('stale-host', () => {
  test.each<[string, Written, string[]]>([
    ['a prefix', {}, ['DB_HOST postgres: name dev-postgres']],
    ['a suffix', { overlay: 'nameSuffix: -dev' }, ['DB_HOST postgres: name postgres-dev']],
    ['nothing is renamed', { overlay: '' }, []],
    ['the new name', { env: '{name: DB_HOST, value: dev-postgres}' }, []],
    ['another name', { env: '{name: DB_HOST, value: postgresql}' }, []],
    [
      'a URL',
      { env: "{name: DATABASE_URL, value: 'postgres://u:p@postgres:5432/shop'}" },
      ["DATABASE_URL 'postgres://u:p@postgres:5432/shop': name dev-postgres"],
    ],
    [
      'a URL of variables: the host is in one of them',
      {
        env: "{name: DB_SERVER, value: postgres}, {name: DATABASE_URL, value: 'postgres://u@$(DB_SERVER)/shop'}",
      },
      ['DB_SERVER postgres: name dev-postgres'],
    ],
    [
      'the pod behind the Service',
      { env: '{name: DB_HOST, value: postgres-0.postgres}' },
      ['DB_HOST postgres-0.postgres: name dev-postgres'],
    ],
    ['a replica of another name', { env: '{name: DB_HOST, value: replica.postgres}' }, []],
    ['a host outside of the cluster', { env: '{name: DB_HOST, value: postgres.example.com}' }, []],
    ['a host of two parts', { env: '{name: DB_HOST, value: postgres.internal}' }, []],
    ['a variable that Flux fills', { env: "{name: DB_HOST, value: 'postgres${SUFFIX}'}" }, []],
    ['a variable of the container that is not known', { env: '{name: DB_HOST, value: $(PREFIX)postgres}' }, []],
    ['no database', { env: '{name: API_HOST, value: postgres}' }, []],
    [
      'two variables',
      { env: '{name: DB_HOST, value: postgres}, {name: REPORT_DB_HOST, value: postgres}' },
      ['DB_HOST postgres: name dev-postgres', 'REPORT_DB_HOST postgres: name dev-postgres'],
    ],
    [
      'a URL of variables, one of which is not set and one is not known',
      {
        env: "{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}, {name: DB_SERVER, value: postgres}, {name: DATABASE_URL, value: 'postgres://$(DB_USER):$(DB_PASSWORD)@$(DB_SERVER)/shop'}",
      },
      ['DB_SERVER postgres: name dev-postgres'],
    ],
    ['a database without a host', { env: '{name: DB_NAME, value: postgres}' }, []],
    ['another object has the name', { service: postgres.replace('kind: Service', 'kind: Endpoints') }, []],
    [
      'another Service is not renamed',
      { base: 'namePrefix: dev-', overlay: '- ../cache' },
      ['DB_HOST postgres: name dev-postgres'],
    ],
    ['another Service has the name', { base: 'namePrefix: dev-', overlay: '- ../other' }, []],
    [
      'another Service has the name, and the host is a pod behind it',
      { base: 'namePrefix: dev-', overlay: '- ../other', env: '{name: DB_HOST, value: postgres-0.postgres}' },
      [],
    ],
    [
      'a namespace with a prefix',
      { base: 'namespace: shop', overlay: 'namePrefix: dev-', env: '{name: DB_HOST, value: postgres.shop.svc}' },
      ['DB_HOST postgres.shop.svc: name dev-postgres'],
    ],
    [
      'a namespace of its own for each overlay',
      { base: 'namespace: shop', overlay: 'namespace: shop-dev', env: '{name: DB_HOST, value: postgres.shop.svc}' },
      ['DB_HOST postgres.shop.svc: namespace shop-dev'],
    ],
    [
      'the namespace in the file',
      {
        service: postgres.replace('}', ', namespace: shop}'),
        overlay: 'namespace: shop-dev',
        env: '{name: DB_HOST, value: postgres.shop}',
      },
      ['DB_HOST postgres.shop: namespace shop-dev'],
    ],
    [
      'both change',
      {
        base: 'namespace: shop',
        overlay: 'namespace: shop-dev\nnamePrefix: dev-',
        env: '{name: DB_HOST, value: postgres.shop.svc.cluster.local}',
      },
      ['DB_HOST postgres.shop.svc.cluster.local: name dev-postgres'],
    ],
    [
      'a namespace that the tree never had',
      { base: 'namespace: shop', overlay: 'namespace: shop-dev', env: '{name: DB_HOST, value: postgres.shared.svc}' },
      [],
    ],
    [
      'a Service that the tree never had in a namespace that it had',
      { base: 'namespace: shop', overlay: 'namespace: shop-dev', env: '{name: DB_HOST, value: mysql.shop.svc}' },
      [],
    ],
    ['no namespace in the host', { base: 'namespace: shop', overlay: 'namespace: shop-dev' }, []],
    ['a part is left out', { overlay: '- https://example.com/parts\nnamePrefix: dev-' }, []],
    [
      'settings are left out',
      { overlay: 'namePrefix: dev-\nsecretGenerator: [{name: x, envs: [.env]}]' },
      ['DB_HOST postgres: name dev-postgres'],
    ],
  ])('%s', (_, written, expected) => {
    expect(staleOf(written)).toEqual(expected);
  });

  test('a setting that two workloads read', () => {
    const more = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {DB_HOST: postgres}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec: {template: {spec: {containers: [{name: main, image: shop, envFrom: [{configMapRef: {name: settings}}]}]}}}`;
    const env = '{name: DB_HOST, valueFrom: {configMapKeyRef: {name: settings, key: DB_HOST}}}';
    expect(staleOf({ env, more })).toEqual(['DB_HOST postgres: name dev-postgres']);
  });
});
