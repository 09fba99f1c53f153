import type { BuiltRoot } from '../../kustomize/built-root.ts';
import type { EntryTrace } from '../../kustomize/session/entry-trace.ts';
import type { Place } from '../../objects/place.ts';
import { type Field, type Present, View } from '../../objects/view.ts';
import { spanKey } from '../../source/span.ts';

/** An entry of a kustomization's list, and how much it found to change. */
interface KustomizationEntry {
  readonly place: Place;
  /** Summed over all times that the build applied it; kustomize does not report 0. */
  readonly matched: number;
}

/** An entry of `patches` or `patchesJson6902` with a `target`. */
export interface PatchEntry extends KustomizationEntry {
  /** The fields of its `target`: `kind`, `name`, `namespace`, … */
  readonly target: ReadonlyMap<string, Present<string>>;
}

/** An entry of `images`. */
export interface ImageEntry extends KustomizationEntry {
  readonly name: Field<string>;
  /** What it sets: those of `newName`, `newTag`, `tagSuffix` and `digest` that have a text. */
  readonly sets: readonly string[];
  readonly newName: Field<string>;
  readonly newTag: Field<string>;
}

/** The entries that a root's build applied, each once, even if its base or component was built several times. */
export interface KustomizationEntries {
  readonly patches: readonly PatchEntry[];
  readonly images: readonly ImageEntry[];
}

/** Reads the entries of a root and of the kustomizations that it includes. */
export function readKustomizationEntries({ entries }: BuiltRoot): KustomizationEntries {
  const patches = entries.filter(({ field }) => field !== 'images');
  const images = entries.filter(({ field }) => field === 'images');
  return { patches: joinSame(patches).map(readPatchEntry), images: joinSame(images).map(readImageEntry) };
}

function readPatchEntry({ view, matched }: Counted): PatchEntry {
  const target = view.get('target');
  return { place: target.keyPlace, matched, target: target.textMap() };
}

function readImageEntry({ view, matched }: Counted): ImageEntry {
  const name = view.get('name').text();
  const fields = ['newName', 'newTag', 'tagSuffix', 'digest'];
  return {
    place: name.place,
    matched,
    name,
    sets: fields.filter((field) => view.get(field).text().value),
    newName: view.get('newName').text(),
    newTag: view.get('newTag').text(),
  };
}

interface Counted {
  readonly view: View;
  readonly matched: number;
}

/** Adds up what the same entry matched each time that it was applied. */
function joinSame(traces: readonly EntryTrace[]): Counted[] {
  const counted = new Map<string, Counted>();
  for (const { entry, matched } of traces) {
    const view = View.ofNode(entry);
    const where = spanKey(view.place.at);
    counted.set(where, { view, matched: matched + (counted.get(where)?.matched ?? 0) });
  }
  return [...counted.values()];
}
