import type { Place } from './place.ts';
import type { Field, View } from './view.ts';

/** One entry of a container's `env`. */
export interface EnvironmentEntry {
  readonly name: string;
  readonly source: EntrySource;
  /** The place of the entry's name; the value has a place of its own. */
  readonly place: Place;
  readonly path: string;
}

/** Where an `env` entry takes its value from. `other` is a field of the pod, a resource limit and the like. */
export type EntrySource =
  | { readonly kind: 'literal'; readonly value: Field<string> }
  | {
      readonly kind: 'key';
      readonly objectKind: ConfigKind;
      readonly object: Field<string>;
      readonly key: Field<string>;
      readonly optional: boolean;
    }
  | { readonly kind: 'other' };

/** One entry of a container's `envFrom`: every key of an object becomes a variable. */
export interface EnvironmentImport {
  readonly objectKind: ConfigKind;
  readonly object: Field<string>;
  readonly prefix: string;
  readonly optional: boolean;
}

/** The kinds that hold settings. */
export type ConfigKind = 'ConfigMap' | 'Secret';

/** Reads a container's `env`. */
export function readEnvironmentEntries(env: View): EnvironmentEntry[] {
  return env.items().flatMap((item) => {
    const name = item.get('name').text();
    return name.value === undefined
      ? []
      : [{ name: name.value, source: readSource(item), place: name.place, path: item.path }];
  });
}

/** Reads a container's `envFrom`. */
export function readEnvFrom(envFrom: View): EnvironmentImport[] {
  return envFrom.items().flatMap((item) => {
    const [kind, reference] = item.get('configMapRef').exists
      ? (['ConfigMap', item.get('configMapRef')] as const)
      : (['Secret', item.get('secretRef')] as const);
    if (!reference.exists) return [];
    return [
      {
        objectKind: kind,
        object: reference.get('name').text(),
        prefix: item.get('prefix').text().value ?? '',
        optional: reference.get('optional').boolean().value ?? false,
      },
    ];
  });
}

function readSource(item: View): EntrySource {
  const from = item.get('valueFrom');
  if (!from.exists) return { kind: 'literal', value: item.get('value').text() };
  for (const [key, objectKind] of [
    ['configMapKeyRef', 'ConfigMap'],
    ['secretKeyRef', 'Secret'],
  ] as const) {
    const reference = from.get(key);
    if (!reference.exists) continue;
    return {
      kind: 'key',
      objectKind,
      object: reference.get('name').text(),
      key: reference.get('key').text(),
      optional: reference.get('optional').boolean().value ?? false,
    };
  }
  return { kind: 'other' };
}
