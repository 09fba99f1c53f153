import { posix } from 'node:path';
import type { MapNode, ScalarNode } from '../source/node.ts';
import { emptyMap, getField, getText, removeField, setField, stringNode } from '../source/node.ts';
import type { Origin } from '../source/origin.ts';
import { printYaml } from '../source/print.ts';
import { readYaml } from '../source/read.ts';
import { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import { parseRepository } from './load/remote.ts';
import type { Resource } from './resource.ts';

/** Where `buildMetadata: [originAnnotations]` says an object came from. */
export const originAnnotation = 'config.kubernetes.io/origin';
/** Where `buildMetadata: [transformerAnnotations]` lists what changed an object. */
export const transformationsAnnotation = 'alpha.config.kubernetes.io/transformations';

/** A file or folder as annotations name it: relative to the folder that is built, or to the repository that it is in. */
export interface OriginPath {
  readonly path: string;
  /** What is cloned, and the branch, tag or commit of it; empty for what is not remote. */
  readonly repo: string;
  readonly ref: string;
}

/** The folder that is built. */
export const builtFolder: OriginPath = { path: '', repo: '', ref: '' };

/** The object or built-in step that made or changed something, as the annotations tell of it. */
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

/** A generator or transformer that is an object of its own. Undefined where nothing tells what file it came from. */
export function pluginStep(plugin: Resource): ConfiguredBy | undefined {
  const origin = getText(plugin.node, ['metadata', 'annotations', originAnnotation]);
  if (origin === undefined) return undefined;
  const { apiVersion, kind, name, namespace } = plugin;
  const root = readYaml(new SourceFile('<annotation>', origin)).documents[0]?.root;
  const field = (key: string): string => getText(root, [key]) ?? '';
  const configuredIn = { path: field('path'), repo: field('repo'), ref: field('ref') };
  return { configuredIn, apiVersion, kind, name, namespace };
}

/** Something that the kustomization in a folder names: by a path, or in a repository. */
export function joinOriginPath(directory: OriginPath, path: string): OriginPath {
  const repository = parseRepository(path);
  if (repository === undefined) return { ...directory, path: posix.join(directory.path, path) };
  // kustomize looks for the path below a clone's folder that has no name yet, and at the top takes that for the path.
  const folder = posix.join(repository.path);
  return { path: folder === '.' ? 'notCloned' : folder, repo: repository.url, ref: repository.ref };
}

/** Notes the file that an object was read from. */
export function annotateFile(resource: Resource, origin: OriginPath, listedAt: Span): void {
  const lines = printFields({ path: origin.path, repo: origin.repo, ref: origin.ref });
  setAnnotation(resource.node, originAnnotation, lines.length === 0 ? '{}\n' : lines.join(''), listedAt);
}

/** Notes what generated an object, unless it has an origin already. */
export function annotateGenerated(resource: Resource, by: ConfiguredBy, listedAt: Span): void {
  if (getText(resource.node, ['metadata', 'annotations', originAnnotation]) !== undefined) return;
  setAnnotation(resource.node, originAnnotation, describe(by).join(''), listedAt);
}

/** Adds a step to the list of those that went over an object; what has no origin was made by the step. */
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

/** The lines in which an origin tells of a step. */
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

/** Removes an annotation, and the map when that leaves it empty. */
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

function childMap(node: MapNode, name: string, origin: Origin): MapNode {
  const child = getField(node, name);
  if (child?.kind === 'map') return child;
  const made = emptyMap(origin);
  setField(node, stringNode(name, origin), made);
  return made;
}
