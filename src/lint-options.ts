import type { Applier, FailureThreshold, LoadRestrictor, Preset, RuleLevel } from './config/config.ts';
import type { Dialect } from './kustomize/dialect.ts';
import type { Shard } from './shard/shard.ts';

/** How to lint. Everything may be left out; what is given wins over the settings file. */
export interface LintOptions {
  /** Absolute path of the folder that relative paths start from. Default: the working directory. */
  readonly directory?: string;
  /** A settings file; `false` for none. Default: `migrate-lint.yaml`, looked for upwards from the paths. */
  readonly config?: string | false;
  /** The kustomize whose behaviour the build follows. Default: 5.8. */
  readonly kustomize?: Dialect;
  /** Who applies the result. Default: read off the tree. */
  readonly applier?: Applier;
  /** Whether kustomizations may read files outside their folders. Default: `root-only`, as the kustomize command has it. */
  readonly loadRestrictor?: LoadRestrictor;
  /**
   * The folder that nothing outside of is read, whatever a tree or its settings name, and that pipelines and Dockerfiles are
   * looked for in where there is no Git repository. Default: the Git repository of each
   * path; for a path in none, the widest folder around it that is not shared with others, as `/tmp` and `/home/me` are.
   */
  readonly repository?: string;
  /** A folder with the remote bases and files of the trees, as docs/trees.md lays it out. Default: they are left out. */
  readonly remoteCache?: string;
  /** Render Helm charts that are on disk, with `helmCommand`. Default: they are left out, and no program is run. */
  readonly enableHelm?: boolean;
  /** The helm to run, by its path or its name on the PATH. Default: `helm`. */
  readonly helmCommand?: string;
  /** The least severity that makes the exit code 1. Default: `error`. */
  readonly failOn?: FailureThreshold;
  /** Which rules are on where neither `rules` nor the settings file says: `strict` means all. Default: `recommended`. */
  readonly preset?: Preset;
  /** Severities by rule, on top of the settings file's. */
  readonly rules?: Readonly<Record<string, RuleLevel>>;
  /** Folders of Flux sources that are not the repository itself: by `NAME`, `NAMESPACE/NAME` or `KIND/NAME`. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Values of Flux variables that the tree does not say; null for one of which only the name is known. */
  readonly variables?: Readonly<Record<string, string | null>>;
  /** Refuse Flux variables that nothing sets, as Flux does from 2.9. Default: they are empty. */
  readonly strictSubstitution?: boolean;
  /**
   * Files that were changed, added or deleted, absolute or relative to `directory`; a folder stands for all below it. All
   * is linted, and only what these can reach is reported: the roots that read one of them.
   */
  readonly changedFiles?: readonly string[];
  /** How many seconds a run may take; the roots that are not built or not judged then are told. Default: 600. */
  readonly timeLimit?: number;
  /** Told of each root that has been built: how many these are now, of how many, and its path. */
  readonly onProgress?: (done: number, all: number, path: string) => void;
  /** Lint one of several shares of the roots only. What the others bring to the cluster is known all the same. */
  readonly shard?: Shard;
  /** A baseline: findings that it names are left out; `false` for none. Default: as the settings file says. */
  readonly baseline?: string | false;
  /** Write no finding off: the baseline is about to be written, and need not be there. */
  readonly newBaseline?: boolean;
  /** The text that the path `-` stands for, and the name to report it under. */
  readonly stdin?: { readonly text: string; readonly path?: string };
}
