import { expect, test } from 'vitest';
import { findMissingClient } from '../../../src/model/databases/missing-client.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** What is found in a Job with such an init container. */
function findIn(image: string, script: string, more = ''): string | undefined {
  const container = `{name: wait, image: "${image}", command: [sh, -c, ${JSON.stringify(script)}]${more}}`;
  const pod = `{initContainers: [${container}], containers: [{name: main, image: shop}]}`;
  const { workloads } = modelFromYaml(
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop}\nspec: {template: {spec: ${pod}}}\n`,
  );
  const found = workloads.map(findMissingClient)[0];
  return found && `${found.program} (${found.image})${found.hasNetcat ? ', nc' : ''}`;
}

test.each([
  ['busybox', 'until mysqladmin ping -h mysql; do sleep 5; done', 'mysqladmin (mysql), nc'],
  ['docker.io/library/alpine:3.22', 'while ! pg_isready -h db; do sleep 1; done', 'pg_isready (postgres), nc'],
  ['debian:13-slim', 'until redis-cli -h cache ping; do sleep 1; done', 'redis-cli (redis)'],
  ['ubuntu:24.04', 'until mongosh --host db; do sleep 1; done', 'mongosh (mongo)'],
  ['busybox', 'until mariadb-admin ping -h db; do sleep 5; done', 'mariadb-admin (mariadb), nc'],
  ['busybox', 'until nc -z mysql 3306; do sleep 5; done', undefined],
  ['busybox', 'mysqladmin ping -h mysql', undefined],
  ['registry.example.com/busybox', 'until pg_isready; do sleep 1; done', undefined],
  ['postgres:17', 'until pg_isready; do sleep 1; done', undefined],
  ['alpine', 'apk add postgresql-client; until pg_isready; do sleep 1; done', undefined],
  ['busybox', 'pg_isready() { nc -z db 5432; }; until pg_isready; do sleep 1; done', undefined],
])('%s, %s', (image, script, expected) => {
  expect(findIn(image, script)).toBe(expected);
});

test.each([
  ['volumeMounts: [{name: tools, mountPath: /usr/local/bin}]', undefined],
  ['volumeMounts: [{name: tools, mountPath: /usr/local/bin/psql, subPath: psql}]', undefined],
  ['env: [{name: PATH, value: "/tools:/bin"}], volumeMounts: [{name: tools, mountPath: /tools}]', undefined],
  ['volumeMounts: [{name: tmp, mountPath: /tmp}]', 'psql (postgres), nc'],
])('with %s', (fields, expected) => {
  expect(findIn('busybox', 'until psql -c "select 1"; do sleep 1; done', `, ${fields}`)).toBe(expected);
});
