import { posix } from 'node:path';
import {
  getField,
  getPath,
  getText,
  type MapNode,
  mapEntries,
  type Node,
  type ScalarNode,
} from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import type { Repository } from '../../repository.ts';
import type { ActionInput, ActionStep, Command } from '../ci-job.ts';
import { findFolder, readCommands } from '../commands.ts';
import { unite, type Variables } from '../variables.ts';
import { defaultsOf, fill, textsOf } from './inputs.ts';

/** How deep workflows and actions may call others. GitHub's own limits are four and ten. */
export const callLimit = 4;

/** A step, with the inputs of the workflow or action that it is in. */
export interface Step {
  readonly node: MapNode;
  readonly inputs: Variables;
}

/**
 * The steps of a list, with the repository's own composite actions inlined.
 * @param depth how many actions contain the list
 */
export function stepsOf(list: Node | undefined, inputs: Variables, repository: Repository, depth = 0): Step[] {
  if (list?.kind !== 'sequence') return [];
  return list.items.flatMap((node): Step[] => {
    if (node.kind !== 'map') return [];
    const used = getText(node, ['uses']);
    const isOwn = used?.startsWith('./') === true && depth < callLimit && repository.mayFollow();
    if (!isOwn) return [{ node, inputs }];
    const folder = posix.join(repository.top, used);
    const action =
      repository.readPipeline(posix.join(folder, 'action.yml')) ??
      repository.readPipeline(posix.join(folder, 'action.yaml'));
    if (action === undefined) return [{ node, inputs }];
    const given = unite(defaultsOf(getField(action.node, 'inputs')), textsOf(getField(node, 'with'), inputs));
    return stepsOf(getPath(action.node, ['runs', 'steps']), given, repository, depth + 1);
  });
}

/**
 * The commands that a step runs, in a shell of its own.
 * @param folders the working directories that apply if the step names none, strongest first
 */
export function readRun(
  { node, inputs }: Step,
  folders: readonly (string | undefined)[],
  repository: Repository,
): Command[] {
  const run = getField(node, 'run');
  if (run?.kind !== 'scalar') return [];
  const folder = [getText(node, ['working-directory']), ...folders].find((each) => each !== undefined) ?? '.';
  const script: ScalarNode = { ...run, value: fill(run.value, inputs) };
  return readCommands([script], findFolder(fill(folder, inputs), repository.top, repository), repository);
}

/** The action that a step uses, if any. */
export function readAction({ node, inputs }: Step): ActionStep[] {
  const uses = getField(node, 'uses');
  if (uses?.kind !== 'scalar') return [];
  return [
    {
      action: uses.value.replace(/@.*/, ''),
      id: getText(node, ['id']),
      inputs: new Map(
        mapEntries(getField(node, 'with')).flatMap(({ key, value }): [string, ActionInput][] =>
          value.kind === 'scalar'
            ? [[key.value, { value: fill(value.value, inputs), at: originSpan(value.origin) }]]
            : [],
        ),
      ),
      at: originSpan(uses.origin),
    },
  ];
}
