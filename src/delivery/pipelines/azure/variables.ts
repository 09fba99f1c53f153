import { once } from '../../../collections/once.ts';
import { getField, getText, type MapNode, type Node } from '../../../source/node.ts';
import type { Command } from '../../delivery.ts';
import type { Repository } from '../../repository.ts';
import { assignments, environmentName, type Variables } from '../variables.ts';
import { fill, itemsOf, type Written } from './templates.ts';

/**
 * `variables:` of a pipeline, stage, job or template, as a map or a list. One with several values, of which a condition
 * chooses one, is unknown.
 * @param outputs what steps of other jobs set
 */
export function readVariables(
  { node, scope }: Written<MapNode>,
  outputs: Variables,
  repository: Repository,
): Variables {
  const block = getField(node, 'variables');
  const pairs = block === undefined ? [] : readBlock({ node: block, scope }, repository);
  return assignments(
    pairs.map(([name, text]) => ({ words: [`${environmentName(name)}=${readRuntime(text, outputs)}`] })),
  );
}

function readBlock(block: Written<Node>, repository: Repository): [string, string][] {
  const { node, scope } = block;
  if (node.kind === 'map') {
    return node.entries.flatMap(({ key, value }) => {
      if (key.value.startsWith('${{')) return readBlock({ node: value, scope }, repository);
      const text = getText(value);
      return text === undefined ? [] : [[key.value, fill(text, scope)] as [string, string]];
    });
  }
  return itemsOf(block, 'variables', repository).flatMap(({ node: item, scope: inner }): [string, string][] => {
    const [name, text] = [getText(item, ['name']), getText(item, ['value'])];
    return name === undefined || text === undefined ? [] : [[name, fill(text, inner)]];
  });
}

/** `$[variables['tag']]` is that variable, `$[dependencies.build.outputs['step.tag']]` an output; others are unknown. */
function readRuntime(text: string, outputs: Variables): string {
  const expression = /^\$\[(.*)\]$/s.exec(text.trim())?.[1]?.trim();
  if (expression === undefined) return text;
  const variable = /^variables(?:\.([\w.]+)|\['([\w.]+)'\])$/.exec(expression);
  if (variable) return `$(${variable[1] ?? variable[2]})`;
  const output = /^(?:stageD|d)ependencies\..*outputs\['(?:[\w-]+\.)?([\w-]+\.[\w-]+)'\]$/.exec(expression)?.[1];
  return (output && outputs.get(environmentName(output))) ?? '$()';
}

const logging = /^##vso\[task\.setvariable variable=([\w.]+)(?![\w.])([^\]]*)\](.*)$/s;

/**
 * The variables that a step's commands set for later steps: `echo "##vso[task.setvariable variable=tag]v1"`. An output
 * is also known by the step's name.
 */
export function settingsOf(commands: readonly Command[], step: string | undefined): Variables {
  const assigned = once(() => assignments(commands));
  const words = commands.flatMap((command) => {
    const [, name, options = '', value] = logging.exec(command.words.slice(1).join(' ')) ?? [];
    if (command.words[0] !== 'echo' || name === undefined || value === undefined) return [];
    // The shell's variables are only known to the step.
    const text = value.replace(/\$\{?[A-Za-z_]\w*\}?/g, (used) => assigned().get(used.replace(/\W/g, '')) ?? used);
    const isOutput = step !== undefined && /isoutput=true/i.test(options);
    return [name, ...(isOutput ? [`${step}.${name}`] : [])].map((each) => `${environmentName(each)}=${text}`);
  });
  return assignments(words.map((word) => ({ words: [word] })));
}
