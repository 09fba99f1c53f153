import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { findBlockedTraffic } from '../../../src/model/network/blocked-traffic.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml, rootFromYaml } from '../../support/root-from-yaml.ts';

interface Written {
  /** The `spec` of policies, by their names; `namespace/name` for one of another namespace. */
  readonly policies: Readonly<Record<string, string>>;
  /** Labels of the migration's pods, and fields of their spec. */
  readonly labels?: string;
  readonly pod?: string;
  /** Whether the database is in the tree. */
  readonly isHere?: boolean;
  readonly host?: string;
  /** The host of the service, if it is another. */
  readonly serviceHost?: string;
  readonly more?: string;
}

function object(kind: string, apiVersion: string, name: string, rest: string, namespace = 'shop'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n${rest}\n`;
}

function podTemplate(labels: string, spec: string): string {
  return `spec: {template: {metadata: {labels: {${labels}}}, spec: {${spec}}}}`;
}

/** A release of a Deployment `app: shop` that waits for a Job `app: migration`; the database is `app: postgres`. */
function releaseManifests({
  policies,
  labels = 'app: migration',
  pod = '',
  isHere = true,
  host = 'postgres',
  serviceHost = host,
  more = '',
}: Written): string {
  const env = (value: string): string => `env: [{name: DB_HOST, value: ${value}}]`;
  const wait =
    'initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration-v1]}],';
  const manifests = [
    object(
      'Deployment',
      'apps/v1',
      'shop',
      podTemplate('app: shop', `${wait} containers: [{name: main, image: "shop:v1", ${env(serviceHost)}}]`),
    ),
    object(
      'Job',
      'batch/v1',
      'shop-migration-v1',
      podTemplate(
        labels,
        `${pod} containers: [{name: main, image: "shop:v1", command: [npx, prisma, migrate, deploy], ${env(host)}}]`,
      ),
    ),
    ...(isHere
      ? [
          object('Service', 'v1', 'postgres', 'spec: {selector: {app: postgres}, ports: [{port: 5432}]}'),
          object(
            'StatefulSet',
            'apps/v1',
            'postgres',
            podTemplate('app: postgres', 'containers: [{name: main, image: "postgres:17"}]'),
          ),
        ]
      : []),
    ...Object.entries(policies).map(([path, spec]) => {
      const [name = '', namespace] = path.split('/').reverse();
      return policy(name, spec, namespace);
    }),
    more,
  ];
  return manifests.join('---\n');
}

function policy(name: string, spec: string, namespace?: string): string {
  return object('NetworkPolicy', 'networking.k8s.io/v1', name, `spec: {${spec}}`, namespace);
}

function blocked(written: Written): string[] {
  return findBlockedTraffic(modelFromYaml(releaseManifests(written))).map((each) =>
    each.kind === 'api server'
      ? `api server: ${each.closing.object.name.value}`
      : `${each.kind}: ${each.policy.object.name.value}`,
  );
}

const deny = { deny: 'podSelector: {}, policyTypes: [Egress]' };
const api = { api: 'podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.1/32}}], ports: [{port: 6443}]}]' };
const serviceOut = { out: 'podSelector: {matchLabels: {app: shop}}, egress: [{}]' };

/** A policy of the database that admits these peers. */
function admit(from: string, ports = ''): Record<string, string> {
  return { admit: `podSelector: {matchLabels: {app: postgres}}, ingress: [{from: [${from}]${ports}}]` };
}

const service = '{podSelector: {matchLabels: {app: shop}}}';

const proxy = [
  object('Service', 'v1', 'pool', 'spec: {selector: {app: pool}, ports: [{port: 5432}]}'),
  object('Deployment', 'apps/v1', 'pool', podTemplate('app: pool', 'containers: [{name: main, image: pgbouncer}]')),
].join('---\n');

describe('blocked-traffic', () => {
  test.each<[string, Written, string[]]>([
    ['no policy', { policies: {} }, []],
    ['the service alone', { policies: admit(service) }, ['ingress: admit']],
    [
      'the service alone, but the migration to the database behind a proxy',
      {
        policies: {
          ...admit('{podSelector: {matchLabels: {app: migration}}}'),
          pool: `podSelector: {matchLabels: {app: pool}}, ingress: [{from: [${service}]}]`,
        },
        more: `${proxy}---\n`,
        host: 'pool}, {name: DATABASE_URL, value: "postgres://postgres:5432/shop"',
      },
      [],
    ],
    ['the migration alone', { policies: admit('{podSelector: {matchLabels: {app: migration}}}') }, ['ingress: admit']],
    [
      'the migration alone, and the service through another host',
      {
        policies: admit('{podSelector: {matchLabels: {app: migration}}}'),
        serviceHost: 'pool',
        more: `${proxy}---\n`,
      },
      [],
    ],
    ['both', { policies: admit(`${service}, {podSelector: {matchLabels: {app: migration}}}`) }, []],
    [
      'both by an expression',
      { policies: admit('{podSelector: {matchExpressions: [{key: app, operator: In, values: [shop, migration]}]}}') },
      [],
    ],
    [
      'all but others',
      { policies: admit('{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}}') },
      [],
    ],
    [
      'all but the migration',
      { policies: admit('{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [migration]}]}}') },
      ['ingress: admit'],
    ],
    ['what has a label', { policies: admit('{podSelector: {matchExpressions: [{key: app, operator: Exists}]}}') }, []],
    [
      'what has a label, and the migration has none',
      { policies: admit('{podSelector: {matchExpressions: [{key: app, operator: Exists}]}}'), labels: '' },
      ['ingress: admit'],
    ],
    [
      'what has no label',
      { policies: admit('{podSelector: {matchExpressions: [{key: batch, operator: DoesNotExist}]}}') },
      [],
    ],
    [
      'the label of every Job',
      { policies: admit(`${service}, {podSelector: {matchLabels: {job-name: shop-migration-v1}}}`) },
      [],
    ],
    [
      'the name of another Job',
      { policies: admit(`${service}, {podSelector: {matchLabels: {job-name: other}}}`) },
      ['ingress: admit'],
    ],
    ['neither', { policies: admit('{podSelector: {matchLabels: {app: web}}}') }, []],
    ['everything', { policies: admit('') }, []],
    ['addresses', { policies: admit(`${service}, {ipBlock: {cidr: 10.0.0.0/8}}`) }, []],
    [
      'the namespace',
      { policies: admit('{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}') },
      [],
    ],
    [
      'another namespace',
      { policies: admit(`${service}, {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}}`) },
      ['ingress: admit'],
    ],
    [
      'namespaces by a label that nobody describes',
      { policies: admit(`${service}, {namespaceSelector: {matchLabels: {team: a}}}`) },
      [],
    ],
    [
      'namespaces by a label that this one has not',
      {
        policies: admit(`${service}, {namespaceSelector: {matchLabels: {team: a}}}`),
        more: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: b}}\n',
      },
      ['ingress: admit'],
    ],
    [
      'another port',
      { policies: { ...admit(service), other: 'podSelector: {}, ingress: [{ports: [{port: 9187}]}]' } },
      ['ingress: admit'],
    ],
    [
      'a range with the port',
      { policies: { ...admit(service), other: 'podSelector: {}, ingress: [{ports: [{port: 5000, endPort: 6000}]}]' } },
      [],
    ],
    [
      'ports below',
      { policies: { ...admit(service), other: 'podSelector: {}, ingress: [{ports: [{port: 1, endPort: 5431}]}]' } },
      ['ingress: admit'],
    ],
    [
      'ports above',
      { policies: { ...admit(service), other: 'podSelector: {}, ingress: [{ports: [{port: 5433, endPort: 6000}]}]' } },
      ['ingress: admit'],
    ],
    [
      'one of several ports',
      { policies: { ...admit(service), other: 'podSelector: {}, ingress: [{ports: [{port: 9187}, {port: 5432}]}]' } },
      [],
    ],
    [
      'a port by name',
      { policies: { ...admit(service), other: 'podSelector: {}, ingress: [{ports: [{port: sql}]}]' } },
      [],
    ],
    ['a policy of another namespace', { policies: { 'data/admit': admit(service)['admit'] ?? '' } }, []],
    ['another database', { policies: admit(service), host: 'mysql' }, []],
    ['on the host network', { policies: admit(service), pod: 'hostNetwork: true,' }, []],
    [
      'a policy of Cilium',
      { policies: admit(service), more: object('CiliumNetworkPolicy', 'cilium.io/v2', 'more', 'spec: {}') },
      [],
    ],
  ])('into the database: %s', (_, written, expected) => {
    expect(blocked(written)).toEqual(expected);
  });

  test.each<[string, Written, string[]]>([
    [
      'the migration alone',
      { policies: { ...deny, ...api, out: 'podSelector: {matchLabels: {app: migration}}, egress: [{}]' } },
      ['egress: out'],
    ],
    ['the service alone', { policies: { ...deny, ...api, ...serviceOut } }, ['egress: out']],
    ['neither', { policies: { ...deny, ...api } }, []],
    ['nothing is denied', { policies: { ...api, out: `${serviceOut.out}, policyTypes: [Ingress]` } }, []],
    ['only the service is restricted', { policies: serviceOut }, []],
    [
      'names alone',
      { policies: { ...deny, ...api, ...serviceOut, names: 'podSelector: {}, egress: [{ports: [{port: 53}]}]' } },
      ['egress: out'],
    ],
    [
      'the database',
      {
        policies: {
          ...deny,
          ...api,
          ...serviceOut,
          db: 'podSelector: {}, egress: [{to: [{podSelector: {matchLabels: {app: postgres}}}]}]',
        },
      },
      [],
    ],
    [
      'another target',
      {
        policies: {
          ...deny,
          ...api,
          ...serviceOut,
          db: 'podSelector: {}, egress: [{to: [{podSelector: {matchLabels: {app: redis}}}]}]',
        },
      },
      ['egress: out'],
    ],
    ['a database elsewhere', { policies: { ...deny, ...serviceOut }, isHere: false }, ['egress: out']],
    ...(
      [
        ['names alone', '{port: 53}', ['egress: out']],
        ['names and the port', '{port: 53}, {port: 5432}', []],
        ['a range from 53', '{port: 53, endPort: 5432}', []],
        ['a range to 53', '{port: 1, endPort: 53}', []],
      ] as const
    ).map(([title, ports, expected]): [string, Written, string[]] => [
      `a database elsewhere, and ${title}`,
      {
        policies: { ...deny, ...serviceOut, more: `podSelector: {}, egress: [{ports: [${ports}]}]` },
        isHere: false,
      },
      [...expected],
    ]),
    [
      'a database elsewhere, and a way out to the API server alone',
      { policies: { ...deny, ...api, ...serviceOut }, isHere: false },
      ['egress: out'],
    ],
    [
      'a database elsewhere, and some way out',
      {
        policies: { ...deny, ...serviceOut, more: 'podSelector: {}, egress: [{ports: [{port: 443}, {port: 6432}]}]' },
        isHere: false,
      },
      [],
    ],
  ])('out to the database: %s', (_, written, expected) => {
    expect(blocked(written)).toEqual(expected);
  });

  const db = { db: 'podSelector: {}, egress: [{to: [{podSelector: {matchLabels: {app: postgres}}}]}]' };
  test.each<[string, Record<string, string>, string[]]>([
    ['denied', { ...deny, ...db }, ['api server: deny']],
    ['nothing is opened here', { ...deny, dns: 'podSelector: {}, egress: [{ports: [{port: 53}]}]' }, []],
    ['allowed', { ...deny, ...db, ...api }, []],
    ['all addresses', { ...db, all: 'podSelector: {}, egress: [{ports: [{port: 443}]}]' }, []],
    ['another port', { ...db, all: 'podSelector: {}, egress: [{ports: [{port: 5432}]}]' }, ['api server: db']],
    ['a range', { ...db, all: 'podSelector: {}, egress: [{ports: [{port: 1, endPort: 65535}]}]' }, []],
    [
      'pods of any namespace',
      { ...db, all: 'podSelector: {}, egress: [{to: [{namespaceSelector: {}, podSelector: {}}]}]' },
      ['api server: db'],
    ],
    ['any namespace', { ...db, all: 'podSelector: {}, egress: [{to: [{namespaceSelector: {}}]}]' }, []],
    ['one of several ports', { ...db, all: 'podSelector: {}, egress: [{ports: [{port: 5432}, {port: 6443}]}]' }, []],
    ['a port by name', { ...db, all: 'podSelector: {}, egress: [{ports: [{port: https}]}]' }, []],
    [
      'pods or an address',
      { ...db, all: 'podSelector: {}, egress: [{to: [{podSelector: {}}, {ipBlock: {cidr: 10.0.0.1/32}}]}]' },
      [],
    ],
    ['ingress alone', { deny: 'podSelector: {}' }, []],
  ])('out to the API server: %s', (_, policies, expected) => {
    expect(blocked({ policies })).toEqual(expected);
  });

  test('a policy of another root opens the way, unless that is another overlay of the same', () => {
    const release = releaseManifests({ policies: { ...deny, ...api, ...serviceOut } });
    const opening = policy('all', 'podSelector: {}, egress: [{}]');
    const blockedBeside = (other: string) => {
      const model = firstOf(modelRoots([rootFromYaml(release), rootFromYaml(other, '/other')], { dialect: '5.8' }));
      return findBlockedTraffic(model).map(({ kind }) => kind);
    };
    expect(blockedBeside(opening)).toEqual([]);
    expect(blockedBeside(`${release}---\n${opening}`)).toEqual(['egress']);
    expect(blockedBeside(policy('all', 'podSelector: {}, egress: [{}]', 'web'))).toEqual(['egress']);
  });
});
