import { engineRules, rules } from '../rules/index.ts';
import { compareText } from '../text/compare-text.ts';
import type { RuleDescription } from './rule-description.ts';

/** All rules, sorted by id. */
export const ruleDescriptions: readonly RuleDescription[] = [...rules, ...engineRules].sort((a, b) =>
  compareText(a.id, b.id),
);
