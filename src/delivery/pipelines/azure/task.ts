import { getField, getText, type MapNode, mapEntries, type ScalarNode } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import type { Span } from '../../../source/span.ts';
import { parseWithMacros } from './macros.ts';
import { fill, type Written } from './templates.ts';

/** A task with its inputs, whose names Azure compares without regard to case. */
export interface Task {
  /** In lower case and without the version: `docker`. */
  readonly name: string;
  /** The text of an input; empty if it is not given. */
  input(...names: readonly string[]): string;
  /** The parts of an input that is a list, one a line or between commas. */
  list(name: string): string[];
  /** The words of the input `arguments`. */
  arguments(): readonly string[];
  /** The node of an input with a single value. */
  scalar(name: string): ScalarNode | undefined;
  /** Where the first of these inputs is written; the task if none is. */
  placeOf(...names: readonly string[]): Span;
}

/** Reads `task: NAME@VERSION`; undefined for another step. */
export function readTask({ node, scope }: Written<MapNode>): Task | undefined {
  const task = getField(node, 'task');
  if (task?.kind !== 'scalar') return undefined;
  const inputs = new Map(
    mapEntries(getField(node, 'inputs')).map(({ key, value }) => [key.value.toLowerCase(), value]),
  );
  const find = (names: readonly string[]) => names.map((name) => inputs.get(name)).find((each) => each !== undefined);
  const input = (...names: readonly string[]) => fill(getText(find(names)) ?? '', scope).trim();
  return {
    name: task.value.replace(/@.*/, '').toLowerCase(),
    input,
    list: (name) =>
      input(name)
        .split(/[\n,]/)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    arguments: () => parseWithMacros(input('arguments'))[0] ?? [],
    scalar: (name) => {
      const found = inputs.get(name);
      return found?.kind === 'scalar' ? found : undefined;
    },
    placeOf: (...names) => originSpan((find(names) ?? task).origin),
  };
}
