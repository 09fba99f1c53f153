import { findPrintError } from '../../source/print/check-printable.ts';
import { findNearest } from '../../text/find-nearest.ts';
import { shapeFields } from '../load/shape-fields.ts';
import { pluginRules } from '../load/shape-rules.ts';
import { generatorPlugins, transformerPlugins } from '../plugins/index.ts';
import type { BuiltinPlugin, GeneratorPlugin, PluginTask, TransformerPlugin } from '../plugins/plugin.ts';
import { BuildError } from '../problem.ts';
import { type ConfiguredBy, pluginStep } from '../resources/origin-annotations.ts';
import { loadPluginObjects, type PluginObject } from './plugin-objects.ts';
import type { Target } from './target.ts';

/** A built-in generator or transformer, and the object that configures it. */
export interface LoadedPlugin<Plugin extends BuiltinPlugin> {
  readonly plugin: Plugin;
  readonly task: PluginTask;
  /** The plugin as annotations name it. */
  readonly step: ConfiguredBy | undefined;
}

/** The generators that objects under `generators:` configure. Throws a BuildError for any other object. */
export function loadGenerators(target: Target): LoadedPlugin<GeneratorPlugin>[] {
  return loadPluginObjects(target, 'generators').map((each) => {
    refuseOther(each, transformerPlugins, 'generates nothing; list it under `transformers:`');
    return configure(requirePlugin(generatorPlugins, each, 'generator'), each, target);
  });
}

/**
 * The transformers that objects under `transformers:` or `validators:` configure. Throws a BuildError for any other
 * object.
 */
export function loadTransformers(
  target: Target,
  field: 'transformers' | 'validators',
): LoadedPlugin<TransformerPlugin>[] {
  return loadPluginObjects(target, field).map((each) => {
    refuseOther(each, generatorPlugins, 'transforms nothing; list it under `generators:`');
    return configure(requirePlugin(transformerPlugins, each, 'transformer'), each, target);
  });
}

/** Throws a BuildError for an object that configures one of the plugins of the other sort. */
function refuseOther({ object, at }: PluginObject, others: readonly BuiltinPlugin[], why: string): void {
  if (others.some(({ kind }) => kind === object.kind)) throw new BuildError(`${object.kind} ${why}`, at);
}

/** The plugin of an object's kind. Throws a BuildError if kustomize has none. */
function requirePlugin<Plugin extends BuiltinPlugin>(
  plugins: readonly Plugin[],
  { object: { kind }, at }: PluginObject,
  what: 'generator' | 'transformer',
): Plugin {
  const plugin = plugins.find((each) => each.kind === kind);
  if (plugin !== undefined) return plugin;
  const names = plugins.map((each) => each.kind);
  const nearest = findNearest(kind, names);
  const advice = nearest === undefined ? `it has ${names.join(', ')}` : `did you mean ${nearest}?`;
  throw new BuildError(`kustomize has no built-in ${what} of kind \`${kind}\`; ${advice}`, at);
}

/**
 * Gives a plugin its configuration in the shape of its Go struct; unknown fields are ignored. Throws a BuildError for an
 * object that cannot be printed, since kustomize passes it to the plugin as text.
 */
function configure<Plugin extends BuiltinPlugin>(
  plugin: Plugin,
  { object, at }: PluginObject,
  { folder, session }: Target,
): LoadedPlugin<Plugin> {
  const unprintable = findPrintError(object.node);
  if (unprintable !== undefined) throw new BuildError(unprintable.message, unprintable.at);
  const config = shapeFields(object.node, plugin.schema, pluginRules);
  return { plugin, task: { config, at, files: folder, context: session.context }, step: pluginStep(object) };
}
