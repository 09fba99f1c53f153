import { compareText } from '../compare-text.ts';
import { engineRules, rules } from '../rules/index.ts';
import type { RuleDescription } from './rule-description.ts';

/** All rules, sorted by id. */
export const ruleDescriptions: readonly RuleDescription[] = [...rules, ...engineRules].sort((a, b) =>
  compareText(a.id, b.id),
);
