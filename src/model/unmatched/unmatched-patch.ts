import { allNames, apiGroup, describeObject, type KubernetesObject } from '../../objects/kubernetes-object.ts';
import { firstText } from '../../objects/place.ts';
import { exchangeVariables } from '../../objects/symbolic.ts';
import { isPlaceholderVersion, versionLikePart } from '../../objects/version.ts';
import type { Present } from '../../objects/view.ts';
import { isNear } from '../../text/is-near.ts';
import type { RootModel } from '../root-model.ts';
import type { PatchEntry } from './kustomization-entry.ts';

/** A patch whose target selects nothing, because one of its fields misses the object that was meant. */
export interface UnmatchedPatch extends Miss {
  readonly entry: PatchEntry;
  readonly object: KubernetesObject;
}

/** What of a target does not fit an object, although the object was meant. */
interface Miss {
  /** The fields of the target that do not fit: one, or both `group` and `version`. */
  readonly keys: readonly string[];
  /** The first of them. */
  readonly field: Present<string>;
  /** Ends the sentence about what the target asks for. */
  readonly clause: string;
  /** What to write into the field; undefined if it is best left out, with the others. */
  readonly value?: string;
}

/**
 * The patches whose target selects nothing, although a single mistake in it keeps it from an object of the build. A target
 * that could mean several objects is left out, and so is one that selects by labels or annotations.
 */
export function findUnmatchedPatches(model: RootModel): UnmatchedPatch[] {
  if (!model.completeButSettings) return [];
  return model.entries().patches.flatMap((entry) => {
    const { target } = entry;
    const name = target.get('name');
    if (entry.matched > 0 || name === undefined) return [];
    if (target.has('labelSelector') || target.has('annotationSelector')) return [];
    if (!model.complete && ['ConfigMap', 'Secret'].includes(target.get('kind')?.value ?? '')) return [];
    const meant = model.listed.flatMap((object) => findMiss(entry, name, object, model) ?? []);
    return meant.length === 1 ? meant : [];
  });
}

/** The one mistake of a target that keeps it from an object; undefined if there are none or several. */
function findMiss(
  entry: PatchEntry,
  name: Present<string>,
  object: KubernetesObject,
  model: RootModel,
): UnmatchedPatch | undefined {
  const { target } = entry;
  const verdicts = [
    judgeName(name, object, isOnlyChoice(entry, object, model)),
    judgeType(target, object),
    judgeNamespace(target.get('namespace'), object),
  ].filter((verdict) => verdict !== 'fits');
  const [miss] = verdicts;
  if (miss === undefined || miss === 'other' || verdicts.length > 1) return undefined;
  if (miss.field === name && isNamedByOther(entry, object, model)) return undefined;
  return { entry, object, ...miss };
}

/** Whether a field of a target fits an object, asks for another one, or misses it narrowly. */
type Verdict = 'fits' | 'other' | Miss;

function judgeName(field: Present<string>, object: KubernetesObject, isOnly: boolean): Verdict {
  const { value } = field;
  const names = allNames(object);
  const [written = ''] = names;
  const miss = { keys: ['name'], field, value: withoutVersion(written, '.*') };
  const withoutVariables = exchangeVariables(value, () => '.*');
  if (names.includes(value)) {
    if (withoutVariables !== value) {
      const clause = '. The name is a regular expression, in which `$` is an anchor';
      return { ...miss, clause, value: withoutVariables };
    }
    if (value === written) return 'fits';
    const clause = `. ${describeObject(object)} gets this name only after this patch; before, it is \`${written}\``;
    return { ...miss, clause, value: written };
  }
  const isMeant = names.some((name) => isNearName(value, name) || (isOnly && isLonger(value, name)));
  return isMeant ? { ...miss, clause: `; did you mean \`${written}\`?` } : 'other';
}

/**
 * Whether a patch of a Flux Kustomization, which is for this root alone, can mean no other object of its kind. A
 * component may patch what not every root has.
 */
function isOnlyChoice({ place }: PatchEntry, { kind }: KubernetesObject, { applier, listed }: RootModel): boolean {
  const isOfFlux = applier.flux.some(({ object }) => object.name.place.at.file === place.at.file);
  return isOfFlux && listed.filter((each) => each.kind === kind).length === 1;
}

/** Whether one of two names is the other with more words behind it: `orders-api` and `orders`. */
function isLonger(a: string, b: string): boolean {
  return a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
}

/** Whether a name without regular expression characters is another but for its version, or one letter in four. */
function isNearName(wanted: string, name: string): boolean {
  if (!/^[\w.-]+$/.test(wanted)) return false;
  const hasPlaceholder = name.startsWith(`${wanted}-`) && isPlaceholderVersion(name.slice(wanted.length + 1));
  return hasPlaceholder || withoutVersion(wanted) === withoutVersion(name) || isNear(wanted, name, 4);
}

/** A name with something else instead of its version, or without its version. */
function withoutVersion(name: string, instead?: string): string {
  const version = versionLikePart(name);
  if (version === undefined) return name;
  const start = name.lastIndexOf(version);
  const [head, tail] = [name.slice(0, start), name.slice(start + version.length)];
  return instead === undefined ? head.replace(/[-.]$/, '') + tail : head + instead + tail;
}

/** Judges `kind`, and `group` and `version`, which are one mistake if both are wrong. */
function judgeType(target: PatchEntry['target'], object: KubernetesObject): Verdict {
  const kind = target.get('kind');
  if (kind === undefined) return 'other';
  const version = judgeApiVersion(target, object);
  if (kind.value === object.kind) return version ?? 'fits';
  if (version !== undefined || !isNear(kind.value.toLowerCase(), object.kind.toLowerCase(), 5)) return 'other';
  return { keys: ['kind'], field: kind, clause: `; did you mean \`${object.kind}\`?`, value: object.kind };
}

function judgeApiVersion(target: PatchEntry['target'], object: KubernetesObject): Miss | undefined {
  const actual = { group: apiGroup(object), version: object.apiVersion.replace(/^.*\//, '') };
  const wrong = (['group', 'version'] as const).flatMap((key) => {
    const field = target.get(key);
    return field === undefined || field.value === actual[key] ? [] : [{ key, field }];
  });
  const [first] = wrong;
  if (first === undefined) return undefined;
  const clause = `. ${describeObject(object)} has \`apiVersion: ${object.apiVersion}\``;
  return { keys: wrong.map(({ key }) => key), field: first.field, clause };
}

function judgeNamespace(field: Present<string> | undefined, object: KubernetesObject): Verdict {
  const { value, place } = object.namespace;
  const written = place.steps[0]?.by === 'written' && value !== undefined ? firstText(place) : 'default';
  if (field === undefined || field.value === written) return 'fits';
  const clause =
    field.value === value
      ? `. ${describeObject(object)} gets this namespace only after this patch`
      : `. ${describeObject(object)} is in ${value === undefined ? 'no namespace' : `namespace \`${value}\``}`;
  return { keys: ['namespace'], field, clause };
}

/** Whether another patch of the same file names the object, so that this one is likely to mean another object. */
function isNamedByOther(entry: PatchEntry, object: KubernetesObject, { entries }: RootModel): boolean {
  return entries().patches.some(({ place, matched, target }) => {
    const wanted = target.get('name')?.value;
    return (
      matched > 0 && place.at.file === entry.place.at.file && wanted !== undefined && allNames(object).includes(wanted)
    );
  });
}
