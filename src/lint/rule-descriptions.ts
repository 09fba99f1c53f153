import { engineRules, rules } from '../rules/index.ts';
import { compare } from './merge-findings.ts';
import type { RuleDescription } from './rule-description.ts';

/** Every rule that a finding can name, sorted by id. */
export const ruleDescriptions: readonly RuleDescription[] = [...rules, ...engineRules].sort((a, b) =>
  compare(a.id, b.id),
);
