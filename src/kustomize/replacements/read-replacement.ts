import { findEntry, getField, isNull, type MapNode, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { readYaml } from '../../source/read.ts';
import type { KustomizationFiles } from '../build-context.ts';
import { replacementObject } from '../load/kustomization-schema.ts';
import { type ShapeRules, shapeFields } from '../load/shape-fields.ts';
import { BuildError } from '../problem.ts';

const fileRules: ShapeRules = {
  scalars: 'yaml 1.1',
  unknownFields: 'drop',
  coerceToString: true,
  file: 'replacement file',
};

/**
 * The replacements that an entry of `replacements:` stands for: itself, or with a `path` what is in that file, one
 * replacement or a list of them. Throws a BuildError where it has both, or the file holds neither.
 */
export function readReplacements(entry: MapNode, files: KustomizationFiles): MapNode[] {
  const path = filledScalar(entry, 'path');
  if (path === undefined) return [entry];
  const inline = findEntry(entry, 'source') ?? findEntry(entry, 'targets');
  const at = originSpan(path.origin);
  if (inline) {
    throw new BuildError('a replacement is either in a file or written here; remove `path`, or the rest', at);
  }
  const stream = readYaml(files.readSource(path.value, at), { firstDocumentOnly: true });
  const problem = stream.problems[0];
  if (problem) throw new BuildError(`invalid YAML: ${problem.message}`, problem.at);
  const root = stream.documents[0]?.root;
  const items = root?.kind === 'sequence' ? root.items : [root];
  return items.map((item) => {
    if (item?.kind === 'map') return shapeFields(item, replacementObject, fileRules);
    throw new BuildError(
      `\`${path.value}\` should hold a replacement, or a list of them, with \`source\` and \`targets\``,
      item === undefined || isNull(item) ? at : originSpan(item.origin),
    );
  });
}

/** A field's scalar where it holds any text. */
export function filledScalar(map: MapNode | undefined, field: string): ScalarNode | undefined {
  const value = map && getField(map, field);
  return value?.kind === 'scalar' && value.value !== '' ? value : undefined;
}

/** A field's map. */
export function mapField(map: MapNode, field: string): MapNode | undefined {
  const value = getField(map, field);
  return value?.kind === 'map' ? value : undefined;
}

/** `options:` of a source or target. */
export interface FieldOptions {
  /** Empty for none. */
  readonly delimiter: string;
  readonly index: number;
  readonly create: boolean;
  /** Where the index stands, or what is nearest to it. */
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
