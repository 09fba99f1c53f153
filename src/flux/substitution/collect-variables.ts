import type { BuildProblem } from '../../kustomize/problem.ts';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { readConfigObject } from '../../objects/config-object.ts';
import { findEntry, getPath, type MapEntry } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { FluxKustomization, SubstituteSource } from '../flux-kustomization.ts';
import { isVariableName, type Variable, type Variables, withoutNewlines } from './variables.ts';

/** Variables that the user provides in addition to the tree; `undefined` if only the name is known. */
export type GivenVariables = ReadonlyMap<string, string | undefined>;

/** Finds a ConfigMap or Secret in the tree, or the object that becomes it in the cluster. */
export type FindConfigObject = (kind: string, name: string, namespace: string | undefined) => Resource | undefined;

/** The variables of a Flux Kustomization, and the problems with them. */
export interface CollectedVariables {
  readonly variables: Variables;
  /** Variables that Flux would refuse. */
  readonly errors: readonly BuildProblem[];
  /** Sources that are not in the tree. */
  readonly remarks: readonly BuildProblem[];
}

/**
 * Collects variables as Flux does: from the sources of `postBuild.substituteFrom` in order, where later ones win, then
 * from `postBuild.substitute`, which wins over all of them. The user's variables only provide values that are still
 * unknown.
 */
export function collectVariables(
  kustomization: FluxKustomization,
  find: FindConfigObject,
  given: GivenVariables,
): CollectedVariables {
  const byName = new Map<string, Variable>();
  const openSources: string[] = [];
  const remarks: BuildProblem[] = [];
  for (const source of kustomization.substituteFrom) {
    const phrase = describe(source);
    const resource = find(source.kind, source.name.value ?? '', kustomization.object.namespace.value);
    const object = resource && readConfigObject(resource);
    if (object === undefined && !source.optional) remarks.push(reportAbsent(source, phrase));
    if (!object?.allKeysKnown) openSources.push(phrase);
    for (const [name, { value }] of object?.keys ?? []) {
      byName.set(name, readVariable({ name, value, setBy: phrase }, resource, dataPlaces));
    }
  }
  for (const [name, { value }] of kustomization.substitute) {
    const variable = { name, value, setBy: '`postBuild.substitute`' };
    byName.set(name, readVariable(variable, kustomization.resource, [['spec', 'postBuild', 'substitute']]));
  }
  for (const [name, value] of given) {
    const before = byName.get(name);
    if (before?.value !== undefined) continue;
    byName.set(name, { name, value, origin: before?.origin, namedAt: before?.namedAt, setBy: 'the settings' });
  }
  return { variables: { byName, openSources }, errors: refuseNames(byName, kustomization), remarks };
}

function describe({ kind, name }: SubstituteSource): string {
  return `${kind} \`${name.value ?? ''}\``;
}

/** The paths of the maps in an object that may hold its variables. */
type Places = readonly (readonly string[])[];

const dataPlaces: Places = [['data'], ['stringData'], ['spec', 'encryptedData']];

/** A variable with the locations of its name and value in the object that sets it. */
function readVariable(
  { name, value, setBy }: Pick<Variable, 'name' | 'value' | 'setBy'>,
  object: Resource | undefined,
  places: Places,
): Variable {
  const entry = object && findKey(object, places, name);
  return {
    name,
    value: value === undefined ? undefined : withoutNewlines(value),
    origin: entry?.value.origin,
    namedAt: entry && originSpan(entry.key.origin),
    setBy,
  };
}

function findKey({ node }: Resource, places: Places, name: string): MapEntry | undefined {
  const maps = places.map((place) => getPath(node, place));
  return maps
    .map((map) => (map?.kind === 'map' ? findEntry(map, name) : undefined))
    .find((entry) => entry !== undefined);
}

function reportAbsent(source: SubstituteSource, phrase: string): BuildProblem {
  return {
    kind: 'incomplete',
    message:
      `${phrase} is not in the given tree, so the values of its variables are not known; they are compared as they are ` +
      'written. Give the folder that has it too, say the values with `--var NAME=VALUE`, or set `optional: true` if it may be absent',
    at: source.name.place.at,
    related: [],
  };
}

/** The errors for invalid names; a single one stops the whole Kustomization. */
function refuseNames(
  byName: ReadonlyMap<string, Variable>,
  { substituteFrom, object }: FluxKustomization,
): BuildProblem[] {
  const wrong = [...byName.values()].filter(({ name }) => !isVariableName(name));
  return wrong.map(({ name, namedAt, setBy }) => ({
    kind: 'error',
    message:
      `\`${name}\` of ${setBy} cannot be the name of a variable, and Flux refuses the whole Kustomization for it; a name ` +
      'has letters, digits and `_` only and does not start with a digit',
    at: namedAt ?? object.name.place.at,
    related: substituteFrom
      .filter((source) => describe(source) === setBy)
      .map(({ name: { place } }) => ({ at: place.at, note: 'its variables are asked for here' })),
  }));
}
