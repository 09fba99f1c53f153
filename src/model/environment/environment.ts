import { type ConfigObject, type ConfigValue, findConfigObject } from '../../objects/config-object.ts';
import type { ConfigKind, EnvironmentEntry, EnvironmentImport } from '../../objects/env-entry.ts';
import type { Place } from '../../objects/place.ts';
import type { Field } from '../../objects/view.ts';
import type { Container, Workload } from '../../objects/workload.ts';

/** The variables that a container starts with, as far as they are in the tree. */
export interface Environment {
  readonly variables: ReadonlyMap<string, Variable>;
  /** `envFrom` entries whose object, or some of its keys, is not in the tree. */
  readonly unknownImports: readonly EnvironmentImport[];
  /** The namespace of its pod, in which short host names are resolved. */
  readonly namespace: string | undefined;
}

/** One variable with its effective source: `env` wins over `envFrom`, a later `envFrom` over an earlier. */
export interface Variable {
  readonly name: string;
  /** Undefined if it is not in the tree. */
  readonly value: string | undefined;
  /** Whether the value comes from a Secret, at least in part: never show it. */
  readonly secret: boolean;
  readonly source: VariableSource;
  /** Where the container sets it: the `env` entry's value or reference, or the `envFrom` entry's object name. */
  readonly place: Place;
  readonly path: string;
  /** The entry of a ConfigMap or Secret that holds the value, if any. */
  readonly setting: ConfigValue | undefined;
  /** The key in the `env` entry that names one. */
  readonly keyField?: Field<string>;
  /** The `prefix` of the `envFrom` entry that brings it, if there is one. */
  readonly prefix?: string;
  /** The variables that its value is built from: `DB_HOST` of `postgres://$(DB_HOST)/shop`. */
  readonly parts: readonly string[];
}

/** Where a variable comes from. `object`: a key of a ConfigMap or Secret. `other`: a field of the pod. */
export type VariableSource =
  | { readonly kind: 'literal' }
  | { readonly kind: 'object'; readonly objectKind: ConfigKind; readonly object: string; readonly key: string }
  | { readonly kind: 'other' };

/** Determines the environment of a workload's container. Several rules ask for it, so the last answer for a container is kept. */
export function readEnvironment(
  container: Container,
  { object }: Pick<Workload, 'object'>,
  objects: readonly ConfigObject[],
): Environment {
  const namespace = object.namespace.value;
  const last = lastRead.get(container);
  if (last?.objects === objects && last.environment.namespace === namespace) return last.environment;
  const environment = gatherVariables(container, objects, namespace);
  lastRead.set(container, { objects, environment });
  return environment;
}

const lastRead = new WeakMap<
  Container,
  { readonly objects: readonly ConfigObject[]; readonly environment: Environment }
>();

function gatherVariables(
  container: Container,
  objects: readonly ConfigObject[],
  namespace: string | undefined,
): Environment {
  const variables = new Map<string, Variable>();
  const unknownImports: EnvironmentImport[] = [];
  for (const entry of container.envFrom) {
    const object = findConfigObject(objects, entry.objectKind, entry.object.value ?? '', namespace);
    if (!object?.allKeysKnown) unknownImports.push(entry);
    if (object) for (const variable of importedVariables(entry, object)) variables.set(variable.name, variable);
  }
  for (const entry of container.env) {
    const variable = entryVariable(entry, objects, namespace, variables);
    if (variable) variables.set(entry.name, variable);
  }
  return { variables, unknownImports, namespace };
}

/** Where to change the value of a variable. */
export function settingPlace({ setting, place }: Variable): Place {
  return setting?.place ?? place;
}

/** Whether two variables come from keys of one ConfigMap or Secret. */
export function comeFromOneObject({ source: a }: Variable, { source: b }: Variable): boolean {
  return a.kind === 'object' && b.kind === 'object' && a.objectKind === b.objectKind && a.object === b.object;
}

/** Whether two variables are the same key of the same object, under whatever names. */
export function areSameKey(a: Variable, b: Variable): boolean {
  return comeFromOneObject(a, b) && keyOf(a) === keyOf(b);
}

/** The key of the ConfigMap or Secret that a variable comes from; empty if it comes from none. */
export function keyOf({ source }: Variable): string {
  return source.kind === 'object' ? source.key : '';
}

/** A source in a sentence: ``key `url` of Secret `db` ``. */
export function describeSource(source: VariableSource): string {
  switch (source.kind) {
    case 'literal':
      return 'a value of its own';
    case 'object':
      return `key \`${source.key}\` of ${source.objectKind} \`${source.object}\``;
    case 'other':
      return 'a field of the pod';
  }
}

function importedVariables(entry: EnvironmentImport, object: ConfigObject): Variable[] {
  return [...object.keys].map(([key, setting]) => new ImportedVariable(entry, object.name, key, setting));
}

/** Its path and place are determined only on demand: few variables are part of a finding. */
class ImportedVariable implements Variable {
  readonly name: string;
  readonly value: string | undefined;
  readonly secret: boolean;
  readonly source: VariableSource;
  readonly setting: ConfigValue;
  readonly prefix: string;
  readonly parts: readonly string[] = [];
  readonly #entry: EnvironmentImport;

  constructor(entry: EnvironmentImport, object: string, key: string, setting: ConfigValue) {
    this.name = entry.prefix + key;
    this.prefix = entry.prefix;
    this.value = setting.value;
    this.secret = entry.objectKind === 'Secret';
    this.source = { kind: 'object', objectKind: entry.objectKind, object, key };
    this.setting = setting;
    this.#entry = entry;
  }

  get place(): Place {
    return this.#entry.object.place;
  }

  get path(): string {
    return this.#entry.object.path;
  }
}

function entryVariable(
  entry: EnvironmentEntry,
  objects: readonly ConfigObject[],
  namespace: string | undefined,
  earlier: ReadonlyMap<string, Variable>,
): Variable | undefined {
  const { name, path, place, source } = entry;
  const unknown = { name, path, place, value: undefined, secret: false, setting: undefined, parts: [] };
  switch (source.kind) {
    case 'literal': {
      const { value: text = '', place: textPlace } = source.value;
      return {
        ...unknown,
        ...expandReferences(text, earlier),
        source: { kind: 'literal' },
        place: source.value.value === undefined ? place : textPlace,
        parts: referencesIn(text),
      };
    }
    case 'key': {
      const [objectName, key] = [source.object.value ?? '', source.key.value ?? ''];
      const object = findConfigObject(objects, source.objectKind, objectName, namespace);
      const found = object?.keys.get(key);
      if (found === undefined && source.optional && object?.allKeysKnown) return undefined;
      return {
        ...unknown,
        value: found?.value,
        secret: source.objectKind === 'Secret',
        source: { kind: 'object', objectKind: source.objectKind, object: objectName, key },
        place: source.object.place,
        keyField: source.key,
        setting: found,
      };
    }
    case 'other':
      return { ...unknown, source: { kind: 'other' } };
  }
}

/** Kubernetes expands `$(NAME)` from the variables before it, and leaves unknown ones as written. */
function expandReferences(text: string, earlier: ReadonlyMap<string, Variable>): { value: string; secret: boolean } {
  let secret = false;
  const value = text.replace(reference, (whole, dollar: string, name: string) => {
    const variable = earlier.get(name);
    if (dollar !== '' || variable === undefined) return whole;
    secret ||= variable.secret;
    return variable.value ?? whole;
  });
  return { value, secret };
}

/** The names in the `$(NAME)` of a value; `$$(NAME)` is an escape. */
export function referencesIn(text: string): string[] {
  return [...text.matchAll(reference)].flatMap(([, dollar, name = '']) => (dollar === '' ? [name] : []));
}

const reference = /(\$?)\$\(([\w.-]+)\)/g;
