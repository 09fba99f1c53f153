import { getField, getText, type MapEntry, type MapNode, type Node } from '../../source/node.ts';

/** What a generator's own `options:` and the kustomization's `generatorOptions:` say together. */
export interface GeneratorOptions {
  readonly labels: readonly MapEntry[];
  readonly annotations: readonly MapEntry[];
  readonly disableNameSuffixHash: boolean;
  /** The `true` that asks for it. */
  readonly immutable: Node | undefined;
}

/** Puts both together: of a label or annotation in both the generator's own counts, a switch that is on in one is on. */
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
