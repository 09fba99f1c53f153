import type { KustomizationAmendment } from '../../kustomize/load/kustomization.ts';
import type { KustomizationFolder } from '../../kustomize/load/kustomization-folder.ts';
import { isRemoteFile, parseRepository } from '../../kustomize/load/remote.ts';
import { BuildError } from '../../kustomize/problem.ts';
import type { FileSystem } from '../../source/files/file-system.ts';
import {
  addItems,
  cloneNode,
  emptyMap,
  findEntry,
  getField,
  getText,
  listItems,
  type MapEntry,
  type MapNode,
  type Node,
  type SequenceNode,
  setField,
  stringNode,
} from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';
import { findManifests, type IsIgnored } from './find-manifests.ts';
import { readBuildFields } from './read-build-fields.ts';

/**
 * The changes that kustomize-controller makes to a folder's kustomization before it builds it (fluxcd/pkg/kustomize): it
 * writes the settings of the Flux Kustomization into it, after generating one from all YAML below the folder if there is
 * none. Everything added has its origin in the Flux Kustomization.
 */
export function amendmentOf(
  kustomization: FluxKustomization,
  isIgnored: IsIgnored,
  fileSystem: FileSystem,
): KustomizationAmendment {
  const { node } = kustomization.resource;
  return {
    generate(folder) {
      const origin = (kustomization.path.value === undefined ? undefined : pathOrigin(node)) ?? kindOrigin(node);
      const fields = emptyMap(origin);
      const resources = findManifests(folder.directory, isIgnored, fileSystem);
      // Flux sets a namespace for an empty folder, so that the file is not empty.
      if (resources.length === 0) setField(fields, stringNode('namespace', origin), stringNode('_placeholder', origin));
      else
        addItems(
          fields,
          stringNode('resources', origin),
          resources.map((path) => stringNode(path, origin, 'double')),
          origin,
        );
      writeSettings(fields, node, folder);
      return { file: new SourceFile(`${folder.directory}/kustomization.yaml`, ''), fields };
    },
    amend(fields, folder) {
      const resources = getField(fields, 'resources');
      if (resources?.kind !== 'sequence' || resources.items.length === 0) noteOrigins(fields, kindOrigin(node));
      writeSettings(fields, node, folder);
    },
  };
}

function pathOrigin(node: MapNode): Origin | undefined {
  const spec = getField(node, 'spec');
  return spec?.kind === 'map' ? getField(spec, 'path')?.origin : undefined;
}

function kindOrigin(node: MapNode): Origin {
  return getField(node, 'kind')?.origin ?? node.origin;
}

/** Flux adds `buildMetadata` to a kustomization without resources, so that it does not count as empty. */
function noteOrigins(fields: MapNode, origin: Origin): void {
  const options: SequenceNode = { kind: 'sequence', items: [stringNode('originAnnotations', origin)], origin };
  setField(fields, stringNode('buildMetadata', origin), options);
}

function writeSettings(fields: MapNode, node: MapNode, folder: KustomizationFolder): void {
  const settings = readBuildFields(node);
  for (const [from, to] of renamedTexts) {
    const entry = findEntry(settings, from);
    if (entry === undefined) continue;
    setField(fields, { ...entry.key, value: to }, cloneNode(entry.value));
  }
  for (const name of ['patches', 'patchesStrategicMerge', 'patchesJson6902']) {
    const entry = findEntry(settings, name);
    if (entry !== undefined) addCopies(fields, entry, listItems(entry.value));
  }
  addComponents(fields, settings, folder);
  mergeImages(fields, settings);
  const metadata = findEntry(settings, 'buildMetadata');
  if (metadata !== undefined && listItems(metadata.value).length > 0)
    setField(fields, metadata.key, cloneNode(metadata.value));
}

/** The settings that replace fields of the kustomization, with the names of both. */
const renamedTexts = [
  ['targetNamespace', 'namespace'],
  ['namePrefix', 'namePrefix'],
  ['nameSuffix', 'nameSuffix'],
] as const;

function addComponents(fields: MapNode, settings: MapNode, folder: KustomizationFolder): void {
  const entry = findEntry(settings, 'components');
  if (entry === undefined) return;
  const ignoreMissing = getText(settings, ['ignoreMissingComponents']) === 'true';
  const components = listItems(entry.value).filter((item) => item.kind === 'scalar');
  for (const { value, origin } of components) {
    if (!isRemoteFile(value) && parseRepository(value) === undefined && !value.startsWith('/')) continue;
    throw new BuildError(
      `the component \`${value}\` must be a path relative to \`spec.path\`; Flux takes no other`,
      originSpan(origin),
    );
  }
  const present = components.filter(({ value }) => !ignoreMissing || folder.isDirectory(value));
  if (present.length > 0) addCopies(fields, entry, present);
}

/**
 * Merges the Flux Kustomization's images into those of the kustomization, by name. Its tag or digest replaces both tag
 * and digest.
 */
function mergeImages(fields: MapNode, settings: MapNode): void {
  const entry = findEntry(settings, 'images');
  if (entry === undefined) return;
  for (const image of listItems(entry.value)) {
    if (image.kind !== 'map') continue;
    const there = listItems(getField(fields, 'images')).find(
      (other) => other.kind === 'map' && getText(other, ['name']) === getText(image, ['name']),
    );
    if (there?.kind === 'map') mergeImage(there, image);
    else addCopies(fields, entry, [image]);
  }
}

function mergeImage(there: MapNode, image: MapNode): void {
  const isSet = (name: string) => (getText(image, [name]) ?? '') !== '';
  const setsVersion = isSet('newTag') || isSet('digest');
  const replaced = [...(isSet('newName') ? ['newName'] : []), ...(setsVersion ? ['newTag', 'digest'] : [])];
  there.entries = there.entries.filter(({ key }) => !replaced.includes(key.value));
  for (const name of replaced) {
    const entry = findEntry(image, name);
    if (entry !== undefined && isSet(name)) setField(there, entry.key, cloneNode(entry.value));
  }
}

/** Appends copies of the items of a setting to the field of its name. */
function addCopies(fields: MapNode, { key }: MapEntry, items: readonly Node[]): void {
  addItems(
    fields,
    key,
    items.map((item) => cloneNode(item)),
    key.origin,
  );
}
