import { getField, getText, type MapNode, type ScalarNode } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import type { SourceFile } from '../../../source/source-file.ts';
import type { Repository } from '../../repository.ts';
import type { ActionStep, Command } from '../ci-job.ts';
import { findFolder, readCommands } from '../commands.ts';
import { mapTexts, type Variables } from '../variables.ts';
import { parseWithMacros } from './macros.ts';
import { readTask, type Task } from './task.ts';
import { taskCommands } from './task-commands.ts';
import { fill, type Written } from './templates.ts';
import { settingsOf } from './variables.ts';

/** What a step runs. */
export interface Step {
  readonly commands: readonly Command[];
  /** The variables and outputs that its commands set for later steps. */
  readonly settings: Variables;
  /** The step itself, if what it runs is not known: PowerShell, a file, a task that is not known, a foreign template. */
  readonly unknown: readonly ActionStep[];
  /** The file that it is written in. */
  readonly file: SourceFile;
  readonly environment: Variables;
  readonly conditions: readonly string[];
}

/** Where a job's steps run. */
export interface Agent {
  /** The folder in which they start; undefined if it is not known. */
  readonly folder: string | undefined;
  /** Whether `script` runs in the command line of Windows. */
  readonly isWindows: boolean;
}

/** Reads a step that runs something. */
export function readStep(item: Written<MapNode>, agent: Agent, repository: Repository): Step {
  const { node, scope } = item;
  const task = readTask(item);
  const script = findScript(node, task, agent);
  const { commands, unknown } =
    script === undefined
      ? readOther(item, task, agent)
      : { commands: run(script, item, task, agent, repository), unknown: [] };
  const condition = getText(node, ['condition']);
  return {
    commands,
    settings: settingsOf(commands, getText(node, ['name'])),
    unknown,
    file: scope.file,
    environment: mapTexts(getField(node, 'env'), (value) => fill(getText(value) ?? '', scope)),
    conditions: [...scope.conditions, ...(condition === undefined ? [] : [condition])],
  };
}

/** The script of a step that runs in bash or the like. */
function findScript(node: MapNode, task: Task | undefined, { isWindows }: Agent): ScalarNode | undefined {
  const own = getField(node, 'bash') ?? (isWindows ? undefined : getField(node, 'script'));
  if (own?.kind === 'scalar') return own;
  if (task?.name === 'bash') return task.scalar('script');
  if (task?.name === 'cmdline') return isWindows ? undefined : task.scalar('script');
  if (task?.name !== 'azurecli') return undefined;
  return /^(bash|sh)$/.test(task.input('scripttype') || (isWindows ? 'batch' : 'bash'))
    ? task.scalar('inlinescript')
    : undefined;
}

function run(
  script: ScalarNode,
  { node, scope }: Written<MapNode>,
  task: Task | undefined,
  { folder }: Agent,
  repository: Repository,
): Command[] {
  const written =
    task?.input('workingdirectory', 'cwd') || fill(getText(node, ['workingDirectory']) ?? '', scope) || '.';
  const text: ScalarNode = { ...script, value: fill(script.value, scope) };
  return readCommands([text], findFolder(written, folder, repository), repository, parseWithMacros);
}

/** The commands that stand for a task. */
function readOther(
  { node }: Written<MapNode>,
  task: Task | undefined,
  { folder }: Agent,
): Pick<Step, 'commands' | 'unknown'> {
  const commands = task && taskCommands(task);
  if (commands !== undefined) {
    return {
      commands: commands.map(({ words, at, onlyApplied }) => ({ words, at, folder: onlyApplied ? undefined : folder })),
      unknown: [],
    };
  }
  const at = originSpan((node.entries[0]?.value ?? node).origin);
  return { commands: [], unknown: [{ action: task?.name ?? 'step', id: undefined, inputs: new Map(), at }] };
}
