import type { ScalarRules } from './scalar-value.ts';

/** How strictly a file is read; kustomize differs between kustomization, configuration and plugin files. */
export interface ShapeRules {
  readonly scalars: ScalarRules;
  /** What to do with fields that the type does not have. */
  readonly unknownFields: 'refuse' | 'drop';
  /** Whether a repeated field is an error; otherwise the last one wins. */
  readonly repeatedFields?: 'refuse';
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
  repeatedFields: 'refuse',
  coerceToString: true,
  file: 'configuration file',
};

export const pluginRules: ShapeRules = {
  scalars: 'object',
  unknownFields: 'drop',
  coerceToString: true,
  file: 'plugin configuration',
};
