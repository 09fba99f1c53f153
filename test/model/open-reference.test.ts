import { describe, expect, test } from 'vitest';
import { findOpenReferences } from '../../src/model/databases/open-reference.ts';
import { modelFromYaml } from './root-from-yaml.ts';

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata: {DB_HOST: db}\n';

/** What a container with these fields leaves open: the names, and which of them are defined later. */
function openOf(fields: string): (readonly string[])[][] {
  const model = modelFromYaml(`${config}---
apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration}
spec: {template: {spec: {containers: [{name: migrate, image: shop, ${fields}}]}}}
`);
  const containers = model.jobs.flatMap(({ pod }) => pod.containers);
  return findOpenReferences(containers, model.config, undefined).map(({ names, later }) => [
    names,
    later.map(({ name }) => name),
  ]);
}

const url = "{name: DATABASE_URL, value: 'postgres://$(DB_HOST)/shop'}";
const host = '{name: DB_HOST, value: db}';

describe('open-reference', () => {
  test.each([
    ['defined before', `env: [${host}, ${url}]`, []],
    ['defined later', `env: [${url}, ${host}]`, [[['DB_HOST'], ['DB_HOST']]]],
    ['defined nowhere', `env: [${url}]`, [[['DB_HOST'], []]]],
    ['defined by a whole ConfigMap', `envFrom: [{configMapRef: {name: shop}}], env: [${url}]`, []],
    [
      'defined by a whole ConfigMap, and later again',
      `envFrom: [{configMapRef: {name: shop}}], env: [${url}, ${host}]`,
      [],
    ],
    ['perhaps defined by an object elsewhere', `envFrom: [{secretRef: {name: other}}], env: [${url}]`, []],
    [
      'defined later beside an object elsewhere',
      `envFrom: [{secretRef: {name: other}}], env: [${url}, ${host}]`,
      [[['DB_HOST'], ['DB_HOST']]],
    ],
    ['escaped', "env: [{name: DATABASE_URL, value: 'postgres://$$(DB_HOST)/shop'}]", []],
    ['a link to a Service', "env: [{name: DATABASE_URL, value: 'postgres://$(DB_SERVICE_HOST)/shop'}]", []],
    ['no setting of a database', "env: [{name: GREETING, value: 'to $(WHOM)'}]", []],
    [
      'two of a value',
      "env: [{name: DATABASE_URL, value: 'postgres://$(DB_HOST)/$(DB_NAME)$(DB_HOST)'}]",
      [[['DB_HOST', 'DB_NAME'], []]],
    ],
  ])('%s', (_, fields, expected) => {
    expect(openOf(fields)).toEqual(expected);
  });
});
