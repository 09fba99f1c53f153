import { once } from '../../../collections/once.ts';
import { getField, getText, type MapNode } from '../../../source/node.ts';
import type { SourceFile } from '../../../source/source-file.ts';
import type { Repository } from '../../repository.ts';
import type { ActionStep, ChangeFilter, CiJob, Command } from '../ci-job.ts';
import { getsOtherFiles } from '../made-files.ts';
import { assignments, outputsOf, unite, type Variables, variablesFrom } from '../variables.ts';
import { findEmptyOutput } from './empty-outputs.ts';
import { textsOf } from './inputs.ts';
import { readMatrix } from './matrix.ts';
import { orderOf } from './needs.ts';
import { runsOnPush } from './runs-on-push.ts';
import { readAction, readRun, stepsOf } from './steps.ts';

/** A workflow as it is started or called. */
export interface Workflow {
  readonly file: SourceFile;
  readonly node: MapNode;
  readonly inputs: Variables;
  readonly onPush: boolean;
  readonly changes: ChangeFilter | undefined;
  /** How many workflows call each other to start it. */
  readonly depth: number;
  readonly calledBy: Caller | undefined;
  /** The outputs of its jobs by the names that other jobs use: `needs.version.outputs.tag`. */
  readonly outputs: Variables;
}

/** The job that calls a workflow. */
export interface Caller {
  /** Its name, after those of the jobs that call its workflow. */
  readonly path: readonly string[];
  /** The workflow at the start of all calls. */
  readonly pipeline: SourceFile;
  readonly order: CiJob['order'];
}

/** Reads one job of a workflow, with the composite actions that it uses inlined. */
export function readJob(name: string, job: MapNode, workflow: Workflow, repository: Repository): CiJob {
  const steps = stepsOf(getField(job, 'steps'), workflow.inputs, repository);
  const folders = [
    getText(job, ['defaults', 'run', 'working-directory']),
    getText(workflow.node, ['defaults', 'run', 'working-directory']),
  ];
  const runs = steps.map((step) => ({ id: getText(step.node, ['id']), commands: readRun(step, folders, repository) }));
  const commands = runs.flatMap((run) => run.commands);
  const actions = steps.flatMap(readAction);
  const outputs = runs.flatMap((run) =>
    [...variablesFrom(outputsOf(run.commands))].map(
      ([name, text]) => [`steps.${run.id}.outputs.${name}`, text] as const,
    ),
  );
  const variables = unite(
    workflow.outputs,
    new Map(outputs),
    textsOf(getField(workflow.node, 'env'), workflow.inputs),
    textsOf(getField(job, 'env'), workflow.inputs),
    variablesFrom([
      ...steps.flatMap(({ node, inputs }) => [...textsOf(getField(node, 'env'), inputs)]),
      ...assignments(commands),
    ]),
  );
  return {
    system: 'github',
    name: [...(workflow.calledBy?.path ?? []), name].join(' / '),
    file: workflow.file,
    pipeline: workflow.calledBy?.pipeline ?? workflow.file,
    commands,
    actions,
    variants: readMatrix(job).map((row) => unite(variables, row)),
    runsOnPush: workflow.onPush && runsOnPush(job),
    changes: workflow.changes,
    order: once(() => orderOf(name, workflow)),
    ownToken: actions.some(hasOwnToken) || commands.some(namesToken),
    getsFiles: actions.some(makesFiles) || getsOtherFiles(commands),
    findEmptyOutput: (output) => findEmptyOutput(output, job, workflow.node),
  };
}

/** Whether a step sets another token than the workflow's `GITHUB_TOKEN`, whose pushes start no workflow. */
function hasOwnToken({ action, inputs }: ActionStep): boolean {
  if (!/^(actions\/checkout|EndBug\/add-and-commit|ad-m\/github-push-action)$/.test(action)) return false;
  const token = inputs.get('token') ?? inputs.get('github_token') ?? inputs.get('ssh-key');
  return token !== undefined && !/GITHUB_TOKEN|github\.token/.test(token.value);
}

/** Whether a command names another token in a URL: `git remote set-url origin https://x:${{secrets.TOKEN}}@…`. */
function namesToken({ words }: Command): boolean {
  return words[0] === 'git' && words.some((word) => /\$\{\{secrets\.(?!GITHUB_TOKEN)\w+\}\}@/.test(word));
}

/** Whether an action may change files. One that only builds, logs in, installs or checks out this repository does not. */
function makesFiles({ action, inputs }: ActionStep): boolean {
  if (action === 'actions/checkout') return inputs.has('repository') || inputs.has('ref') || inputs.has('path');
  return !/^docker\/|setup|login|credentials|set-context|\/auth$|cache|flux|install|^stefanzweifel\/git-auto-commit|^EndBug\/|push-action$/.test(
    action,
  );
}
