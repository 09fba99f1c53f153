import type { RootModel } from '../model/root-model.ts';
import type { Finding, Severity } from './finding.ts';
import type { Fix } from './fix.ts';

/** What a rule is about, in the order in which the documentation lists them. */
export const categories = ['job', 'wait', 'service', 'tree', 'flux', 'delivery', 'engine'] as const;
export type Category = (typeof categories)[number];

/** One check over the built result of a root. A rule reads the model only: no files, no YAML, no URLs. */
export interface Rule {
  /** `<subject>-<property>`; equal to the file name, the fixture folder, the docs page and the key in the config schema. */
  readonly id: string;
  /** What a finding of this rule counts as where neither the finding nor the config says otherwise. */
  readonly severity: Severity;
  readonly category: Category;
  /** Off unless the preset `strict`, or the settings by the rule's id, turn it on. */
  readonly strict?: true;
  readonly docs: RuleDocs;
  check(model: RootModel, report: Report): void;
}

/** Takes one finding of the rule that is running. */
export type Report = (finding: ReportedFinding) => void;

/** A finding as a rule tells it; the linter adds the rule's id, the severity from the config and the roots. */
export type ReportedFinding = Omit<Finding, 'rule' | 'severity' | 'roots' | 'field' | 'fix'> & {
  /** Only where it differs from the rule's own. */
  readonly severity?: Severity | undefined;
  readonly field?: string | undefined;
  readonly fix?: Fix | undefined;
};

/** What a rule's docs page, its SARIF help and `explain` are made from. Each is Markdown without headings. */
export interface RuleDocs {
  /** One line without a full stop: what is wrong. */
  readonly summary: string;
  /** What the operator sees in the cluster. */
  readonly symptom: string;
  /** How it comes about and why it is a fault. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /** What `--fix` or `--fix=all` does, for rules whose findings can be mended by it. */
  readonly fixing?: Fixing;
  /** Where the behaviour is documented. */
  readonly links: readonly string[];
  /** The version of migrate-lint that brought the rule. */
  readonly since: string;
}

/** What is told of a rule's fixes. */
export interface Fixing {
  /** Whether they are made by `--fix` or only by `--fix=all`; `depends` where some are safe. */
  readonly safe: 'yes' | 'no' | 'depends';
  /** What is written, and why it is safe or is not; Markdown, whole sentences. */
  readonly how: string;
}
