import { expect, test } from 'vitest';
import { describeSelfMigrating } from '../../src/inspect/self-migrating.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

const deployment = (name: string, container: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {template: {spec: {initContainers: [${container}], containers: [{name: main, image: "shop:v1"}]}}}`;

test.each([
  [
    '{name: init, image: "shop:v1", command: [npx, prisma, migrate, deploy]}',
    'container `init` runs `npx prisma migrate deploy`',
  ],
  [
    '{name: db-migration, image: "registry/shop-migrations:v1"}',
    'container `db-migration` starts with the image `shop-migrations`',
  ],
  ['{name: db-migration, image: "shop:v1"}', undefined],
  ['{name: init, image: "registry/shop-migrations:v1"}', undefined],
  ['{name: db-migration, image: "registry/shop-migrations:v1", args: [status]}', undefined],
])('%s', (container, step) => {
  const told = describeSelfMigrating([modelFromYaml(deployment('shop', container))]).map(({ why }) => why);
  expect(told).toEqual(
    step === undefined
      ? []
      : [
          `makes the pods of Deployment \`shop\` migrate the database themselves: ${step}; the rules only check migrations that run as Jobs`,
        ],
  );
});
