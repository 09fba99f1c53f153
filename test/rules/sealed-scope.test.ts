import { describe, expect, test } from 'vitest';
import { lintRule } from '../support/lint-rule.ts';

/** What the rule says of a SealedSecret that so many overlays build in a namespace of their own. */
async function judge(overlays: number, job = true): Promise<string | undefined> {
  const base = ['secret.yaml', ...(job ? ['job.yaml'] : [])];
  const files = {
    'base/kustomization.yaml': `resources: [${base}]\n`,
    'base/secret.yaml':
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: database}\nspec: {encryptedData: {password: AgB}, template: {metadata: {name: database}}}\n',
    'base/job.yaml':
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration-v1}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy], envFrom: [{secretRef: {name: database}}]}]}}}\n',
    ...Object.fromEntries(
      Array.from({ length: overlays }, (_, i) => [
        `overlays/${i}/kustomization.yaml`,
        `namespace: shop-${i}\nresources: [../../base]\n`,
      ]),
    ),
  };
  const [message] = await lintRule('sealed-scope', files);
  return message && /is built as (.*), and is sealed/.exec(message)?.[1];
}

describe('sealed-scope', () => {
  test.each([
    [1, undefined],
    [2, '`shop-0/database` and `shop-1/database`'],
    [4, '`shop-0/database`, `shop-1/database`, `shop-2/database` and `shop-3/database`'],
    [5, '`shop-0/database`, `shop-1/database`, `shop-2/database` and 2 others'],
  ])('of %i overlays', async (overlays, expected) => {
    expect(await judge(overlays)).toBe(expected);
  });

  test('not where nothing migrates', async () => {
    expect(await judge(2, false)).toBeUndefined();
  });
});
