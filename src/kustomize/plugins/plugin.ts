import type { MapNode } from '../../source/node.ts';
import type { Span } from '../../source/span.ts';
import type { BuildContext, KustomizationFiles } from '../build-context.ts';
import type { ObjectType } from '../load/field-type.ts';
import type { Resource } from '../resource.ts';
import type { ResourceSet } from '../resource-set.ts';

/** What a plugin works with. */
export interface PluginTask {
  /** Its configuration, in the shape of {@link TransformerPlugin.schema}. */
  readonly config: MapNode;
  /** The object that configures it. */
  readonly object: Resource;
  /** Where it is asked for. */
  readonly at: Span;
  /** The files of the kustomization that lists it, even if its configuration comes from elsewhere. */
  readonly files: KustomizationFiles;
  readonly context: BuildContext;
}

/** A built-in step that `transformers:` or `validators:` can ask for with an object of apiVersion `builtin`. */
export interface TransformerPlugin {
  readonly kind: string;
  readonly schema: ObjectType;
  transform(resources: ResourceSet, task: PluginTask): void;
}

/** A built-in step that `generators:` can ask for. */
export interface GeneratorPlugin {
  readonly kind: string;
  readonly schema: ObjectType;
  /** The objects, or nothing where they cannot be made here and that was reported. */
  generate(task: PluginTask): Resource[];
}
