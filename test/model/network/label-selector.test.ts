import { describe, expect, test } from 'vitest';
import { readLabelSelector } from '../../../src/model/network/label-selector.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** Whether a selector takes pods with some labels. */
function takes(expression: string, ...labels: readonly (readonly [string, string])[]): boolean {
  const { standardObjects } = modelFromYaml(
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {selector: {matchExpressions: [{key: app, ${expression}}]}}\n`,
  );
  return readLabelSelector(firstOf(standardObjects()).view.get('spec', 'selector')).matches(new Map(labels));
}

describe('label-selector', () => {
  test.each([
    ['operator: In, values: [web, api]', true, false, false],
    ['operator: NotIn, values: [web, api]', false, true, true],
    ['operator: Exists', true, true, false],
    ['operator: DoesNotExist', false, false, true],
    ['operator: Like, values: [web]', true, true, true],
  ])('%s', (expression, ofWeb, ofShop, ofNone) => {
    expect([takes(expression, ['app', 'web']), takes(expression, ['app', 'shop']), takes(expression)]).toEqual([
      ofWeb,
      ofShop,
      ofNone,
    ]);
  });
});
