import { getField, getPath, getText, type Node } from '../../source/node.ts';

/** Follows a path such as `spec.ports[0].name` or `metadata.annotations.[a.b/c]`; undefined if a step is absent. */
export function lookUpPath(node: Node, path: string): Node | undefined {
  let current: Node | undefined = node;
  for (const step of splitPath(path)) {
    if (current === undefined) return undefined;
    if (/^\d+$/.test(step)) current = getPath(current, current.kind === 'sequence' ? [Number(step)] : []);
    else if (step === '-') current = current.kind === 'sequence' ? current.items.at(-1) : undefined;
    else if (/^\[.*\]$/.test(step)) current = findItem(current, step.slice(1, -1));
    else current = current.kind === 'map' ? getField(current, step) : undefined;
  }
  return current;
}

/** Splits a path at dots that are neither escaped nor in brackets; `ports[0]` is two steps, `[a.b]` is `a.b`. */
function splitPath(path: string): string[] {
  const steps = path.match(/\[[^\]]*\]?|(?:\\\.|[^.[])+/g) ?? [];
  return steps
    .map((step) => step.replaceAll('\\.', '.'))
    .map((step) => (/^\[.*\]$/.test(step) && !step.includes('=') ? step.slice(1, -1) : step))
    .filter((step) => step !== '');
}

/** The item of a list that meets a condition such as `name=main`. */
function findItem(list: Node, condition: string): Node | undefined {
  if (list.kind !== 'sequence') return undefined;
  const [name = '', ...value] = condition.split('=');
  return list.items.find((item) => getText(item, [name]) === value.join('='));
}
