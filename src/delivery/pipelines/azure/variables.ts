import { once } from '../../../collections/once.ts';
import { getField, getText, type MapNode, type Node } from '../../../source/node.ts';
import type { Repository } from '../../repository.ts';
import type { Command } from '../ci-job.ts';
import { assignments, environmentName, type Setting, type Variables, variablesFrom } from '../variables.ts';
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
  const settings = block === undefined ? [] : readBlock({ node: block, scope }, repository);
  return variablesFrom(settings.map(([name, text]) => [environmentName(name), readRuntime(text, outputs)]));
}

function readBlock(block: Written<Node>, repository: Repository): Setting[] {
  const { node, scope } = block;
  if (node.kind === 'map') {
    return node.entries.flatMap(({ key, value }): Setting[] => {
      if (key.value.startsWith('${{')) return readBlock({ node: value, scope }, repository);
      const text = getText(value);
      return text === undefined ? [] : [[key.value, fill(text, scope)]];
    });
  }
  return itemsOf(block, 'variables', repository).flatMap(({ node: item, scope: inner }): Setting[] => {
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
  const assigned = once(() => variablesFrom(assignments(commands)));
  const settings = commands.flatMap(({ words: [program, ...rest] }): Setting[] => {
    const [, name, options = '', value] = logging.exec(rest.join(' ')) ?? [];
    if (program !== 'echo' || name === undefined || value === undefined) return [];
    // The shell's variables are only known to the step.
    const text = value.replace(/\$\{?[A-Za-z_]\w*\}?/g, (used) => assigned().get(used.replace(/\W/g, '')) ?? used);
    const isOutput = step !== undefined && /isoutput=true/i.test(options);
    return [name, ...(isOutput ? [`${step}.${name}`] : [])].map((each) => [environmentName(each), text]);
  });
  return variablesFrom(settings);
}
