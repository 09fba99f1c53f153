import { spanText } from '../objects/place.ts';
import type { Field, Present, View } from '../objects/view.ts';
import type { Change } from './fix.ts';

/** Sets a field, replacing its value, or the null by which a patch removes it, or adding the key. */
export function setField(field: Field<string | number | boolean>, value: string | number | boolean): Change {
  const { at } = field.place;
  const removal = field.value === undefined ? field.removal?.at : undefined;
  const nothing = removal && spanText(removal);
  if (removal && (nothing === 'null' || nothing === '~')) return { kind: 'set', at: removal, from: nothing, to: value };
  return field.value === undefined
    ? { kind: 'write', in: at, path: field.missing ?? [], value }
    : { kind: 'set', at, from: String(field.value), to: value };
}

/** Gives a field another name, also where the path of a JSON patch names it. */
export function renameField(field: View, from: string, to: string): Change {
  return { kind: 'replace', at: field.keyPlace.at, from, to };
}

/** Replaces a word that is a field of its own, or that a script holds once. */
export function setWord(word: Present<string>, value: string): Change {
  return { kind: 'replace', at: word.place.at, from: word.value, to: value };
}
