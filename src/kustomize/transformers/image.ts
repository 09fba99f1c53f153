import { getField, isNull, type MapNode, type Node, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Dialect } from '../dialect.ts';
import type { FieldSpec } from '../field-specs/field-spec.ts';
import { filledScalar, textField } from '../load/read-field.ts';
import type { Resource } from '../resources/resource.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { GoRegexp } from '../selectors/go-regexp.ts';
import type { BuildContext } from '../session/build-context.ts';
import type { Growth } from '../session/growth.ts';
import { applyFieldSpecs, wrongKind } from './apply-field-spec.ts';
import { type Change, changeConfiguredBy, changeText } from './change.ts';
import { type ImageName, joinImage, matchImage, splitImage } from './image-name.ts';

/**
 * Sets the name, tag or digest of images in every object except CustomResourceDefinitions: first in each list called
 * `containers` or `initContainers` at any depth, then in the fields of the specs. A field that is in both is set twice,
 * and gets a `tagSuffix` twice. Follows kustomize's ImageTagTransformer.
 * @param image an entry of `images:`, `{name, newName, tagSuffix, newTag, digest}`
 * @returns how often its name matched
 */
export function setImage(
  resources: ResourceSet,
  image: MapNode,
  specs: readonly FieldSpec[],
  { checkTime, growth, dialect }: BuildContext,
): number {
  const setter = new ImageSetter(image, growth, dialect);
  for (const resource of resources.toArray()) {
    checkTime(setter.change.configuredIn);
    if (resource.kind === 'CustomResourceDefinition') continue;
    visitContainers(resource.node, (container) => setter.setContainer(container, resource));
    applyFieldSpecs(resource, specs, {
      change: setter.change,
      set: (field, spec) => setter.set(field, resource, spec.path),
    });
  }
  return setter.matched;
}

const containerLists = ['containers', 'initContainers'];

/** Calls `visit` with each item of each list of containers, inner lists first. */
function visitContainers(node: Node, visit: (container: Node) => void): void {
  if (node.kind === 'sequence') for (const item of node.items) visitContainers(item, visit);
  if (node.kind !== 'map') return;
  for (const { key, value } of node.entries) {
    visitContainers(value, visit);
    if (value.kind === 'sequence' && containerLists.includes(key.value)) for (const item of value.items) visit(item);
  }
}

class ImageSetter {
  /** The change, with the location of the entry's most important field. */
  readonly change: Change;
  matched = 0;
  readonly #image: MapNode;
  readonly #matches: GoRegexp;
  readonly #growth: Growth;

  constructor(image: MapNode, growth: Growth, dialect: Dialect) {
    this.#image = image;
    this.#growth = growth;
    const fields = ['newTag', 'digest', 'newName', 'tagSuffix', 'name'].map((name) => filledScalar(image, name));
    this.change = changeConfiguredBy(fields.find((node) => node !== undefined) ?? image, 'image');
    const name = filledScalar(image, 'name');
    this.#matches = matchImage(name?.value ?? '', originSpan((name ?? image).origin), dialect);
  }

  setContainer(container: Node, resource: Resource): void {
    if (isNull(container)) return;
    if (container.kind !== 'map') throw wrongKind(container, 'a map', 'containers', resource, this.change);
    const field = getField(container, 'image');
    if (field !== undefined) this.set(field, resource, 'containers/image');
  }

  set(field: Node, resource: Resource, path: string): void {
    if (field.kind !== 'scalar') throw wrongKind(field, 'a single value', path, resource, this.change);
    if (!this.#matches(field.value)) return;
    this.matched++;
    const old = splitImage(field.value);
    const text = (part: string): string => textField(this.#image, part);
    const [newName, newTag, digest, suffix] = [text('newName'), text('newTag'), text('digest'), text('tagSuffix')];
    const name = newName || old.name;
    if (newTag !== '' || digest !== '') this.#change(field, { name, tag: newTag, digest });
    else if (suffix !== '') this.#change(field, { name, tag: old.tag + suffix, digest: '' });
    else if (newName !== '') this.#change(field, { ...old, name });
  }

  #change(field: ScalarNode, image: ImageName): void {
    const text = joinImage(image);
    this.#growth.addText(text.length - field.value.length, this.change.configuredIn);
    changeText(field, text, this.change);
  }
}
