import { once, oncePer } from '../../../collections/once.ts';
import { getField, getPath, getText, type MapNode, mapEntries, type Node } from '../../../source/node.ts';
import type { SourceFile } from '../../../source/source-file.ts';
import { baseName } from '../../../text/base-name.ts';
import type { Repository } from '../../repository.ts';
import type { ChangeFilter, CiJob } from '../ci-job.ts';
import { getsOtherFiles } from '../made-files.ts';
import {
  assignments,
  environmentName,
  mapTexts,
  mostVariants,
  unite,
  type Variables,
  variablesFrom,
} from '../variables.ts';
import { nameOf, orderOf } from './dependencies.ts';
import { holdsForPush, runsOnPush } from './runs-on-push.ts';
import { readStep, type Step } from './steps.ts';
import { fill, itemsOf, type Written } from './templates.ts';
import { readVariables } from './variables.ts';

/** A pipeline, and what decides when it runs. */
export interface Pipeline extends Written<MapNode> {
  /** The file itself, if the pipeline is in a template that it extends. */
  readonly root: Written<MapNode>;
  readonly file: SourceFile;
  readonly onPush: boolean;
  readonly changes: ChangeFilter | undefined;
}

/** A job with its steps, and with the parts of the pipeline that it is in, outermost first, itself included. */
interface Draft {
  readonly job: Written<MapNode>;
  readonly parts: readonly Written<MapNode>[];
  readonly steps: readonly Step[];
  readonly checkouts: readonly MapNode[];
  readonly order: CiJob['order'];
}

/** The jobs of a pipeline. One without stages or jobs is itself a stage or job. */
export function readJobs(pipeline: Pipeline, repository: Repository): CiJob[] {
  const stages = partsIn(pipeline, 'stages', repository);
  const drafts = stages.flatMap((stage) => {
    const jobs = partsIn(stage, 'jobs', repository);
    return jobs.map((job) => ({
      ...draftJob(job, [...new Set([pipeline.root, pipeline, stage, job])], repository),
      order: once(() => orderOf({ own: stage, all: stages }, { own: job, all: jobs })),
    }));
  });
  const outputs = variablesFrom(drafts.flatMap(({ steps }) => steps.flatMap(({ settings }) => [...settings])));
  const variablesOf = oncePer((part: Written<MapNode>) => readVariables(part, outputs, repository));
  const number = buildNumber(pipeline.root, drafts);
  return drafts.map((draft) => finishJob(draft, pipeline, (part) => unite(number, variablesOf(part))));
}

/** The stages of a pipeline or the jobs of a stage; itself if it has none. */
function partsIn(part: Written<MapNode>, kind: string, repository: Repository): Written<MapNode>[] {
  const list = getField(part.node, kind);
  return list === undefined ? [part] : itemsOf({ node: list, scope: part.scope }, kind, repository);
}

function draftJob(
  job: Written<MapNode>,
  parts: readonly Written<MapNode>[],
  repository: Repository,
): Omit<Draft, 'order'> {
  const items = stepLists(job).flatMap((list) => itemsOf(list, 'steps', repository));
  const checkouts = items.map(({ node }) => node).filter((node) => getField(node, 'checkout') !== undefined);
  const pool = parts.findLast(({ node }) => getField(node, 'pool') !== undefined);
  const agent = {
    folder: hasOnlyItself(job.node, checkouts) ? repository.top : undefined,
    isWindows: /windows/i.test(fill(getText(pool?.node, ['pool', 'vmImage']) ?? '', job.scope)),
  };
  const steps = items.filter(({ node }) => !isPlainStep(node)).map((item) => readStep(item, agent, repository));
  return { job, parts, steps, checkouts };
}

/** The lists of steps of a job: its own, or those of a deployment's strategy. */
function stepLists({ node, scope }: Written<MapNode>): Written<Node>[] {
  if (getField(node, 'template') !== undefined)
    return [{ node: { kind: 'sequence', items: [node], origin: node.origin }, scope }];
  const phases = ['preDeploy', 'deploy', 'routeTraffic', 'postRouteTraffic'];
  const lists = [
    getField(node, 'steps'),
    ...['runOnce', 'rolling', 'canary'].flatMap((strategy) =>
      phases.map((phase) => getPath(node, ['strategy', strategy, phase, 'steps'])),
    ),
  ];
  return lists.flatMap((list) => (list === undefined ? [] : [{ node: list, scope }]));
}

/** Whether a step is one of those that only fetch or publish files. */
function isPlainStep(node: MapNode): boolean {
  return ['checkout', 'download', 'publish'].some((key) => getField(node, key) !== undefined);
}

/** Whether a job gets this repository, in the folder where its steps start. A deployment does so only when told. */
function hasOnlyItself(job: MapNode, checkouts: readonly MapNode[]): boolean {
  const [own, ...others] = checkouts;
  if (own === undefined) return getField(job, 'deployment') === undefined;
  return others.length === 0 && getText(own, ['checkout']) === 'self' && getField(own, 'path') === undefined;
}

function finishJob(
  { job, parts, steps, checkouts, order }: Draft,
  { file, onPush, changes }: Pipeline,
  variablesOf: (part: Written<MapNode>) => Variables,
): CiJob {
  const commands = steps.flatMap((step) => step.commands);
  const actions = steps.flatMap((step) => step.unknown);
  const pushing = steps.filter((step) => step.commands.some(({ words }) => words[0] === 'git'));
  const conditions = [...job.scope.conditions, ...pushing.flatMap((step) => step.conditions)];
  const variables = unite(
    ...parts.map(variablesOf),
    variablesFrom([
      ...steps.flatMap(({ environment, settings }) => [...environment, ...settings]),
      ...assignments(commands),
    ]),
  );
  return {
    system: 'azure',
    name: parts.flatMap((part) => nameOf(part) ?? []).at(-1) ?? baseName(file.path).replace(/\.ya?ml$/, ''),
    file: job.scope.file,
    pipeline: file,
    commands,
    actions,
    variants: readMatrix(job).map((row) => unite(variables, row)),
    runsOnPush: onPush && parts.every(({ node }) => runsOnPush(node)) && conditions.every(holdsForPush),
    changes,
    order,
    ownToken:
      checkouts.some((checkout) => getText(checkout, ['persistCredentials'])?.toLowerCase() === 'true') ||
      commands.some(({ words }) => words[0] === 'git' && words.some((word) => /extraheader|:\/\/[^/\s]*@/.test(word))),
    getsFiles: !hasOnlyItself(job.node, checkouts) || actions.length > 0 || getsOtherFiles(commands),
  };
}

/** The number of a run, if the pipeline's `name` sets it (`name: $(Build.BuildId)`); unknown if a step changes it. */
function buildNumber({ node, scope }: Written<MapNode>, drafts: readonly Draft[]): Variables {
  const files = new Set([scope.file, ...drafts.flatMap(({ steps }) => steps.map(({ file }) => file))]);
  if ([...files].some(({ text }) => /updatebuildnumber|gitversion/i.test(text)))
    return new Map([['BUILD_BUILDNUMBER', '$()']]);
  const name = fill(getText(node, ['name']) ?? '', scope);
  return isPlainName.test(name) ? new Map([['BUILD_BUILDNUMBER', name]]) : new Map();
}

/** Words and variables; not `$(Date:yyyyMMdd)`, which only the number of a run may hold. */
const isPlainName = /^(?:[\w.-]|\$\([\w.]+\))+$/;

/** The variables of each job of a matrix; one row without any if there is no matrix. */
function readMatrix({ node, scope }: Written<MapNode>): Variables[] {
  const rows = mapEntries(getPath(node, ['strategy', 'matrix'])).slice(0, mostVariants);
  if (rows.length === 0) return [new Map()];
  return rows.map(({ value }) => {
    const row = mapTexts(value, (each) => fill(getText(each) ?? '', scope));
    return new Map([...row].map(([name, text]) => [environmentName(name), text]));
  });
}
