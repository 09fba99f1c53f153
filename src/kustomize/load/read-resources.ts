import { cloneNode, findEntry, isNull, type MapEntry, type MapNode, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { YamlStream } from '../../source/read.ts';
import type { Span } from '../../source/span.ts';
import { describeKind } from '../describe-kind.ts';
import { BuildError, NamelessObject } from '../problem.ts';
import { readBuildNotes } from '../resources/internal-annotations.ts';
import { Resource } from '../resources/resource.ts';
import { refuseInvalid } from './first-document.ts';
import { firstKeySpan, textField } from './read-field.ts';
import { copyListItems, unwrapList } from './unwrap-list.ts';

/**
 * Reads the objects of a manifest file, from all its documents. Lists (`kind: List`, or any kind that ends in `List` and
 * has `items`) are replaced with their items; empty documents and objects are skipped. The nodes are copies.
 *
 * Throws a BuildError for invalid YAML and for objects without kind or name, as kustomize does.
 * @param takeUnnamed receives the objects that have `generateName` instead of a name; without it they are refused
 */
export function readResources(stream: YamlStream, takeUnnamed?: (resource: Resource) => void): Resource[] {
  refuseInvalid(stream);
  const roots = stream.documents.flatMap(({ root }) => (root === undefined || isNull(root) ? [] : [root]));
  const objects = checkObjects(stream.documents.length === 1 ? roots.flatMap(unwrapList) : roots, takeUnnamed);
  return expandLists(objects).map((node) => {
    const resource = new Resource(cloneNode(node));
    readBuildNotes(resource);
    return resource;
  });
}

/** Skips empty nodes. Throws a BuildError for anything that is not an object with kind and name. */
function checkObjects(nodes: readonly Node[], takeUnnamed?: (resource: Resource) => void): MapNode[] {
  const objects: MapNode[] = [];
  for (const node of nodes) {
    if (isEmpty(node)) continue;
    if (node.kind !== 'map') {
      throw new BuildError(
        `every document must be an object with apiVersion, kind and metadata, but this is ${describeKind(node.kind)}`,
        originSpan(node.origin),
      );
    }
    // Whoever takes unnamed objects reads plain manifests, which such a tool may read instead of kubectl.
    if (takeUnnamed && isSettingOfTool(node)) continue;
    if (takeUnnamed && needsName(node) && generateNameOf(node)) takeUnnamed(new Resource(node));
    else objects.push(checkObject(node));
  }
  return objects;
}

/** Whether a document is not for the cluster, but for a tool that reads it beside the manifests. */
function isSettingOfTool(node: MapNode): boolean {
  return /^(?:(?:kbld|kapp|vendir)\.k14s\.io|kind\.x-k8s\.io|k3d\.io|ctlptl\.dev|kubeadm\.k8s\.io|skaffold)\//.test(
    textField(node, 'apiVersion'),
  );
}

/** Whether a node is null, `{}` or `[]`. */
export function isEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'scalar':
      return node.tag === '!!null';
    case 'map':
      return node.entries.length === 0;
    case 'sequence':
      return node.items.length === 0;
  }
}

function checkObject(node: MapNode): MapNode {
  if (!needsName(node)) return node;
  const metadata = findEntry(node, 'metadata');
  if (hasName(metadata)) return node;
  const kind = textField(node, 'kind');
  const generateName = generateNameOf(node);
  if (generateName !== undefined) {
    const message = `this ${kind} has only \`generateName\`, which kustomize cannot build; give it a \`name\``;
    throw new NamelessObject(message, originSpan(generateName.value.origin), new Resource(node));
  }
  if (metadata?.value.kind === 'scalar' && /^name:\S/.test(metadata.value.value)) {
    const message = `the \`metadata\` of this ${kind} is the text \`${metadata.value.value}\`; put a space after \`name:\``;
    throw new BuildError(message, originSpan(metadata.value.origin));
  }
  const at = metadata === undefined ? originSpan((findEntry(node, 'kind') ?? { value: node }).value.origin) : undefined;
  throw missing(node, 'metadata.name', at ?? originSpan((metadata?.key ?? node).origin), `name this ${kind}`);
}

/** Whether an object must have a name, as all but lists do. Throws a BuildError if it has no kind. */
function needsName(node: MapNode): boolean {
  const kind = textField(node, 'kind');
  if (kind === '') throw missing(node, 'kind', firstKeySpan(node), 'add `kind:`');
  return !kind.endsWith('List');
}

function hasName(metadata: MapEntry | undefined): boolean {
  return metadata?.value.kind === 'map' && textField(metadata.value, 'name') !== '';
}

/** The `generateName` entry of an object without a name. */
function generateNameOf(node: MapNode): MapEntry | undefined {
  const metadata = findEntry(node, 'metadata');
  if (hasName(metadata) || metadata?.value.kind !== 'map') return undefined;
  return findEntry(metadata.value, 'generateName');
}

function missing(node: MapNode, field: string, at: Span, advice: string): BuildError {
  const kind = textField(node, 'kind');
  const subject = kind === '' ? 'an object' : `a ${kind}`;
  return new BuildError(`${subject} without \`${field}\` cannot be built; ${advice}, or take the document out`, at);
}

/**
 * Replaces lists of any kind with their items, which are appended after all other objects, as in kustomize.
 * A kind that ends in `List` but has no `items` is an object like any other.
 */
function expandLists(objects: readonly MapNode[]): MapNode[] {
  const queue = [...objects];
  const expanded: MapNode[] = [];
  // The loop also visits what it appends.
  for (const node of queue) {
    const items = textField(node, 'kind').endsWith('List') ? findEntry(node, 'items') : undefined;
    if (items === undefined) {
      expanded.push(node);
    } else if (items.value.kind === 'sequence') {
      for (const object of checkObjects(copyListItems(node, items.value))) queue.push(object);
    } else if (!isNull(items.value)) {
      throw new BuildError(
        `\`items\` of a ${textField(node, 'kind')} must be a list, but this is not one`,
        originSpan(items.value.origin),
      );
    }
  }
  return expanded;
}
