import { getPath, getText, listItems, type MapNode, type Node } from '../../../source/node.ts';
import { mostVariants, type Variables } from '../variables.ts';

/** The values of `matrix.…` for each job of `strategy.matrix`; one row without values if there is no matrix. */
export function readMatrix(job: MapNode): Variables[] {
  const matrix = getPath(job, ['strategy', 'matrix']);
  if (matrix?.kind !== 'map') return [new Map()];
  let rows: Variables[] = [new Map()];
  const axes = new Set<string>();
  for (const { key, value } of matrix.entries) {
    if (key.value === 'include' || key.value === 'exclude' || value.kind !== 'sequence') continue;
    axes.add(`matrix.${key.value}`);
    const cells = value.items.map((item) => cellsOf(`matrix.${key.value}`, item));
    rows = rows.flatMap((row) => cells.map((cell) => new Map([...row, ...cell]))).slice(0, mostVariants);
  }
  return include(axes.size === 0 ? [] : rows, getPath(matrix, ['include']), axes);
}

/** Adds an entry of `include` to the rows whose own values it does not change; if there are none, it becomes a row. */
function include(rows: readonly Variables[], entries: Node | undefined, axes: ReadonlySet<string>): Variables[] {
  const own = rows.map((row) => new Map(row));
  const added: Variables[] = [];
  for (const entry of listItems(entries)) {
    const cells = cellsOf('matrix', entry);
    const fitting = own.filter((row) => cells.every(([name, text]) => !axes.has(name) || row.get(name) === text));
    for (const row of fitting) for (const [name, text] of cells) row.set(name, text);
    if (fitting.length === 0) added.push(new Map(cells));
  }
  const all = [...own, ...added];
  return all.length === 0 ? [new Map()] : all;
}

/** A value by its name, or each value of a map: `matrix.image.name`. */
function cellsOf(name: string, node: Node): [string, string][] {
  if (node.kind === 'map') return node.entries.flatMap(({ key, value }) => cellsOf(`${name}.${key.value}`, value));
  const text = getText(node);
  return text === undefined ? [] : [[name, text]];
}
