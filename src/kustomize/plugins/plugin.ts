import type { MapNode } from '../../source/node.ts';
import type { Span } from '../../source/span.ts';
import type { ObjectType } from '../load/field-type.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import type { Resource } from '../resources/resource.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { BuildContext } from '../session/build-context.ts';

/** The input of a plugin. */
export interface PluginTask {
  /** Its configuration, in the shape of {@link BuiltinPlugin.schema}. */
  readonly config: MapNode;
  /** Where it is configured. */
  readonly at: Span;
  /** The files of the kustomization that lists it, even if its configuration comes from elsewhere. */
  readonly files: KustomizationFiles;
  readonly context: BuildContext;
}

/** What an object of apiVersion `builtin` can configure. */
export interface BuiltinPlugin {
  /** The kind of such an object. */
  readonly kind: string;
  readonly schema: ObjectType;
}

/** A built-in transformer for objects under `transformers:` or `validators:`. */
export interface TransformerPlugin extends BuiltinPlugin {
  transform(resources: ResourceSet, task: PluginTask): void;
}

/** A built-in generator for objects under `generators:`. */
export interface GeneratorPlugin extends BuiltinPlugin {
  /** Generates objects. Throws LeftOut if kustomize would fetch something or run a program. */
  generate(task: PluginTask): Resource[];
}
