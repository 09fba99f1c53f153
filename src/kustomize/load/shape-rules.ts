import type { MapNode, ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { BuildError } from '../problem.ts';
import type { ScalarRules } from './scalar-value.ts';

/** How strictly a file is read; kustomize differs between kustomization, configuration and plugin files. */
export interface ShapeRules {
  readonly scalars: ScalarRules;
  /** What to do with fields that the type does not have. */
  readonly unknownFields: 'refuse' | 'drop';
  /** Called with each map that has repeated fields, of which the last one wins. It may refuse them with a BuildError. */
  readonly repeatedFields?: (map: MapNode) => void;
  /** Whether numbers and booleans are converted where a string is expected. */
  readonly coerceToString: boolean;
  /** The name of such a file in messages: `kustomization file`. */
  readonly file: string;
}

export const kustomizationRules: ShapeRules = {
  scalars: 'yaml 1.1',
  unknownFields: 'refuse',
  coerceToString: false,
  file: 'kustomization file',
};

/** Flux decodes and rewrites the file before kustomize reads it, which drops unknown fields. */
export const amendedKustomizationRules: ShapeRules = { ...kustomizationRules, unknownFields: 'drop' };

export const configurationRules: ShapeRules = {
  scalars: 'yaml 1.1',
  unknownFields: 'refuse',
  repeatedFields: refuseRepeatedFields,
  coerceToString: true,
  file: 'configuration file',
};

export const pluginRules: ShapeRules = {
  scalars: 'object',
  unknownFields: 'drop',
  coerceToString: true,
  file: 'plugin configuration',
};

function refuseRepeatedFields(node: MapNode): void {
  const known = new Map<string, ScalarNode>();
  for (const { key } of node.entries) {
    const first = known.get(key.value);
    known.set(key.value, key);
    if (first === undefined) continue;
    throw new BuildError(`the field \`${key.value}\` is repeated; remove one of the two`, originSpan(key.origin), [
      { at: originSpan(first.origin), note: 'the first one is here' },
    ]);
  }
}
