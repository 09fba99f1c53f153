import { posix } from 'node:path';
import { getField, getPath, getText, getTexts, type MapNode, type Node, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { ActionInput, ActionStep, ChangeFilter, CiJob, Command } from '../delivery.ts';
import type { Repository } from '../repository.ts';
import { workflowChanges } from './change-filter.ts';
import { readCommands, resolvePath } from './commands.ts';
import { jobRunsOnPush, pushStarts } from './github-events.ts';
import { readMatrix } from './github-matrix.ts';
import { getsOtherFiles } from './made-files.ts';
import { assignments, expand, isUnknown, outputsOf, unite, type Variables } from './variables.ts';

/** How deep workflows and actions may call others. GitHub's own limits are four and ten. */
const callLimit = 4;

/** The jobs of the workflows under .github, with the repository's workflows and actions that they use inlined. */
export function readGithubJobs(repository: Repository): CiJob[] {
  const folder = posix.join(repository.top, '.github/workflows');
  const names = repository.list(folder).filter((name) => /\.ya?ml$/.test(name));
  return names.flatMap((name) => {
    const root = repository.readMap(posix.join(folder, name));
    if (root === undefined || isOnlyCalled(root.node)) return [];
    return readWorkflow(
      {
        ...root,
        inputs: new Map(),
        onPush: pushStarts(root.node, root.file),
        changes: workflowChanges(root.node),
        depth: 0,
      },
      repository,
    );
  });
}

/** Whether a workflow runs only when another one calls it; it is read from there. */
function isOnlyCalled(workflow: MapNode): boolean {
  const on = getField(workflow, 'on');
  const names = on?.kind === 'map' ? on.entries.map(({ key }) => key.value) : getTexts(on);
  return names.length === 1 && names[0] === 'workflow_call';
}

/** A workflow as it is started or called. */
interface Workflow {
  readonly file: SourceFile;
  readonly node: MapNode;
  readonly inputs: Variables;
  readonly onPush: boolean;
  readonly changes: ChangeFilter | undefined;
  readonly depth: number;
  /** The workflow that calls it, or the one that calls that. */
  readonly caller?: SourceFile;
  readonly callingJob?: string;
  /** The outputs of its jobs by the names that other jobs use: `needs.version.outputs.tag`. */
  readonly outputs?: Variables;
}

function readWorkflow(workflow: Workflow, repository: Repository): CiJob[] {
  const jobs = getField(workflow.node, 'jobs');
  if (jobs?.kind !== 'map') return [];
  const outputs = new Map<string, string>();
  const started = { ...workflow, outputs };
  for (const { key, value } of jobs.entries) {
    if (value.kind !== 'map') continue;
    for (const [name, text] of jobOutputs(key.value, value, started, repository)) outputs.set(name, text);
  }
  return jobs.entries.flatMap(({ key, value }) => {
    if (value.kind !== 'map') return [];
    const called = getText(value, ['uses']);
    return called === undefined
      ? [readJob(key.value, value, started, repository)]
      : readCalled(called, key.value, value, started, repository);
  });
}

/** The outputs of a job that are known before it runs. */
function jobOutputs(name: string, job: MapNode, workflow: Workflow, repository: Repository): Variables {
  const given = textMap(getField(job, 'outputs'), workflow.inputs);
  if (given.size === 0) return given;
  const [variables, ...others] = readJob(name, job, workflow, repository).variants;
  if (variables === undefined || others.length > 0) return new Map();
  const known = [...given].map(
    ([output, text]) => [`needs.${name}.outputs.${output}`, expand(text, variables)] as const,
  );
  return new Map(known.filter(([, text]) => !isUnknown(text)));
}

/** `uses: ./.github/workflows/build.yml` of a job. */
function readCalled(path: string, name: string, job: MapNode, caller: Workflow, repository: Repository): CiJob[] {
  if (!path.startsWith('./') || caller.depth >= callLimit) return [];
  const root = repository.readMap(posix.join(repository.top, path));
  if (root === undefined) return [];
  const inputs = unite(
    defaultsOf(getPath(root.node, ['on', 'workflow_call', 'inputs'])),
    textMap(getField(job, 'with'), unite(caller.inputs, caller.outputs ?? new Map())),
  );
  const onPush = caller.onPush && jobRunsOnPush(job);
  return readMatrix(job).flatMap((row) => {
    if (!repository.mayFollow()) return [];
    const given = new Map([...inputs].map(([name, text]) => [name, fill(text, row)]));
    const depth = caller.depth + 1;
    const calledBy = { caller: caller.caller ?? caller.file, callingJob: nameOfJob(name, caller) };
    return readWorkflow({ ...root, inputs: given, onPush, changes: caller.changes, depth, ...calledBy }, repository);
  });
}

/** The name of a job as GitHub shows it: `migrations / build`. */
function nameOfJob(name: string, { callingJob }: Workflow): string {
  return callingJob === undefined ? name : `${callingJob} / ${name}`;
}

function readJob(name: string, job: MapNode, workflow: Workflow, repository: Repository): CiJob {
  const steps = stepsOf(getField(job, 'steps'), workflow.inputs, repository, 0);
  const folders = [
    getText(job, ['defaults', 'run', 'working-directory']),
    getText(workflow.node, ['defaults', 'run', 'working-directory']),
  ];
  const runs = steps.map((step) => ({ id: getText(step.node, ['id']), commands: readRun(step, folders, repository) }));
  const commands = runs.flatMap((run) => run.commands);
  const actions = steps.flatMap(readAction);
  const outputs = runs.flatMap((run) =>
    [...outputsOf(run.commands)].map(([output, text]) => [`steps.${run.id}.outputs.${output}`, text] as const),
  );
  const variables = unite(
    workflow.outputs ?? new Map(),
    new Map(outputs),
    textMap(getField(workflow.node, 'env'), workflow.inputs),
    textMap(getField(job, 'env'), workflow.inputs),
    assignments([...steps.map(environmentOf), ...commands]),
  );
  return {
    system: 'github',
    name: nameOfJob(name, workflow),
    file: workflow.file,
    pipeline: workflow.caller ?? workflow.file,
    commands,
    actions,
    variants: readMatrix(job).map((row) => unite(variables, row)),
    runsOnPush: workflow.onPush && jobRunsOnPush(job),
    changes: workflow.changes,
    ownToken: actions.some(hasOwnToken) || commands.some(namesToken),
    getsFiles: actions.some(makesFiles) || getsOtherFiles(commands),
  };
}

/** A step, with the inputs of the workflow or action that it is in. */
interface Step {
  readonly node: MapNode;
  readonly inputs: Variables;
}

/** The steps of a list, with the repository's own composite actions inlined. */
function stepsOf(list: Node | undefined, inputs: Variables, repository: Repository, depth: number): Step[] {
  if (list?.kind !== 'sequence') return [];
  return list.items.flatMap((node): Step[] => {
    if (node.kind !== 'map') return [];
    const used = getText(node, ['uses']);
    const isOwn = used?.startsWith('./') === true && depth < callLimit && repository.mayFollow();
    if (!isOwn) return [{ node, inputs }];
    const folder = posix.join(repository.top, used);
    const action =
      repository.readMap(posix.join(folder, 'action.yml')) ?? repository.readMap(posix.join(folder, 'action.yaml'));
    if (action === undefined) return [{ node, inputs }];
    const given = unite(defaultsOf(getField(action.node, 'inputs')), textMap(getField(node, 'with'), inputs));
    return stepsOf(getPath(action.node, ['runs', 'steps']), given, repository, depth + 1);
  });
}

/** Each step has a shell of its own. */
function readRun({ node, inputs }: Step, folders: readonly (string | undefined)[], repository: Repository): Command[] {
  const run = getField(node, 'run');
  if (run?.kind !== 'scalar') return [];
  const folder = [getText(node, ['working-directory']), ...folders].find((each) => each !== undefined) ?? '.';
  const start = resolvePath({ folder: repository.top }, fill(folder, inputs), repository);
  const script: ScalarNode = { ...run, value: fill(run.value, inputs) };
  return readCommands([script], start !== undefined && repository.kindOf(start) ? start : undefined, repository);
}

function readAction({ node, inputs }: Step): ActionStep[] {
  const uses = getField(node, 'uses');
  const given = getField(node, 'with');
  if (uses?.kind !== 'scalar') return [];
  const entries = given?.kind === 'map' ? given.entries : [];
  return [
    {
      action: uses.value.replace(/@.*/, ''),
      id: getText(node, ['id']),
      inputs: new Map(
        entries.flatMap(({ key, value }): [string, ActionInput][] =>
          value.kind === 'scalar'
            ? [[key.value, { value: fill(value.value, inputs), at: originSpan(value.origin) }]]
            : [],
        ),
      ),
      at: originSpan(uses.origin),
    },
  ];
}

/** `env` of a step, as assignments. */
function environmentOf({ node, inputs }: Step): { readonly words: readonly string[] } {
  return { words: [...textMap(getField(node, 'env'), inputs)].map(([name, text]) => `${name}=${text}`) };
}

/** Whether a step sets another token than the workflow's `GITHUB_TOKEN`, whose pushes start no workflow. */
function hasOwnToken({ action, inputs }: ActionStep): boolean {
  if (!/^(actions\/checkout|EndBug\/add-and-commit|ad-m\/github-push-action)$/.test(action)) return false;
  const token = inputs.get('token') ?? inputs.get('github_token') ?? inputs.get('ssh-key');
  return token !== undefined && !/GITHUB_TOKEN|github\.token/.test(token.value);
}

/** `git remote set-url origin https://x:${{secrets.TOKEN}}@…`. */
function namesToken({ words }: Command): boolean {
  return words[0] === 'git' && words.some((word) => /\$\{\{secrets\.(?!GITHUB_TOKEN)\w+\}\}@/.test(word));
}

/** Whether an action may change files. One that only builds, logs in, installs or checks out this repository does not. */
function makesFiles({ action, inputs }: ActionStep): boolean {
  if (action === 'actions/checkout') return inputs.has('repository') || inputs.has('ref') || inputs.has('path');
  return !/^docker\/|setup|login|cache|flux|install|^stefanzweifel\/git-auto-commit|^EndBug\/|push-action$/.test(
    action,
  );
}

/** The entries of a map whose values are texts. */
function textMap(node: Node | undefined, inputs: Variables): Variables {
  if (node?.kind !== 'map') return new Map();
  return new Map(
    node.entries.flatMap(({ key, value }) => {
      const text = getText(value);
      return text === undefined ? [] : [[key.value, fill(text, inputs)] as const];
    }),
  );
}

function defaultsOf(inputs: Node | undefined): Variables {
  if (inputs?.kind !== 'map') return new Map();
  return new Map(
    inputs.entries.flatMap(({ key, value }) => {
      const text = getText(value, ['default']);
      return text === undefined ? [] : [[key.value, text] as const];
    }),
  );
}

/** Fills in the inputs and matrix values of a text. */
function fill(text: string, known: Variables): string {
  return text.replace(/\$\{\{\s*(?:inputs\.)?([\w.-]+)\s*\}\}/g, (whole, name: string) => known.get(name) ?? whole);
}
