import { posix } from 'node:path';
import {
  childMap,
  getField,
  getText,
  type MapNode,
  removeField,
  type ScalarNode,
  setField,
  stringNode,
} from '../../source/node.ts';
import type { Origin } from '../../source/origin.ts';
import { printYaml } from '../../source/print/print.ts';
import { readYaml } from '../../source/read.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { textField } from '../load/read-field.ts';
import { parseRepository } from '../load/remote.ts';
import type { Resource } from './resource.ts';

/** Where `buildMetadata: [originAnnotations]` records an object's origin. */
export const originAnnotation = 'config.kubernetes.io/origin';
/** Where `buildMetadata: [transformerAnnotations]` lists the steps that changed an object. */
export const transformationsAnnotation = 'alpha.config.kubernetes.io/transformations';

/** A file or folder as annotations name it: relative to the built folder, or to the root of its repository. */
export interface OriginPath {
  readonly path: string;
  /** The cloned repository and its branch, tag or commit; empty if not remote. */
  readonly repo: string;
  readonly ref: string;
}

/** The folder that is built. */
export const builtFolder: OriginPath = { path: '', repo: '', ref: '' };

/** The object or built-in step that made or changed something, as in kustomize's `resource.Origin`. */
export interface ConfiguredBy {
  /** The file with the configuration. */
  readonly configuredIn: OriginPath;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** A built-in step that a kustomization file asks for. */
export function builtinStep(kind: string, configuredIn: OriginPath): ConfiguredBy {
  return { configuredIn, apiVersion: 'builtin', kind, name: '', namespace: '' };
}

/** A generator or transformer that is an object. Undefined if the object has no origin annotation. */
export function pluginStep(plugin: Resource): ConfiguredBy | undefined {
  const origin = getText(plugin.node, ['metadata', 'annotations', originAnnotation]);
  if (origin === undefined) return undefined;
  const { apiVersion, kind, name, namespace } = plugin;
  const root = readYaml(new SourceFile('<annotation>', origin)).documents[0]?.root;
  const field = (key: string): string => textField(root, key);
  const configuredIn = { path: field('path'), repo: field('repo'), ref: field('ref') };
  return { configuredIn, apiVersion, kind, name, namespace };
}

/** The origin of what a kustomization refers to, by path or in a repository (`Origin.Append` in kustomize). */
export function joinOriginPath(directory: OriginPath, path: string): OriginPath {
  const repository = parseRepository(path);
  if (repository === undefined) return { ...directory, path: posix.join(directory.path, path) };
  // kustomize cuts the first segment off `/notCloned/<path>`, which leaves that segment if there is no path.
  const folder = posix.join(repository.path);
  return { path: folder === '.' ? 'notCloned' : folder, repo: repository.url, ref: repository.ref };
}

/** Records the file that an object was read from. */
export function annotateFile(resource: Resource, origin: OriginPath, listedAt: Span): void {
  const lines = printFields({ path: origin.path, repo: origin.repo, ref: origin.ref });
  setAnnotation(resource.node, originAnnotation, lines.length === 0 ? '{}\n' : lines.join(''), listedAt);
}

/** Records what generated an object, unless it has an origin already. */
export function annotateGenerated(resource: Resource, by: ConfiguredBy, listedAt: Span): void {
  if (getText(resource.node, ['metadata', 'annotations', originAnnotation]) !== undefined) return;
  setAnnotation(resource.node, originAnnotation, describe(by).join(''), listedAt);
}

/** Adds a step to an object's transformations. For an object without an origin, the step becomes its origin. */
export function annotateTransformed(resource: Resource, by: ConfiguredBy, listedAt: Span): void {
  const annotations = ['metadata', 'annotations'];
  if (getText(resource.node, [...annotations, originAnnotation]) === undefined) {
    setAnnotation(resource.node, originAnnotation, describe(by).join(''), listedAt);
    return;
  }
  const before = getText(resource.node, [...annotations, transformationsAnnotation]) ?? '';
  const item = describe(by).map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`));
  setAnnotation(resource.node, transformationsAnnotation, before + item.join(''), listedAt);
}

/** The lines of an origin that describe a step. */
function describe({ configuredIn, apiVersion, kind, name, namespace }: ConfiguredBy): string[] {
  return [
    ...printFields({ repo: configuredIn.repo, ref: configuredIn.ref, configuredIn: configuredIn.path }),
    'configuredBy:\n',
    ...printFields({ apiVersion, kind, name, namespace }).map((line) => `  ${line}`),
  ];
}

/** A line for each field that is not empty. */
function printFields(fields: Readonly<Record<string, string>>): string[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === '' ? [] : [printField(name, value)]));
}

/** A line `name: value`, with quotes where the value needs them. */
function printField(name: string, value: string): string {
  const origin = nowhere;
  return printYaml({
    kind: 'map',
    entries: [{ key: stringNode(name, origin), value: stringNode(value, origin) }],
    origin,
  });
}

const nowhere: Origin = { kind: 'source', file: new SourceFile('<annotation>', ''), start: 0, end: 0 };

/** Removes an annotation, and `annotations` if that leaves it empty. */
export function removeAnnotation(resource: Resource, name: string): void {
  const metadata = getField(resource.node, 'metadata');
  const annotations = metadata?.kind === 'map' ? getField(metadata, 'annotations') : undefined;
  if (metadata?.kind !== 'map' || annotations?.kind !== 'map') return;
  if (removeField(annotations, name) && annotations.entries.length === 0) removeField(metadata, 'annotations');
}

function setAnnotation(node: MapNode, name: string, value: string, configuredIn: Span): void {
  const origin: Origin = { kind: 'generated', by: 'build metadata', configuredIn };
  const annotations = childMap(childMap(node, 'metadata', origin), 'annotations', origin);
  const scalar: ScalarNode = stringNode(value, origin, 'literal');
  setField(annotations, stringNode(name, origin), scalar);
}
