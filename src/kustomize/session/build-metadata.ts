import type { ScalarNode } from '../../source/node.ts';

/** The options of `buildMetadata:`. */
export interface BuildMetadata {
  readonly origins: boolean;
  readonly transformers: boolean;
  readonly managedByLabel: boolean;
}

export const noBuildMetadata: BuildMetadata = { origins: false, transformers: false, managedByLabel: false };

/** Whether objects get origin annotations while they are built. */
export function tracksOrigins({ origins, transformers, managedByLabel }: BuildMetadata): boolean {
  return origins || transformers || managedByLabel;
}

/** Reads `buildMetadata:`; kustomize ignores options that it does not know. */
export function readBuildMetadata(options: readonly ScalarNode[]): BuildMetadata {
  const has = (name: string): boolean => options.some(({ value }) => value === name);
  return {
    origins: has('originAnnotations'),
    transformers: has('transformerAnnotations'),
    managedByLabel: has('managedByLabel'),
  };
}
