import type { Severity } from '../findings/finding.ts';
import type { Category, RuleDocs } from './rule.ts';

/** The description of a rule, whether it checks releases or is reported by the linter itself. */
export interface RuleDescription {
  readonly id: string;
  readonly severity: Severity;
  readonly category: Category;
  /** Off, unless the `strict` preset or the settings turn it on. */
  readonly strict?: true;
  readonly docs: RuleDocs;
}
