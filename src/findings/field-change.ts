import type { Field, Present, View } from '../objects/view.ts';
import type { Change } from './fix.ts';

/** Sets a field, replacing its value or adding the key. */
export function setField(field: Field<string | number | boolean>, value: string | number | boolean): Change {
  const { at } = field.place;
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
