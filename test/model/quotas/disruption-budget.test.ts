import { describe, expect, test } from 'vitest';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** The amounts of the budgets of a tree with this one, with the labels that they select. */
function budgetsIn(spec: string, { kind = 'PodDisruptionBudget', apiVersion = 'policy/v1' } = {}): string[] {
  const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: shop}\nspec: {${spec}}`;
  return modelFromYaml(text)
    .budgets()
    .map(({ amount, selector }) => `${amount.path} ${amount.value} of ${[...selector.keys()]}`);
}

const selector = 'selector: {matchLabels: {app: shop}}';

describe('disruption-budget', () => {
  test.each([
    [`maxUnavailable: 1, ${selector}`, ['spec.maxUnavailable 1 of app']],
    [`maxUnavailable: 10%, ${selector}`, ['spec.maxUnavailable 10% of app']],
    [`minAvailable: 50%, ${selector}`, ['spec.minAvailable 50% of app']],
    [`minAvailable: 1, ${selector}`, []],
    [selector, []],
    ['maxUnavailable: 1, selector: {}', ['spec.maxUnavailable 1 of ']],
    ['maxUnavailable: 1', []],
    ['maxUnavailable: 1, selector: {matchExpressions: [{key: app, operator: Exists}]}', []],
  ])('%s', (spec, expected) => {
    expect(budgetsIn(spec)).toEqual(expected);
  });

  test('is no other kind, and no kind of another API', () => {
    const spec = `maxUnavailable: 1, ${selector}`;
    expect(budgetsIn(spec, { kind: 'Budget' })).toEqual([]);
    expect(budgetsIn(spec, { apiVersion: 'example.com/v1' })).toEqual([]);
    expect(budgetsIn(spec, { apiVersion: 'policy/v1beta1' })).toHaveLength(1);
  });
});
