import type { ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { readYaml } from '../../source/read.ts';
import type { Span } from '../../source/span.ts';
import { fieldSpan } from '../load/read-field.ts';
import { readResources } from '../load/read-resources.ts';
import { inlinePatch, relocate } from '../patches/patch-text.ts';
import { annotateFile } from '../resources/origin-annotations.ts';
import type { Resource } from '../resources/resource.ts';
import { tracksOrigins } from '../session/build-metadata.ts';
import { LeftOut } from '../session/left-out.ts';
import { accumulateResources } from './accumulate-resources.ts';
import { Accumulation } from './accumulation.ts';
import { kustomizationOrigin, type Target } from './target.ts';

/** An object that configures a plugin. */
export interface PluginObject {
  readonly object: Resource;
  /** Where the object's kind is written. */
  readonly at: Span;
}

/**
 * Loads the objects that a field refers to: first those written inline in the kustomization file, then those of files
 * and folders, which are built like any base. Plugins that are not built into kustomize are reported as left out.
 */
export function loadPluginObjects(target: Target, field: 'generators' | 'transformers' | 'validators'): PluginObject[] {
  const accumulation = new Accumulation();
  const paths: ScalarNode[] = [];
  for (const entry of target.kustomization.strings(field)) {
    const objects = readInline(target, entry);
    if (objects === undefined) paths.push(entry);
    else accumulation.add(objects, originSpan(entry.origin));
  }
  accumulateResources(target, paths, accumulation);
  return accumulation.resources.toArray().flatMap((object) => {
    const at = fieldSpan(object.node, 'kind');
    if (object.apiVersion === 'builtin') return [{ object, at }];
    const what = `the plugin ${object.kind} (${object.apiVersion})`;
    const why = 'it is a program of its own, and migrate-lint runs none';
    target.session.context.report(new LeftOut(what, why, object.listedIn[0] ?? at).problem);
    return [];
  });
}

/** The objects written inline in an entry; undefined if the entry is a path. */
function readInline(target: Target, entry: ScalarNode): Resource[] | undefined {
  // Without line breaks or braces, the text can only be a scalar, and so a path.
  if (!/[\n{]/.test(entry.value)) return entry.value.trim() === '' ? [] : undefined;
  const text = inlinePatch(entry);
  const stream = readYaml(text.file);
  if (stream.problems.length > 0 || stream.documents.some(({ root }) => root !== undefined && root.kind !== 'map')) {
    return undefined;
  }
  const objects = readResources(stream);
  for (const { node } of objects) relocate(node, text);
  if (tracksOrigins(target.session.metadata)) {
    const path = kustomizationOrigin(target);
    for (const object of objects) annotateFile(object, path, originSpan(entry.origin));
  }
  return objects;
}
