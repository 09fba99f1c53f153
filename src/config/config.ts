import type { Dialect } from '../kustomize/dialect.ts';
import type { Severity } from '../lint/finding.ts';

/** Who applies the built objects to the cluster. */
export const appliers = ['flux', 'kubectl', 'argocd'] as const;
export type Applier = (typeof appliers)[number];

/** The least severity that fails a run. */
export const failureThresholds = ['error', 'warning', 'info', 'never'] as const;
export type FailureThreshold = (typeof failureThresholds)[number];

/** What a rule's findings count as, by the settings. */
export const ruleLevels = ['error', 'warning', 'info', 'off'] as const;
export type RuleLevel = Severity | 'off';

/** Which rules are on where the settings do not say: those for everybody, or all of them. */
export const presets = ['recommended', 'strict'] as const;
export type Preset = (typeof presets)[number];

/** Whether a kustomization may read files outside its folder: `root-only` as kustomize does, `none` (no restriction) as Flux does. */
export const loadRestrictors = ['root-only', 'none'] as const;
export type LoadRestrictor = (typeof loadRestrictors)[number];

/** kustomize's own names for the same. */
export const kustomizeLoadRestrictors: Readonly<Record<string, LoadRestrictor>> = {
  LoadRestrictionsRootOnly: 'root-only',
  LoadRestrictionsNone: 'none',
};

/** Levels of rules for the findings in some files, over those for all. */
export interface RuleOverride {
  /** Globs of files and folders, relative to the settings file's folder. */
  readonly paths: readonly string[];
  readonly rules: ReadonlyMap<string, RuleLevel>;
}

/** What a settings file says; what it does not say is absent. */
export interface Config {
  readonly preset?: Preset;
  readonly rules: ReadonlyMap<string, RuleLevel>;
  readonly overrides: readonly RuleOverride[];
  readonly applier?: Applier;
  readonly dialect?: Dialect;
  readonly loadRestrictor?: LoadRestrictor;
  /** Absolute path of the folder that remote bases and files are taken from. */
  readonly remoteCache?: string;
  readonly failOn?: FailureThreshold;
  /** Absolute path of a file of findings that are left out. */
  readonly baseline?: string;
  /** Globs of what a walk through folders leaves out, relative to `directory`. */
  readonly ignore: readonly string[];
  /** Names of Jobs that are migrations though nothing else shows it, `*` standing for any text. */
  readonly migrationJobs: readonly string[];
  /** Absolute folders of Flux sources, and values of Flux variables; `undefined` for one that is only known to be set. */
  readonly sources: ReadonlyMap<string, string>;
  readonly variables: ReadonlyMap<string, string | undefined>;
  readonly strictSubstitution?: boolean;
  /** Absolute path of the folder that the settings file stands in. */
  readonly directory: string;
}
