import { describe, expect, test } from 'vitest';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

const secret = '{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}';
const named = (database: string) =>
  `env: [${secret}, {name: DB_HOST, value: server}, {name: DB_NAME, value: "${database}"}]`;
const both = `env: [${secret}, {name: DB_HOST, value: server}, {name: DB_NAME, value: own}, {name: B_DB_HOST, value: server}, {name: B_DB_NAME, value: shop}]`;

function deployment(name: string, fields: string, init = ''): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {template: {spec: {${init} containers: [{name: main, image: ${name}, ${fields}}]}}}\n`;
}

/** The services of a migration of database `shop`, whose server and Secret several services share. */
function servicesOf(...deployments: readonly string[]): (string | undefined)[] {
  const job = `apiVersion: batch/v1\nkind: Job\nmetadata: {name: migration-v1}\nspec: {template: {spec: {containers: [{name: main, image: job, command: [npx, prisma, migrate, deploy], ${named('shop')}}]}}}\n`;
  const { releases } = modelFromYaml([job, ...deployments].join('---\n'));
  return releases.flatMap(({ services }) => services.map(({ workload }) => workload.object.name.value));
}

describe('own-database', () => {
  const api = deployment('api', named('shop'));

  test.each<[string, string[], string[]]>([
    ['services of the same database', [api, deployment('web', named('shop'))], ['api', 'web']],
    ['a service of another', [api, deployment('web', named('own'))], ['api']],
    ['a service of both', [api, deployment('web', both)], ['api', 'web']],
    ['a service of a database that is not known', [api, deployment('web', `env: [${secret}]`)], ['api', 'web']],
    ['a service of a database that Flux names', [api, deployment('web', named('\u0024{NAME}'))], ['api', 'web']],
    ['a service of a database that a variable names', [api, deployment('web', named('$(NAME)'))], ['api', 'web']],
    [
      'a service of a known database and one that is not',
      [api, deployment('web', named('own').replace(']', ', {name: B_DB_HOST, value: server}]'))],
      ['api', 'web'],
    ],
    ['a service alone, of another', [deployment('web', named('own'))], ['web']],
    [
      'only services of others',
      [deployment('web', named('own')), deployment('worker', named('own'))],
      ['web', 'worker'],
    ],
    [
      'a service of another that waits for the Job',
      [
        api,
        deployment(
          'web',
          named('own'),
          'initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, migration-v1]}],',
        ),
      ],
      ['api', 'web'],
    ],
  ])('%s', (_, deployments, expected) => expect(servicesOf(...deployments)).toEqual(expected));
});
