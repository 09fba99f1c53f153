import { describe, expect, test } from 'vitest';
import { findModeDifference } from '../../../../src/model/databases/differences/mode-difference.ts';
import { firstOf } from '../../../support/first-of.ts';
import { modelFromYaml } from '../../../support/root-from-yaml.ts';

interface Written {
  readonly command?: string;
  /** Fields of the migration's container and of the service's. */
  readonly job?: string;
  readonly service?: string;
  /** What the service's image is called. */
  readonly image?: string;
}

const env = (name: string, value: string) => `env: [{name: ${name}, value: ${value}}]`;

/** What a service sets and its migration does not, and what the tool takes then. */
function differenceOf({
  command = '[npx, knex, "migrate:latest"]',
  job = 'tty: true',
  service = env('NODE_ENV', 'production'),
  image = 'shop:v1',
}: Written): string | undefined {
  const model = modelFromYaml(`apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration-v1}
spec: {template: {spec: {containers: [{name: main, image: "shop:v1", command: ${command}, ${job}}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec: {template: {spec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration-v1]}], containers: [{name: proxy, image: proxy, ${env('NODE_ENV', 'test')}}, {name: main, image: "${image}", ${service}}]}}}
---
apiVersion: v1
kind: Secret
metadata: {name: mode}
stringData: {NODE_ENV: production}
`);
  const release = firstOf(model.releases);
  const found = findModeDifference(model, firstOf(release.migrations), firstOf(release.services));
  return found && `${found.tool} without ${found.variable.name}=${found.variable.value}: ${found.fallback}`;
}

const knex = 'Knex without NODE_ENV=production: its settings for `development`';

describe('mode-difference', () => {
  test.each<[string, Written, string | undefined]>([
    ['Knex', {}, knex],
    ['Sequelize', { command: '[npx, sequelize-cli, "db:migrate"]' }, knex.replace('Knex', 'Sequelize')],
    [
      'Django',
      { command: '[python, manage.py, migrate]', service: env('DJANGO_SETTINGS_MODULE', 'shop.live') },
      'Django without DJANGO_SETTINGS_MODULE=shop.live: the settings that `manage.py` names',
    ],
    [
      'Rails',
      { command: '[bin/rails, "db:migrate"]', service: env('RAILS_ENV', 'production') },
      'Rails without RAILS_ENV=production: its settings for `development`',
    ],
    ['a tool without modes', { command: '[npx, prisma, migrate, deploy]' }, undefined],
    ['the same variable', { job: env('NODE_ENV', 'test') }, undefined],
    ['another variable', { job: env('MODE', 'production') }, knex],
    ['a ConfigMap that is not known', { job: 'envFrom: [{configMapRef: {name: absent}}]' }, undefined],
    ['a Secret that is not known', { job: 'envFrom: [{secretRef: {name: absent}}]' }, knex],
    ['a service without it', { service: 'tty: true' }, undefined],
    ['a service with what it means without', { service: env('NODE_ENV', 'development') }, undefined],
    ['a service with the short form of that', { service: env('NODE_ENV', 'dev') }, undefined],
    ['a service with a value like that', { service: env('NODE_ENV', 'devel') }, knex.replace('production', 'devel')],
    ['a service that takes it from a Secret', { service: 'envFrom: [{secretRef: {name: mode}}]' }, undefined],
    ['a service of another image', { image: 'web:v1' }, undefined],
    ['a flag', { command: '[npx, knex, "migrate:latest", --env, production]' }, undefined],
    [
      'a flag of Rails',
      { command: '[bin/rails, "db:migrate", -e, production]', service: env('RAILS_ENV', 'production') },
      undefined,
    ],
    ['another flag', { command: '[npx, knex, "migrate:latest", --verbose]' }, knex],
  ])('%s', (_, written, expected) => expect(differenceOf(written)).toBe(expected));
});
