import type { BuiltRoot } from '../../kustomize/built-root.ts';
import { isItemStep, splitFieldPath, splitItemStep } from '../../kustomize/replacements/field-path.ts';
import { type FieldOptions, readFieldOptions } from '../../kustomize/replacements/read-replacement.ts';
import type { TargetTrace, WriteTrace } from '../../kustomize/replacements/replacement-trace.ts';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { type KubernetesObject, readObject } from '../../objects/kubernetes-object.ts';
import { type Place, type PlaceStep, placeOf, writtenText } from '../../objects/place.ts';
import type { Present } from '../../objects/view.ts';
import { View } from '../../objects/view.ts';
import { findEntry, type MapNode, type Node } from '../../source/node.ts';
import { type Origin, originChain, originSpan } from '../../source/origin.ts';
import { type Span, sameSpan } from '../../source/span.ts';

/** What one path of a replacement's target wrote into one object. */
export interface ReplacementWrite {
  readonly object: KubernetesObject;
  /** The path as the target has it; `metadata.name` if it has none. */
  readonly path: string;
  /** Where the path is written; the target's `select` if there is none. */
  readonly place: Place;
  /** The key `targets` of the replacement. */
  readonly targetsPlace: Place;
  /** The value that was written, if it is a scalar. */
  readonly value: string | undefined;
  readonly valueAt: Span;
  /** How the text was split; undefined if it was replaced as a whole. */
  readonly part: { readonly delimiter: string; readonly index: number; readonly at: Span } | undefined;
  /** The texts at the path, as the files have them, except those that another step had changed before. */
  readonly before: readonly { readonly text: string; readonly at: Span }[];
  /** Names of the items that a step `[name=x]` took though they are not called `x`. */
  readonly extraItems: readonly ExtraItem[];
}

/** An item of a list whose name only contains what a path asks for. */
export interface ExtraItem {
  /** The step of the path: `[name=app]`. */
  readonly step: string;
  readonly wanted: string;
  readonly name: Present<string>;
}

/** Every write of every replacement that the build applied, in its order. */
export function readReplacementWrites(root: BuiltRoot): ReplacementWrite[] {
  return root.replacements.flatMap(({ replacement, value, targets }) =>
    targets.flatMap((target) => target.writes.map((write) => readWrite(replacement, value, target, write))),
  );
}

/** The write that corresponds to a replacement step in a value's history. */
export function findWrite(
  writes: readonly ReplacementWrite[],
  step: PlaceStep | undefined,
): ReplacementWrite | undefined {
  return step && writes.find(({ place }) => sameSpan(place.at, step.at));
}

function readWrite(
  replacement: MapNode,
  value: Node,
  { target }: TargetTrace,
  { resource, fieldPath, fields }: WriteTrace,
): ReplacementWrite {
  const options = readFieldOptions(target);
  const path = fieldPath?.value ?? 'metadata.name';
  const place = fieldPath === undefined ? View.ofNode(target).get('select').keyPlace : placeOf(fieldPath.origin);
  return {
    object: readObject(resource),
    path,
    place,
    get targetsPlace() {
      return View.ofNode(replacement).get('targets').keyPlace;
    },
    value: value.kind === 'scalar' ? value.value : undefined,
    valueAt: placeOf(value.origin).at,
    part: readPart(target, options),
    before: fields.flatMap((field) => textBefore(field.origin, place.at) ?? []),
    extraItems: fields.length > 1 ? findExtraItems(resource, splitFieldPath(path)) : [],
  };
}

function readPart(target: MapNode, { delimiter, index, at }: FieldOptions): ReplacementWrite['part'] {
  return delimiter === '' ? undefined : { delimiter, index, at: originSpan(at ?? target.origin) };
}

/** The text in a file that this replacement changed; undefined if other steps had changed it before. */
function textBefore(origin: Origin, by: Span): { text: string; at: Span } | undefined {
  for (const step of originChain(origin)) {
    if (step.kind !== 'transformed' || step.by !== 'replacement' || !sameSpan(step.configuredIn, by)) continue;
    return step.input?.kind === 'source' ? { text: writtenText(step.input), at: originSpan(step.input) } : undefined;
  }
  return undefined;
}

/** kustomize looks for the value of `[name=x]` anywhere in an item's name (kustomize#5029). */
function findExtraItems(resource: Resource, steps: readonly string[]): ExtraItem[] {
  const found: ExtraItem[] = [];
  const follow = (node: Node | undefined, at: number): void => {
    const step = steps[at];
    if (step === undefined || node === undefined) return;
    if (node.kind === 'map') follow(findEntry(node, step)?.value, at + 1);
    if (node.kind !== 'sequence') return;
    for (const [index, item] of node.items.entries()) {
      if (!isItemStep(step)) {
        if (step === '*' || step === String(index)) follow(item, at + 1);
      } else if (matches(item, step, found)) follow(item, at + 1);
    }
  };
  follow(resource.node, 0);
  return found;
}

function matches(item: Node, step: string, extraItems: ExtraItem[]): boolean {
  const wanted = splitItemStep(step);
  if (wanted === undefined || wanted.key === '' || item.kind !== 'map') return false;
  const { value, path, place } = View.ofNode(item).get(wanted.key).text();
  if (value === undefined || !value.includes(wanted.value)) return false;
  // The value of another key may be a secret, and a partial match of it may be intended.
  if (value !== wanted.value && wanted.key === 'name')
    extraItems.push({ step, wanted: wanted.value, name: { value, path, place } });
  return true;
}
