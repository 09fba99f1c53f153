import {
  emptyMap,
  getField,
  getPath,
  isNull,
  type MapNode,
  removeField,
  setField,
  stringNode,
} from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Dialect } from '../dialect.ts';
import { textField } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import { type Resource, readBehavior } from './resource.ts';
import { parseApiVersion } from './resource-id.ts';
import { rewriteEntry } from './string-map.ts';

const domain = 'internal.config.kubernetes.io';

/**
 * Annotations in which kustomize keeps its own state. It strips them from the output even if the tree's author wrote
 * them.
 */
const internalAnnotations: ReadonlySet<string> = new Set([
  ...[
    'previousKinds',
    'previousNames',
    'prefixes',
    'suffixes',
    'previousNamespaces',
    'allowNameChange',
    'allowKindChange',
    'refBy',
    'generatorBehavior',
    'needsHashSuffix',
    'path',
    'index',
    'seqindent',
    'id',
    'annotations-migration-resource-id',
  ].map((name) => `${domain}/${name}`),
  'config.kubernetes.io/path',
  'config.kubernetes.io/index',
  'config.k8s.io/id',
]);

/** Marks objects rendered from a chart. Only kustomize 5.8 sets and strips it. */
export const chartAnnotation = `${domain}/helm-generated`;

/**
 * Reads kustomize's state from a manifest's annotations, where a KRM function or an earlier build of the same objects
 * may have left it. Throws a BuildError if the previous names, namespaces and kinds differ in number.
 */
export function readBuildNotes(resource: Resource): void {
  const annotations = getPath(resource.node, ['metadata', 'annotations']);
  if (annotations?.kind !== 'map') return;
  if (!annotations.entries.some(({ key }) => key.value.startsWith(domain))) return;
  const note = (name: string): string => textField(annotations, `${domain}/${name}`);
  const names = (name: string): string[] => (note(name) === '' ? [] : note(name).split(','));

  resource.needsHash = note('needsHashSuffix') === 'enabled';
  resource.behavior = readBehavior(note('generatorBehavior'));
  resource.prefixes.push(...names('prefixes'));
  resource.suffixes.push(...names('suffixes'));
  const [kinds, namespaces] = [names('previousKinds'), names('previousNamespaces')];
  const previous = names('previousNames');
  if (previous.length > 0 && (kinds.length !== previous.length || namespaces.length !== previous.length)) {
    throw new BuildError(
      `the annotations ${domain}/previousNames, previousNamespaces and previousKinds must have equally many parts; ` +
        'remove them, they are notes of another build',
      originSpan(annotations.origin),
    );
  }
  previous.forEach((name, i) => {
    const type = { ...parseApiVersion(resource.apiVersion), kind: kinds[i] ?? '' };
    resource.previousIds.push({ ...type, name, namespace: namespaces[i] ?? '' });
  });
}

/**
 * Removes the internal annotations and turns the values of the others into strings: kustomize reads a resource's
 * annotations into a `map[string]string` and writes them back, which quotes `1`, `true` and null and drops an empty map.
 * It does so once for its own annotations, if there are any, and once more for each of the origin and transformer
 * annotations that the build does not keep.
 * @param always whether the origin or transformer annotations are stripped
 */
export function cleanAnnotations(resource: Resource, always: boolean, dialect: Dialect): void {
  const metadata = getField(resource.node, 'metadata');
  if (metadata === undefined && always) {
    // Only an empty List can get here without metadata.
    const { origin } = resource.node;
    setField(resource.node, stringNode('metadata', origin), emptyMap(origin));
  }
  if (metadata?.kind !== 'map') return;
  mergeRepeated(metadata, 'annotations');
  const annotations = getField(metadata, 'annotations');
  if (annotations === undefined) return;
  if (annotations.kind === 'sequence' && annotations.items.length % 2 === 1) {
    throw new BuildError('annotations must be a map of strings, but this is a list', originSpan(annotations.origin));
  }
  if (annotations.kind !== 'map') {
    if (always) removeField(metadata, 'annotations');
    return;
  }
  if (annotations.entries.length > 0 || always) rewriteAnnotations(metadata, annotations, dialect);
}

/** Merges repeated maps, where the earlier value of a key wins. kustomize refuses any other repeated field. */
function mergeRepeated(metadata: MapNode, field: string): void {
  const values = metadata.entries.filter(({ key }) => key.value === field).map(({ value }) => value);
  const maps = values.filter((value) => value.kind === 'map');
  const [first] = maps;
  if (first === undefined || values.length < 2 || !values.every((value) => value.kind === 'map' || isNull(value)))
    return;
  const merged = new Map(maps.toReversed().flatMap((map) => map.entries.map((entry) => [entry.key.value, entry])));
  first.entries = [...merged.values()];
  const [kept] = metadata.entries.filter(({ value }) => value === first);
  metadata.entries = metadata.entries.filter((entry) => entry === kept || entry.key.value !== field);
}

function rewriteAnnotations(metadata: MapNode, annotations: MapNode, dialect: Dialect): void {
  const isInternal = (name: string): boolean =>
    internalAnnotations.has(name) || (dialect !== '5.7' && name === chartAnnotation);
  // A Go map has each key once, and the last of repeated keys wins.
  const entries = new Map(annotations.entries.map((entry) => [entry.key.value, entry]));
  for (const name of [...entries.keys()].filter(isInternal)) entries.delete(name);
  annotations.entries = [...entries.values()];
  if (annotations.entries.length === 0) {
    removeField(metadata, 'annotations');
    return;
  }
  annotations.entries = annotations.entries.map((entry) => rewriteEntry(entry, 'as written'));
}
