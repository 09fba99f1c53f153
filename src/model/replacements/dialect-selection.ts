import { oncePerText } from '../../collections/once.ts';
import type { BuiltRoot } from '../../kustomize/built-root.ts';
import { type Dialect, dialects } from '../../kustomize/dialect.ts';
import { BuildError, type BuildProblem } from '../../kustomize/problem.ts';
import { NamedObjects } from '../../kustomize/replacements/named-objects.ts';
import type { TargetTrace } from '../../kustomize/replacements/replacement-trace.ts';
import { selectTargets } from '../../kustomize/replacements/select-targets.ts';
import { Resource } from '../../kustomize/resources/resource.ts';
import { type KubernetesObject, readObject, writtenName } from '../../objects/kubernetes-object.ts';
import type { Place } from '../../objects/place.ts';
import { type Present, View } from '../../objects/view.ts';
import { originSpan } from '../../source/origin.ts';
import { sameSpan } from '../../source/span.ts';

/** A character with a special meaning in regular expressions. */
export const regexCharacter = /[$^.*+?()[\]{}|\\]/;

/** A replacement target that selects different objects under the two kustomize versions. */
export interface DialectSelection {
  /** The key `select`. */
  readonly place: Place;
  readonly select: ReadonlyMap<string, Present<string>>;
  /** The other kustomize version, whose selection differs. */
  readonly other: Dialect;
  /** What only this build's kustomize selects, and what only the other one selects. */
  readonly lost: readonly KubernetesObject[];
  readonly gained: readonly KubernetesObject[];
  /** Why the other one refuses to build: what 5.7 takes as exact text may be an invalid regular expression for 5.8. */
  readonly refusal: BuildProblem | undefined;
}

/**
 * The targets that select something here and something else under the other kustomize version: 5.7 compares exact
 * texts, 5.8 matches regular expressions. Targets without regular expression characters select the same and are not
 * tried.
 */
export function findDialectSelections(root: BuiltRoot, dialect: Dialect): DialectSelection[] {
  const other = dialects.find((each) => each !== dialect);
  const reachedFrom = oncePerText((file) => findReached(root, file));
  const found: DialectSelection[] = [];
  for (const trace of root.replacements.flatMap(({ targets }) => targets)) {
    const selection = other && compare(trace, other, reachedFrom);
    if (selection && !found.some(({ place }) => sameSpan(place.at, selection.place.at))) found.push(selection);
  }
  return found;
}

function compare(
  { target, selected }: TargetTrace,
  other: Dialect,
  reachedFrom: (file: string) => Reached,
): DialectSelection | undefined {
  const view = View.ofNode(target);
  const patterns = [view.get('select'), ...view.get('reject').items()].flatMap((each) => [...each.textMap().values()]);
  if (selected.length === 0 || !patterns.some(({ value }) => regexCharacter.test(value))) return undefined;
  const { selected: selectedThen, refusal } = select(reachedFrom(originSpan(target.origin).file.path), target, other);
  const names = new Set(selected.map(keyOf));
  const namesThen = new Set(selectedThen.map(keyOf));
  const lost = selected.filter((resource) => !namesThen.has(keyOf(resource))).map((each) => readObject(each));
  const gained = selectedThen.filter((resource) => !names.has(keyOf(resource))).map((each) => readObject(each));
  if (lost.length + gained.length === 0) return undefined;
  return { place: view.get('select').keyPlace, select: view.get('select').textMap(), other, lost, gained, refusal };
}

/** The objects that the replacements of one file see: copies under the names in the files, and the originals. */
interface Reached {
  readonly objects: NamedObjects;
  readonly originals: ReadonlyMap<Resource, Resource>;
}

/** A kustomization's replacements see what it lists itself; those of a component see all objects. */
function findReached({ listed }: BuiltRoot, file: string): Reached {
  const own = listed.filter(({ listedIn }) => listedIn.some((span) => span.file.path === file));
  const originals = new Map((own.length > 0 ? own : listed).map((resource) => [withWrittenName(resource), resource]));
  return { objects: new NamedObjects(originals.keys()), originals };
}

interface Selection {
  readonly selected: readonly Resource[];
  readonly refusal: BuildProblem | undefined;
}

function select({ objects, originals }: Reached, target: TargetTrace['target'], dialect: Dialect): Selection {
  try {
    const found = selectTargets(objects, target, { dialect });
    return { selected: found.flatMap((copy) => originals.get(copy) ?? []), refusal: undefined };
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return { selected: [], refusal: error.problem };
  }
}

/** A copy that also has the name in its file as an earlier id, which a replacement of `metadata.name` does not record. */
function withWrittenName(resource: Resource): Resource {
  const copy = new Resource(resource.node);
  copy.previousIds.push(...resource.previousIds, { ...resource.id, name: writtenName(readObject(resource)) });
  return copy;
}

/** Identifies an object by its original id, which several copies of a base in one root share. */
function keyOf({ originalId: { group, kind, namespace, name } }: Resource): string {
  return [group, kind, namespace, name].join('\0');
}
