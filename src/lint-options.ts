import type { Applier, FailureThreshold, LoadRestrictor, Preset, RuleLevel } from './config/config.ts';
import type { Dialect } from './kustomize/dialect.ts';
import type { Shard } from './shard/shard.ts';

/** How to lint. All options are optional, and override the settings file. */
export interface LintOptions {
  /** Absolute path of the folder that paths are relative to. Default: the working directory. */
  readonly directory?: string;
  /** A settings file; `false` for none. Default: the nearest `migrate-lint.yaml` upwards from the paths. */
  readonly config?: string | false;
  /** The kustomize version to build like. Default: 5.8. */
  readonly kustomize?: Dialect;
  /** What applies the result. Default: detected from the tree. */
  readonly applier?: Applier;
  /** Whether kustomizations may read files outside their folders. Default: `root-only`, as the kustomize command has it. */
  readonly loadRestrictor?: LoadRestrictor;
  /**
   * The repository: nothing outside this folder is read, whatever a tree or its settings refer to. Without a Git repository,
   * pipelines and Dockerfiles are searched here. Default: the Git repository of each path; for a path outside one, the
   * widest folder around it that is not shared, unlike `/tmp` and `/home/me`.
   */
  readonly repository?: string;
  /** A folder with remote bases and files, in the layout described in docs/trees.md. Default: they are left out. */
  readonly remoteCache?: string;
  /** Render local Helm charts with `helmCommand`. Default: they are left out, and no program is run. */
  readonly enableHelm?: boolean;
  /** The helm to run, as a path or a name on the PATH. Default: `helm`. */
  readonly helmCommand?: string;
  /** The lowest severity that makes the exit code 1. Default: `error`. */
  readonly failOn?: FailureThreshold;
  /** Which rules are on, unless `rules` or the settings file says otherwise; `strict` is all of them. Default: `recommended`. */
  readonly preset?: Preset;
  /** Severities by rule, in addition to those in the settings file. */
  readonly rules?: Readonly<Record<string, RuleLevel>>;
  /** Folders of Flux sources other than the repository itself, by `NAME`, `NAMESPACE/NAME` or `KIND/NAME`. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Values of Flux variables that the tree does not set; null if the value is unknown. */
  readonly variables?: Readonly<Record<string, string | null>>;
  /** Fail on Flux variables that nothing sets, as Flux does since 2.9. Default: they are empty. */
  readonly strictSubstitution?: boolean;
  /**
   * Files that were changed, added or deleted, absolute or relative to `directory`; a folder stands for everything below it.
   * Everything is linted, but only findings that these can affect are reported: those of the roots that read one of them.
   */
  readonly changedFiles?: readonly string[];
  /** How many seconds a run may take; roots not linted by then are reported. Default: 600. */
  readonly timeLimit?: number;
  /** Called for each root that has been built, with the number of built roots, the total, and its path. */
  readonly onProgress?: (done: number, all: number, path: string) => void;
  /** Lint only one of several shares of the roots. Objects in other roots are still taken into account. */
  readonly shard?: Shard;
  /** A baseline, whose findings are not reported; `false` for none. Default: the one in the settings file. */
  readonly baseline?: string | false;
  /** Report all findings, because the baseline will be written; it need not exist. */
  readonly newBaseline?: boolean;
  /** The text that the path `-` stands for, and the file name to report for it. */
  readonly stdin?: { readonly text: string; readonly path?: string };
}
