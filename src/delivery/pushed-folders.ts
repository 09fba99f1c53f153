import { posix } from 'node:path';
import type { FindPushedFolders } from '../flux/sources/source-location.ts';
import type { Delivery } from './delivery.ts';

/** Finds what the pipelines of a repository push with `flux push artifact` or `oras push`. */
export function pushedFolderFinder(deliveryOf: (folder: string) => Delivery | undefined): FindPushedFolders {
  return (url, file) => {
    const pushes = deliveryOf(posix.dirname(file))?.pushes ?? [];
    const here = pushes.filter(({ exists, target }) => exists && mayMean(target, url.replace(/^oci:\/\//, '')));
    return [...new Set(here.map(({ folder }) => folder))];
  };
}

/** What a pipeline fills in: `${{ github.repository }}`, `${NAME}`, `$(git rev-parse HEAD)`, `$NAME`. */
const filledIn = /\$\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)|\$\w+/;

/** Whether a pushed target is a repository for some values of its variables. One that is nothing but a variable says nothing. */
function mayMean(target: string, repository: string): boolean {
  const pieces = target.toLowerCase().split(filledIn);
  const [first = '', ...others] = pieces;
  const last = others.at(-1);
  const name = repository.toLowerCase();
  if (last === undefined) return first === name;
  if (pieces.every((piece) => !/\w/.test(piece)) || !name.startsWith(first) || !name.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = name.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from + last.length <= name.length;
}
