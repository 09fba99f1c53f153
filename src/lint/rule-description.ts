import type { Severity } from './finding.ts';
import type { Category, RuleDocs } from './rule.ts';

/** What is told of a rule: of those that check releases, and of those that the linter reports itself. */
export interface RuleDescription {
  readonly id: string;
  readonly severity: Severity;
  readonly category: Category;
  /** Off unless the preset `strict`, or the settings by the rule's id, turn it on. */
  readonly strict?: true;
  readonly docs: RuleDocs;
}
