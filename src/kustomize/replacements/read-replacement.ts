import { findEntry, isNull, type MapNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { readFirstDocument } from '../load/first-document.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import { replacementObject } from '../load/kustomization-schema.ts';
import { filledScalar, mapField } from '../load/read-field.ts';
import { shapeFields } from '../load/shape-fields.ts';
import type { ShapeRules } from '../load/shape-rules.ts';
import { BuildError } from '../problem.ts';

const fileRules: ShapeRules = {
  scalars: 'yaml 1.1',
  unknownFields: 'drop',
  coerceToString: true,
  file: 'replacement file',
};

/**
 * The replacements of an entry of `replacements:`: the entry itself, or with a `path` the one or several in that file.
 * Throws a BuildError if the entry has both, or the file has none.
 */
export function readReplacements(entry: MapNode, files: KustomizationFiles): MapNode[] {
  const path = filledScalar(entry, 'path');
  if (path === undefined) return [entry];
  const inline = findEntry(entry, 'source') ?? findEntry(entry, 'targets');
  const at = originSpan(path.origin);
  if (inline) {
    throw new BuildError('a replacement is either in a file or written here; remove `path`, or the rest', at);
  }
  const root = readFirstDocument(files.readSource(path.value, at));
  const items = root?.kind === 'sequence' ? root.items : [root];
  return items.map((item) => {
    if (item?.kind === 'map') return shapeFields(item, replacementObject, fileRules);
    throw new BuildError(
      `\`${path.value}\` should hold a replacement, or a list of them, with \`source\` and \`targets\``,
      item === undefined || isNull(item) ? at : originSpan(item.origin),
    );
  });
}

/** The `options:` of a source or target. */
export interface FieldOptions {
  /** Empty for none. */
  readonly delimiter: string;
  readonly index: number;
  readonly create: boolean;
  /** The origin of the index or, if it is not set, of `options` or the source or target. */
  readonly at: MapNode['origin'];
}

export function readFieldOptions(map: MapNode): FieldOptions {
  const options = mapField(map, 'options');
  const index = filledScalar(options, 'index');
  return {
    delimiter: filledScalar(options, 'delimiter')?.value ?? '',
    index: Number(index?.value ?? 0),
    create: filledScalar(options, 'create')?.value === 'true',
    at: (index ?? options ?? map).origin,
  };
}
