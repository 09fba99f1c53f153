import type { Severity } from './finding.ts';
import type { RuleDocs } from './rule.ts';

/** What is told of a rule: of those that check releases, and of those that the linter reports itself. */
export interface RuleDescription {
  readonly id: string;
  readonly severity: Severity;
  readonly docs: RuleDocs;
}
