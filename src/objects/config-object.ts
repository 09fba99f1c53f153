import { Buffer } from 'node:buffer';
import type { Resource } from '../kustomize/resources/resource.ts';
import type { ConfigKind } from './env-entry.ts';
import { type KubernetesObject, readObject, sameNamespace } from './kubernetes-object.ts';
import type { Place } from './place.ts';
import { type Present, View } from './view.ts';

/**
 * A ConfigMap or Secret of the build, or one that an object of the build creates in the cluster: a SealedSecret, an
 * ExternalSecret or another object for an operator that fetches a Secret, a Secret encrypted with SOPS, or a database that
 * an operator runs.
 */
export interface ConfigObject {
  readonly kind: ConfigKind;
  /** The name by which pods refer to it. */
  readonly name: string;
  /** The names that it would have had by earlier names of its object. */
  readonly earlierNames: readonly string[];
  readonly object: KubernetesObject;
  readonly keys: ReadonlyMap<string, ConfigValue>;
  /** Whether these are all its keys; an ExternalSecret may fetch any number of them. */
  readonly allKeysKnown: boolean;
  /** Whether it is a Secret encrypted with SOPS. */
  readonly isEncrypted?: boolean;
  /** Numbers and booleans among its values; searched only on demand. */
  readonly unquoted: () => readonly View[];
  /** Texts under a Secret's `data` that are not base64; searched only on demand. */
  readonly notBase64: () => readonly Present<string>[];
}

/** One setting. */
export interface ConfigValue {
  /** Undefined if the tree does not hold it, or only encrypted. The value of a Secret is compared and never shown. */
  readonly value: string | undefined;
  readonly place: Place;
}

/** Where objects of operators that fetch a Secret hold its name; the tree does not show its keys. */
const fetchedSecrets: ReadonlyMap<string, readonly string[]> = new Map([
  ['InfisicalSecret', ['spec', 'managedSecretReference', 'secretName']],
  ['VaultStaticSecret', ['spec', 'destination', 'name']],
  ['VaultDynamicSecret', ['spec', 'destination', 'name']],
  ['OnePasswordItem', ['metadata', 'name']],
  ['DopplerSecret', ['spec', 'managedSecret', 'name']],
  ['BitwardenSecret', ['spec', 'secretName']],
]);

const configKinds: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Secret',
  'SealedSecret',
  'ExternalSecret',
  ...fetchedSecrets.keys(),
]);

/** Reads an object that holds or creates settings; undefined for any other. */
export function readConfigObject(resource: Resource): ConfigObject | undefined {
  if (!configKinds.has(resource.kind)) return undefined;
  const view = View.ofResource(resource);
  const object = readObject(resource);
  const named = (
    kind: ConfigKind,
    keys: ConfigObject['keys'],
    allKeysKnown = true,
    name = object.name.value ?? '',
  ) => ({
    kind,
    name,
    earlierNames: name === object.name.value ? object.earlierNames : [],
    object,
    keys,
    allKeysKnown,
    unquoted: () => (resource.kind === kind ? view.get(kind === 'Secret' ? 'stringData' : 'data').unquoted() : []),
    notBase64: () => {
      const isPlainSecret = resource.kind === 'Secret' && !view.get('sops').exists;
      return isPlainSecret ? [...view.get('data').textMap().values()].filter(({ value }) => !isBase64(value)) : [];
    },
  });
  switch (resource.kind) {
    case 'ConfigMap':
      return named('ConfigMap', plainValues(view.get('data')));
    case 'Secret':
      return view.get('sops').exists
        ? { ...named('Secret', hiddenValues(view.get('data'), view.get('stringData'))), isEncrypted: true }
        : named('Secret', new Map([...decodedValues(view.get('data')), ...plainValues(view.get('stringData'))]));
    case 'SealedSecret': {
      // The controller fills the template's own keys as well.
      const template = view.get('spec', 'template');
      const keys = hiddenValues(view.get('spec', 'encryptedData'));
      return named('Secret', keys, !template.get('data').exists, template.get('metadata', 'name').text().value);
    }
    case 'ExternalSecret':
      return readExternalSecret(view, named);
    default: {
      const name = view.get(...(fetchedSecrets.get(resource.kind) ?? [])).text().value;
      return name === undefined ? undefined : named('Secret', new Map(), false, name);
    }
  }
}

/** The object that a name means for pods of a namespace. */
export function findConfigObject(
  objects: readonly ConfigObject[],
  kind: ConfigKind,
  name: string,
  namespace: string | undefined,
): ConfigObject | undefined {
  return objects.find(
    (candidate) =>
      candidate.kind === kind && candidate.name === name && sameNamespace(candidate.object.namespace.value, namespace),
  );
}

/** The names of an object: as its file has it, by which kustomize recognises references to it, and as built. */
export function writtenNames({ name, earlierNames }: ConfigObject): string[] {
  return [...earlierNames.slice(0, 1), name];
}

function readExternalSecret(
  view: View,
  named: (kind: ConfigKind, keys: ConfigObject['keys'], allKeysKnown: boolean, name?: string) => ConfigObject,
): ConfigObject {
  const keys = new Map<string, ConfigValue>();
  for (const item of view.get('spec', 'data').items()) {
    const key = item.get('secretKey').text();
    if (key.value !== undefined) keys.set(key.value, { value: undefined, place: key.place });
  }
  const target = view.get('spec', 'target');
  const allKnown = !view.get('spec', 'dataFrom').exists && !target.get('template').exists;
  return named('Secret', keys, allKnown, target.get('name').text().value);
}

function plainValues(data: View): Map<string, ConfigValue> {
  return mapValues(data, ({ value }) => (value.startsWith('ENC[') ? undefined : value));
}

function decodedValues(data: View): Map<string, ConfigValue> {
  return mapValues(data, ({ value }) => (isBase64(value) ? Buffer.from(value, 'base64').toString('utf8') : undefined));
}

/** Whether the API server can decode a text: with padding, and with nothing else in it than line breaks. */
function isBase64(text: string): boolean {
  const digits = text.replace(/[\r\n]/g, '');
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
}

function hiddenValues(...maps: readonly View[]): Map<string, ConfigValue> {
  return new Map(maps.flatMap((map) => [...mapValues(map, () => undefined)]));
}

class ReadValue implements ConfigValue {
  readonly value: string | undefined;
  readonly #field: Present<string>;

  constructor(value: string | undefined, field: Present<string>) {
    this.value = value;
    this.#field = field;
  }

  get place(): Place {
    return this.#field.place;
  }
}

function mapValues(data: View, toValue: (field: Present<string>) => string | undefined): Map<string, ConfigValue> {
  const values = new Map<string, ConfigValue>();
  for (const [key, field] of data.textMap()) values.set(key, new ReadValue(toValue(field), field));
  return values;
}
