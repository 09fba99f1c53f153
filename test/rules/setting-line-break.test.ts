import { describe, expect, test } from 'vitest';
import { lintRule } from '../support/lint-rule.ts';

/** What the rule advises on a value of a Secret that a migration Job reads. */
async function adviceOn(field: string): Promise<string[]> {
  const lines = await lintRule('setting-line-break', {
    'kustomization.yaml': 'resources: [job.yaml, secret.yaml]\n',
    'job.yaml':
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate}\nspec: {template: {spec: {containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy], envFrom: [{secretRef: {name: database}}]}]}}}\n',
    'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: database}\n${field}\n`,
  });
  return lines.filter((line) => line.startsWith('help: '));
}

describe('setting-line-break', () => {
  test.each([
    ['stringData: {DB_PASSWORD: "abc\\n"}', ['help: Take the line break out of the value.']],
    ['stringData: {DB_PASSWORD: "abc=\\n"}', ['help: Take the line break out of the value.']],
    ['stringData:\n  DB_PASSWORD: >\n    abc', ['help: Write `>-`, or the value on one line.']],
    ['data: {DB_PASSWORD: YWJjCg==}', ['help: Encode the value without it: `printf %s … | base64`.']],
    ['stringData: {DB_PASSWORD: "a>b"}', []],
  ])('%s', async (field, advice) => {
    expect(await adviceOn(field)).toEqual(advice);
  });
});
