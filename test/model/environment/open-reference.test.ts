import { describe, expect, test } from 'vitest';
import { findOpenReferences } from '../../../src/model/environment/open-reference.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata: {DB_HOST: db}\n';

/** What a container with these fields leaves open: the names, and which of them are defined later. */
function openOf(fields: string): (readonly string[])[][] {
  const model = modelFromYaml(`${config}---
apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration}
spec: {template: {spec: {containers: [{name: migrate, image: shop, ${fields}}]}}}
`);
  return findOpenReferences(model, firstOf(model.jobs)).map(({ names, later }) => [
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
    ['two variables of one name', `env: [${host}, {name: DATABASE_URL, value: other}, ${url}]`, []],
    ['no setting of a database', "env: [{name: GREETING, value: 'to $(WHOM)'}]", []],
    [
      'two of a value',
      "env: [{name: DATABASE_URL, value: 'postgres://$(DB_HOST)/$(DB_NAME)$(DB_HOST)'}]",
      [[['DB_HOST', 'DB_NAME'], []]],
    ],
  ])('%s', (_, fields, expected) => {
    expect(openOf(fields)).toEqual(expected);
  });

  test.each([
    ['DB_SERVICE_HOST', true],
    ['DB_SERVICE_PORT', true],
    ['DB_SERVICE_PORT_HTTP', true],
    ['DB_PORT', true],
    ['DB_PORT_5432_TCP', true],
    ['DB_PORT_5432_UDP_ADDR', true],
    ['DB_SERVICE_HOSTS', false],
    ['DB_PORT_TCP', false],
    ['DB_PORT_5432', false],
    ['SERVICE_HOST', false],
  ])('the kubelet sets %s of a Service: %s', (name, isSet) => {
    expect(openOf(`env: [{name: DATABASE_URL, value: 'postgres://$(${name})/shop'}]`)).toEqual(
      isSet ? [] : [[[name], []]],
    );
  });
});
