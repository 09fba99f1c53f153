import { spanText } from '../objects/place.ts';
import type { Field, Present, View } from '../objects/view.ts';
import type { Span } from '../source/span.ts';
import type { Change } from './fix.ts';

/** The null in a patch that removed a field itself; undefined if a directive, a JSON patch or the null of a map did. */
export function removingNull({ value, removal, missing = [] }: Field<unknown>): Span | undefined {
  if (value !== undefined || removal === undefined || missing.length !== 1) return undefined;
  return /^(?:null|~)$/i.test(spanText(removal.at)) ? removal.at : undefined;
}

/** Sets a field, replacing its value, or the null by which a patch removes it, or adding the key. */
export function setField(field: Field<string | number | boolean>, value: string | number | boolean): Change {
  const { at } = field.place;
  const nothing = removingNull(field);
  if (nothing) return { kind: 'set', at: nothing, from: spanText(nothing), to: value };
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
