import type { Finding, Severity } from '../findings/finding.ts';
import type { Fix } from '../findings/fix.ts';
import type { RootModel } from '../model/root-model.ts';

/** What a rule is about, in the order in which the documentation lists them. */
export const categories = ['job', 'wait', 'service', 'tree', 'flux', 'delivery', 'engine'] as const;
export type Category = (typeof categories)[number];

/** One check over the built result of a root. A rule reads the model only: no files, no YAML, no URLs. */
export interface Rule {
  /** `<subject>-<property>`; equal to the file name, the fixture folder, the docs page and the key in the config schema. */
  readonly id: string;
  /** The default severity of its findings. */
  readonly severity: Severity;
  readonly category: Category;
  /** Off, unless the `strict` preset or the settings turn it on. */
  readonly strict?: true;
  readonly docs: RuleDocs;
  check(model: RootModel, report: Report): void;
}

/** Reports one finding of the rule. */
export type Report = (finding: ReportedFinding) => void;

/** A finding as a rule reports it; the linter adds the rule's id, the severity from the settings and the roots. */
export type ReportedFinding = Omit<Finding, 'rule' | 'severity' | 'roots' | 'field' | 'fix'> & {
  /** Only if it differs from the rule's default. */
  readonly severity?: Severity | undefined;
  readonly field?: string | undefined;
  readonly fix?: Fix | undefined;
};

/** The texts for a rule's docs page, its SARIF help and `explain`: Markdown without headings. */
export interface RuleDocs {
  /** One line without a full stop: what is wrong. */
  readonly summary: string;
  /** What the operator sees in the cluster. */
  readonly symptom: string;
  /** How it comes about, and why it is a problem. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /** What `--fix` or `--fix=all` does, for rules with fixes. */
  readonly fixing?: Fixing;
  /** Where the behaviour is documented. */
  readonly links: readonly string[];
  /** The version of migrate-lint that introduced the rule. */
  readonly since: string;
}

/** The documentation of a rule's fixes. */
export interface Fixing {
  /** `yes`: `--fix` applies them. `no`: only `--fix=all` does. `depends`: some are safe. */
  readonly safe: 'yes' | 'no' | 'depends';
  /** What they write, and why that is safe or not; Markdown, whole sentences. */
  readonly how: string;
}
