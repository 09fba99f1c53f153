import { describe, expect, test } from 'vitest';
import { describeFindings } from '../support/describe-findings.ts';
import { lintFiles } from '../support/lint-files.ts';

const job =
  'apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate}\nspec: {template: {spec: {containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy], env: [{name: DB_HOST, value: postgres}]}]}}}';

/** What the rule says of these objects beside a migration Job. */
async function judge(...objects: readonly string[]): Promise<string[]> {
  const { findings } = await lintFiles({
    'kustomization.yaml': 'resources: [all.yaml]\n',
    'all.yaml': [job, ...objects].join('\n---\n'),
  });
  return describeFindings(findings.filter(({ rule }) => rule === 'network-policy'));
}

function policy(name: string, spec: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}}\nspec: {${spec}}`;
}

describe('network-policy', () => {
  test('one policy that selects by a label of the workload alone', async () => {
    const web =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {part: web}}\nspec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:v1"}]}}}';
    expect(await judge(web, policy('deny', 'podSelector: {matchLabels: {part: web}}'))).toEqual([
      'network-policy: NetworkPolicy `deny` selects pods by `part`, a label that Deployment `web` has and its pods do not: no pod of this build is selected, so nothing is restricted or allowed by it.',
      'at "podSelector" of all.yaml',
      'Deployment `web` has it here: "web" of all.yaml',
      'help: Give the pod templates the label `part`.',
    ]);
  });

  test('pods without labels that a policy of the database leaves out', async () => {
    const database =
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: postgres}\nspec: {selector: {matchLabels: {app: postgres}}, template: {metadata: {labels: {app: postgres}}, spec: {containers: [{name: postgres, image: "postgres:17"}]}}}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: postgres}\nspec: {selector: {app: postgres}, ports: [{port: 5432}]}';
    const service =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {selector: {matchLabels: {app: shop}}, template: {metadata: {labels: {app: shop}}, spec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, migrate]}], containers: [{name: shop, image: "shop:v1", env: [{name: DB_HOST, value: postgres}]}]}}}';
    const admits = policy(
      'postgres',
      'podSelector: {matchLabels: {app: postgres}}, ingress: [{from: [{podSelector: {matchLabels: {app: shop}}}]}]',
    );
    expect(await judge(database, service, admits)).toEqual([
      'network-policy: NetworkPolicy `postgres` lets the pods of Deployment `shop` reach Service `postgres`, and no policy admits those of Job `migrate`: the migration cannot connect.',
      'at "from" of all.yaml',
      'Job `migrate` has pods without labels of their own: "migrate" of all.yaml',
      'help: Add the pods of Job `migrate` to `from`.',
    ]);
  });
});
