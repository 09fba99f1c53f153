// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux or a shell fills.
import { describe, expect, test } from 'vitest';
import { findSelfMigrations } from '../../../src/model/migrations/self-migration.ts';
import { jobOf } from '../../support/job-from-yaml.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

describe('self-migration', () => {
  test.each([
    ['command: [npx, prisma, migrate, deploy]', ['command at command[0]: npx']],
    [
      'command: [sh, -c, "npx  prisma migrate deploy && node ."]',
      ['command at command[2]: npx  prisma migrate deploy && node .'],
    ],
    ['command: [entry, --], args: [npx, prisma, migrate, deploy]', []],
    ['args: [npx, prisma, migrate, deploy]', ['command at args[0]: npx']],
    ['image: flyway/flyway, args: [migrate]', ['command at args[0]: migrate']],
    ['command: [node, .]', []],
    [
      'command: [node, .], lifecycle: {postStart: {exec: {command: [npx, prisma, migrate, deploy]}}}',
      ['postStart at lifecycle.postStart.exec.command[0]: npx'],
    ],
    [
      'args: [serve], lifecycle: {preStop: {exec: {command: [sh, -c, "alembic upgrade head"]}}}',
      ['preStop at lifecycle.preStop.exec.command[2]: alembic upgrade head'],
    ],
    ['lifecycle: {postStart: {exec: {command: [touch, x]}}}', []],
    [
      'command: [npx, prisma, migrate, deploy], lifecycle: {postStart: {exec: {command: [alembic, upgrade, head]}}}',
      ['command at command[0]: npx'],
    ],
  ])('%s', (fields, expected) => {
    const { job } = jobOf({
      containers: `{name: main, image: shop, ${fields}}`.replace('image: shop, image:', 'image:'),
    });
    const found = findSelfMigrations(job).map(
      ({ where, field }) =>
        `${where} at ${field.path.replace('spec.template.spec.containers[0].', '')}: ${field.value}`,
    );
    expect(found).toEqual(expected);
  });

  test('in an init container, behind a long line, and after blanks', () => {
    const migrationsIn = (yaml: string): string[] =>
      modelFromYaml(`apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: ${yaml}`).workloads.flatMap((workload) =>
        findSelfMigrations(workload).map(({ where, field }) => `${where} at ${field.path}`),
      );
    const main = 'containers: [{name: main, image: shop}]';
    expect(
      migrationsIn(`{initContainers: [{name: a, image: shop, command: [alembic, upgrade, head]}], ${main}}`),
    ).toEqual(['init container at spec.initContainers[0].command[0]']);
    const long = `alembic upgrade head ${'-x a=b '.repeat(20)}`;
    expect(migrationsIn(`{containers: [{name: a, image: shop, command: [sh, -c, "echo; ${long}"]}]}`)).toEqual([
      'command at spec.containers[0].command[2]',
    ]);
    expect(
      migrationsIn('{containers: [{name: a, image: shop, command: [tini, --], args: ["alembic", "upgrade", "head"]}]}'),
    ).toEqual(['command at spec.containers[0].command[0]']);
  });
});
