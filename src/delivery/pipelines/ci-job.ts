import type { Words } from '../../shell/words.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { JobOrder } from './job-order.ts';
import type { Variables } from './variables.ts';

/** A job of GitLab CI, a GitHub workflow or Azure Pipelines, or a whole Jenkinsfile, with what it runs. */
export interface CiJob {
  readonly system: 'gitlab' | 'github' | 'azure' | 'jenkins';
  readonly name: string;
  readonly file: SourceFile;
  /** The file that starts the job's pipeline; others are included in it or called from it. */
  readonly pipeline: SourceFile;
  readonly commands: readonly Command[];
  /** The steps of a workflow that use an action, and others whose effect is not known. */
  readonly actions: readonly ActionStep[];
  /** The values of its variables, as far as the files set them; one for each job of a matrix. */
  readonly variants: readonly Variables[];
  /** Whether any push to a branch runs it, whatever its commit and author. */
  readonly runsOnPush: boolean;
  /** The changes that it runs for; undefined for all changes, and if that is not known. */
  readonly changes: ChangeFilter | undefined;
  /** When it runs in its pipeline; undefined if that is not known, or if somebody may start it by hand. Read on first use. */
  readonly order: () => JobOrder | undefined;
  /** Whether it pushes with a token whose pushes start pipelines; not so for a workflow's own `GITHUB_TOKEN`. */
  readonly ownToken: boolean;
  /** Whether it gets files that are not in the repository: from other jobs, another repository or a download. */
  readonly getsFiles: boolean;
  /** Explains why an output that it uses, `needs.version.outputs.tag`, is always empty; undefined if it may have a value. */
  readonly findEmptyOutput?: (output: string) => EmptyOutput | undefined;
}

/** An output of a step or job that has no value, whatever the steps do. */
export interface EmptyOutput {
  /** Why, as a clause. */
  readonly reason: string;
  readonly hint: string;
}

/** The patterns of changed files, one of which must match for a job to run. */
export interface ChangeFilter {
  readonly patterns: readonly string[];
  /** The first of them. */
  readonly at: Span;
}

/** One simple command of a script. */
export interface Command {
  readonly words: Words;
  /** The script that it is in. */
  readonly at: Span;
  /** Absolute path of the folder that it runs in; undefined if that is not known. */
  readonly folder: string | undefined;
}

/** A step with `uses`. */
export interface ActionStep {
  /** Without the version: `docker/build-push-action`. */
  readonly action: string;
  readonly id: string | undefined;
  readonly inputs: ReadonlyMap<string, ActionInput>;
  /** The step's `uses`. */
  readonly at: Span;
}

/** The value of an input, and where it is written. */
export interface ActionInput {
  readonly value: string;
  readonly at: Span;
}

/** The files in which a job and what it runs are written. */
export function filesOf({ file, commands, actions }: CiJob): SourceFile[] {
  return [file, ...[...commands, ...actions].map(({ at }) => at.file)];
}
