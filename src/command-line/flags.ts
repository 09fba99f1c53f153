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

/** The options of linting as the command line gives them. */
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
  /** Undefined: text, and annotations besides where GitHub Actions runs the command. */
  readonly format?: ReportFormat;
  /** `FORMAT=FILE`, each: reports besides the one to standard output. */
  readonly report?: readonly string[];
  /** `NAME=DIR`, each. */
  readonly source?: readonly string[];
  /** `NAME=VALUE` or `NAME`, each. */
  readonly var?: readonly string[];
  readonly strictSubstitution?: boolean;
  readonly output?: string;
  readonly baseline?: string | false;
  /** Write the baseline instead of reading it. */
  readonly writeBaseline?: boolean;
  /** The paths are files that were changed; what is linted is the working directory. */
  readonly changedFiles?: boolean;
  /** Report what the changes since the last commit can reach. */
  readonly changed?: boolean;
  /** Report what the changes since this commit, branch or tag can reach. */
  readonly since?: string;
  readonly color?: boolean;
  readonly verbose?: boolean;
  /** How many seconds a run may take. */
  readonly timeLimit?: number;
  /** Lint one share of the roots. */
  readonly shard?: Shard;
  readonly quiet?: boolean;
  /** How many findings a text report shows at the most. */
  readonly maxFindings?: number;
  /** Mend what can be mended before reporting the rest: what is safe, or all. */
  readonly fix?: FixChoice;
  /** Print what `fix` would change instead. */
  readonly diff?: boolean;
  /** Tell where the time went. */
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

/** The shells that completion is written for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const inspectFormats = ['text', 'json'] as const;
export type InspectFormat = (typeof inspectFormats)[number];

/** The options of `inspect`. */
export interface InspectFlags
  extends Pick<
      LintOptions,
      'kustomize' | 'applier' | 'loadRestrictor' | 'remoteCache' | 'enableHelm' | 'helmCommand' | 'strictSubstitution'
    >,
    Pick<LintFlags, 'source' | 'var'> {
  readonly format: InspectFormat;
}
