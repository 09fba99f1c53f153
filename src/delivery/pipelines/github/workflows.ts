import { posix } from 'node:path';
import { once } from '../../../collections/once.ts';
import { getField, getPath, getText, getTexts, type MapNode, mapEntries } from '../../../source/node.ts';
import type { Repository } from '../../repository.ts';
import { workflowChanges } from '../change-filter.ts';
import type { CiJob } from '../ci-job.ts';
import { expand, isUnknown, unite, type Variables } from '../variables.ts';
import { defaultsOf, fill, textsOf } from './inputs.ts';
import { readJob, type Workflow } from './jobs.ts';
import { readMatrix } from './matrix.ts';
import { orderOf } from './needs.ts';
import { pushStarts, runsOnPush } from './runs-on-push.ts';
import { callLimit } from './steps.ts';

/** The jobs of the workflows under .github, with the repository's workflows and actions that they use inlined. */
export function readGithubJobs(repository: Repository): CiJob[] {
  const folder = posix.join(repository.top, '.github/workflows');
  const names = repository.list(folder).filter((name) => /\.ya?ml$/.test(name));
  return names.flatMap((name) => {
    const root = repository.readPipeline(posix.join(folder, name));
    if (root === undefined || isOnlyCalled(root.node)) return [];
    return readWorkflow(
      {
        ...root,
        inputs: new Map(),
        onPush: pushStarts(root.node, root.file),
        changes: workflowChanges(root.node),
        depth: 0,
        calledBy: undefined,
        outputs: new Map(),
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

function readWorkflow(workflow: Workflow, repository: Repository): CiJob[] {
  const jobs = mapEntries(getField(workflow.node, 'jobs')).flatMap(({ key, value }) =>
    value.kind === 'map' ? [{ name: key.value, job: value }] : [],
  );
  const outputs = new Map<string, string>();
  const started = { ...workflow, outputs };
  for (const { name, job } of jobs) {
    for (const [output, text] of jobOutputs(name, job, started, repository)) outputs.set(output, text);
  }
  return jobs.flatMap(({ name, job }) => {
    const called = getText(job, ['uses']);
    return called === undefined
      ? [readJob(name, job, started, repository)]
      : readCalled(called, name, job, started, repository);
  });
}

/** The outputs of a job that are known before it runs. */
function jobOutputs(name: string, job: MapNode, workflow: Workflow, repository: Repository): Variables {
  const given = textsOf(getField(job, 'outputs'), workflow.inputs);
  if (given.size === 0) return given;
  const [variables, ...others] = readJob(name, job, workflow, repository).variants;
  if (variables === undefined || others.length > 0) return new Map();
  const known = [...given].map(
    ([output, text]) => [`needs.${name}.outputs.${output}`, expand(text, variables)] as const,
  );
  return new Map(known.filter(([, text]) => !isUnknown(text)));
}

/** The jobs of the workflow that a job calls: `uses: ./.github/workflows/build.yml`. */
function readCalled(path: string, name: string, job: MapNode, caller: Workflow, repository: Repository): CiJob[] {
  if (!path.startsWith('./') || caller.depth >= callLimit) return [];
  const root = repository.readPipeline(posix.join(repository.top, path));
  if (root === undefined) return [];
  const inputs = unite(
    defaultsOf(getPath(root.node, ['on', 'workflow_call', 'inputs'])),
    textsOf(getField(job, 'with'), unite(caller.inputs, caller.outputs)),
  );
  const onPush = caller.onPush && runsOnPush(job);
  return readMatrix(job).flatMap((row) => {
    if (!repository.mayFollow()) return [];
    const given = new Map([...inputs].map(([name, text]) => [name, fill(text, row)]));
    const calledBy = {
      path: [...(caller.calledBy?.path ?? []), name],
      pipeline: caller.calledBy?.pipeline ?? caller.file,
      order: once(() => orderOf(name, caller)),
    };
    const called = { ...root, inputs: given, onPush, changes: caller.changes, depth: caller.depth + 1, calledBy };
    return readWorkflow({ ...called, outputs: new Map() }, repository);
  });
}
