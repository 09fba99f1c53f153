import { getField, getText, type MapEntry, type MapNode, type Node } from '../../source/node.ts';

/** A generator's own `options:` merged with the kustomization's `generatorOptions:`. */
export interface GeneratorOptions {
  readonly labels: readonly MapEntry[];
  readonly annotations: readonly MapEntry[];
  readonly disableNameSuffixHash: boolean;
  /** The `true` that sets it. */
  readonly immutable: Node | undefined;
}

/** Merges both: the generator's own labels and annotations win, and a switch is on if either turns it on. */
export function mergeGeneratorOptions(own: Node | undefined, shared: Node | undefined): GeneratorOptions {
  const isOn = (options: Node | undefined, name: string): boolean => getText(options, [name]) === 'true';
  const immutable = [own, shared].find((options) => isOn(options, 'immutable'));
  return {
    labels: mergeEntries(own, shared, 'labels'),
    annotations: mergeEntries(own, shared, 'annotations'),
    disableNameSuffixHash: [own, shared].some((options) => isOn(options, 'disableNameSuffixHash')),
    immutable: immutable?.kind === 'map' ? getField(immutable, 'immutable') : undefined,
  };
}

function mergeEntries(own: Node | undefined, shared: Node | undefined, name: string): MapEntry[] {
  const entries = new Map<string, MapEntry>();
  for (const entry of [...entriesOf(shared, name), ...entriesOf(own, name)]) entries.set(entry.key.value, entry);
  return [...entries.values()];
}

function entriesOf(options: Node | undefined, name: string): MapNode['entries'] {
  const map = options?.kind === 'map' ? getField(options, name) : undefined;
  return map?.kind === 'map' ? map.entries : [];
}
