import { posix } from 'node:path';
import type { Change } from '../findings/fix.ts';
import type { Span } from '../source/span.ts';
import { CannotFix } from './cannot-fix.ts';
import type { Edit, NewFile } from './edit.ts';
import { findScalar } from './find-value.ts';
import { columnOf, endOf, endOfLine, isBlock, layoutOf, plainLayout, startOf } from './layout.ts';
import { isMap, printEntries, printFlow, printItems } from './print-value.ts';

/** Writes objects to a new file next to another one, and lists it after that one. */
export function createFile(
  change: Extract<Change, { kind: 'create' }>,
  exists: (path: string) => boolean,
): { file: NewFile; edits: Edit[] } {
  const folder = posix.dirname(change.beside.file.path);
  const path = posix.join(folder, change.name);
  if (exists(path)) throw new CannotFix(`the file \`${change.name}\` already exists`);
  const breaks = /\r\n|\n/.exec(change.beside.file.text)?.[0] ?? '\n';
  const documents = change.objects.map((object) =>
    isMap(object) ? `${printEntries(object, 0, plainLayout).join('\n')}\n` : '',
  );
  const file = { path, text: documents.join('---\n').replaceAll('\n', breaks) };
  return {
    file,
    edits: change.listed === undefined ? [] : listFile(change.listed, change.beside.file.path, change.name),
  };
}

function listFile(listed: Span, beside: string, name: string): Edit[] {
  const { region, scalar, list } = findScalar(listed);
  const listedPath = posix.resolve(posix.dirname(listed.file.path), scalar.value);
  // Flux applies the whole folder in `spec.path`, so there is no list to extend.
  if (list === undefined) return [];
  if (listedPath !== beside) {
    throw new CannotFix('the kustomization does not list the object by its file name');
  }
  const entry = posix.join(posix.dirname(scalar.value), name);
  const layout = layoutOf(region);
  if (!isBlock(region, list)) return [region.edit(endOf(scalar), endOf(scalar), `, ${printFlow(entry, layout)}`)];
  const at = endOfLine(region.text, endOf(scalar));
  return [region.edit(at, at, `\n${printItems([entry], columnOf(region, startOf(list)), layout).join('\n')}`)];
}
