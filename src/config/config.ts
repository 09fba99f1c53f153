import type { Severity } from '../findings/finding.ts';
import type { Dialect } from '../kustomize/dialect.ts';

/** Who applies the built objects to the cluster. */
export const appliers = ['flux', 'kubectl', 'argocd'] as const;
export type Applier = (typeof appliers)[number];

/** The lowest severity that fails a run. */
export const failureThresholds = ['error', 'warning', 'info', 'never'] as const;
export type FailureThreshold = (typeof failureThresholds)[number];

/** The severity that the settings give to a rule's findings. */
export const ruleLevels = ['error', 'warning', 'info', 'off'] as const;
export type RuleLevel = Severity | 'off';

/** Which rules are on by default: the recommended ones, or all of them. */
export const presets = ['recommended', 'strict'] as const;
export type Preset = (typeof presets)[number];

/** Whether a kustomization may read files outside its folder: `root-only` as kustomize does, `none` (no restriction) as Flux does. */
export const loadRestrictors = ['root-only', 'none'] as const;
export type LoadRestrictor = (typeof loadRestrictors)[number];

/** kustomize's own names for the load restrictors. */
export const kustomizeLoadRestrictors: Readonly<Record<string, LoadRestrictor>> = {
  LoadRestrictionsRootOnly: 'root-only',
  LoadRestrictionsNone: 'none',
};

/** Rule levels for the findings in certain files; they override the general ones. */
export interface RuleOverride {
  /** Globs of files and folders, relative to the settings file's folder. */
  readonly paths: readonly string[];
  readonly rules: ReadonlyMap<string, RuleLevel>;
}

/** The contents of a settings file. Settings that it does not have are absent. */
export interface Config {
  readonly preset?: Preset;
  readonly rules: ReadonlyMap<string, RuleLevel>;
  readonly overrides: readonly RuleOverride[];
  readonly applier?: Applier;
  readonly dialect?: Dialect;
  readonly loadRestrictor?: LoadRestrictor;
  /** Absolute path of the folder to read remote bases and files from. */
  readonly remoteCache?: string;
  readonly failOn?: FailureThreshold;
  /** Absolute path of the baseline, a file of findings not to report. */
  readonly baseline?: string;
  /** Globs of files and folders to skip when folders are searched, relative to `directory`. */
  readonly ignore: readonly string[];
  /** Names of Jobs that are migrations although nothing else identifies them; `*` matches any text. */
  readonly migrationJobs: readonly string[];
  /** Absolute folders of Flux sources, by name. */
  readonly sources: ReadonlyMap<string, string>;
  /** Values of Flux variables; `undefined` if a variable is only known to be set. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  readonly strictSubstitution?: boolean;
  /** Absolute path of the settings file's folder. */
  readonly directory: string;
}
