import type { LoadRestrictor } from '../config/config.ts';
import type { Dialect } from '../kustomize/dialect.ts';
import type { LintOptions } from '../lint-options.ts';
import type { Shard } from '../shard/shard.ts';

export const reportFormats = [
  'text',
  'json',
  'sarif',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
  'rdjson',
  'azure',
  'teamcity',
  'markdown',
] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const fixChoices = ['safe', 'all'] as const;
export type FixChoice = (typeof fixChoices)[number];

/** The command-line options for linting. */
export interface LintFlags
  extends Pick<
    LintOptions,
    | 'config'
    | 'kustomize'
    | 'applier'
    | 'loadRestrictor'
    | 'repository'
    | 'failOn'
    | 'preset'
    | 'remoteCache'
    | 'enableHelm'
    | 'helmCommand'
  > {
  /** Undefined: text and, in GitHub Actions, annotations. */
  readonly format?: ReportFormat;
  /** Additional reports, each as `FORMAT=FILE`. */
  readonly report?: readonly string[];
  /** Each as `NAME=DIR`. */
  readonly source?: readonly string[];
  /** Each as `NAME=VALUE` or `NAME`. */
  readonly var?: readonly string[];
  readonly strictSubstitution?: boolean;
  readonly output?: string;
  readonly baseline?: string | false;
  /** Write the baseline instead of reading it. */
  readonly writeBaseline?: boolean;
  /** The paths are changed files; lint the working directory. */
  readonly changedFiles?: boolean;
  /** Report only what uncommitted changes can affect. */
  readonly changed?: boolean;
  /** Report only what changes since this commit, branch or tag can affect. */
  readonly since?: string;
  readonly color?: boolean;
  readonly verbose?: boolean;
  /** In seconds. */
  readonly timeLimit?: number;
  /** Lint one share of the roots. */
  readonly shard?: Shard;
  readonly quiet?: boolean;
  /** The maximal number of findings in a text report. */
  readonly maxFindings?: number;
  /** Apply safe fixes, or all fixes, before reporting the rest. */
  readonly fix?: FixChoice;
  /** Print what fixes would change, and change nothing. */
  readonly diff?: boolean;
  /** Print where the time went. */
  readonly timing?: boolean;
  /** Lint again whenever a file changes. */
  readonly watch?: boolean;
  /** Write a settings file instead of linting. */
  readonly init?: boolean;
  /** Print the settings instead of linting. */
  readonly printConfig?: boolean;
  readonly stdinFilename?: string;
}

/** The options of `build`. */
export interface BuildFlags extends Pick<LintOptions, 'remoteCache' | 'enableHelm' | 'helmCommand'> {
  readonly kustomize?: Dialect;
  readonly loadRestrictor?: LoadRestrictor;
  readonly origins?: boolean;
  /** The Flux Kustomization to build instead: `NAME` or `NAMESPACE/NAME`. */
  readonly flux?: string;
  readonly source?: readonly string[];
  readonly var?: readonly string[];
  readonly strictSubstitution?: boolean;
  readonly color?: boolean;
}

export const ruleFormats = ['text', 'json', 'markdown'] as const;
export type RuleFormat = (typeof ruleFormats)[number];

/** The shells with completion. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const inspectFormats = ['text', 'json'] as const;
export type InspectFormat = (typeof inspectFormats)[number];

/** The options of `inspect`. */
export interface InspectFlags
  extends Pick<
      LintOptions,
      | 'kustomize'
      | 'applier'
      | 'loadRestrictor'
      | 'repository'
      | 'remoteCache'
      | 'enableHelm'
      | 'helmCommand'
      | 'strictSubstitution'
    >,
    Pick<LintFlags, 'source' | 'var'> {
  readonly format: InspectFormat;
}
