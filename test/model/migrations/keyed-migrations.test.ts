import { describe, expect, test } from 'vitest';
import { KeyedMigrations } from '../../../src/model/migrations/keyed-migrations.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

function job(name: string, namespace: string): string {
  return `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}, namespace: ${namespace}}
spec: {template: {spec: {containers: [{name: main, image: shop, command: [npx, prisma, migrate, deploy]}]}}}
`;
}

/** The Jobs, each with its keys, that are near a workload of namespace `a` with these keys. */
function near(jobs: readonly (readonly [name: string, namespace: string, keys: readonly string[]])[], asked: string[]) {
  const service =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, namespace: a}\nspec: {template: {spec: {containers: [{name: main}]}}}\n';
  const { migrations, workloads } = modelFromYaml(
    [service, ...jobs.map(([name, namespace]) => job(name, namespace))].join('---\n'),
  );
  const keysOf = new Map(jobs.map(([name, , keys]) => [name, keys]));
  const keyed = new KeyedMigrations(migrations, (migration) => keysOf.get(migration.job.object.name.value ?? '') ?? []);
  const workload = firstOf(workloads.filter(({ object }) => object.kind === 'Deployment'));
  return keyed.near(workload, asked).map((migration) => migration.job.object.name.value);
}

describe('keyed-migrations', () => {
  test('by any of their keys, each once, in their order', () => {
    const jobs = [
      ['first-migration', 'a', ['x', 'y']],
      ['second-migration', 'a', ['y']],
      ['third-migration', 'a', ['z']],
    ] as const;
    expect(near(jobs, ['y', 'x'])).toEqual(['first-migration', 'second-migration']);
    expect(near(jobs, ['z', 'x'])).toEqual(['first-migration', 'third-migration']);
    expect(near(jobs, ['w'])).toEqual([]);
    expect(near(jobs, [])).toEqual([]);
  });

  test('in the namespace of the workload', () => {
    const jobs = [
      ['own-migration', 'a', ['x']],
      ['foreign-migration', 'b', ['x']],
    ] as const;
    expect(near(jobs, ['x'])).toEqual(['own-migration']);
  });

  test('the last hundred', () => {
    const jobs = Array.from({ length: 103 }, (_, index) => [`migration-${index}`, 'a', ['x']] as const);
    const found = near(jobs, ['x']);
    expect([found.length, found[0], found.at(-1)]).toEqual([100, 'migration-3', 'migration-102']);
  });
});
