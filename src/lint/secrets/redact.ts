import { dropUndefined } from '../../collections/drop-undefined.ts';
import type { Related } from '../../source/related.ts';
import type { Span } from '../../source/span.ts';
import { mask } from './mask.ts';
import { hidePasswords } from './passwords.ts';
import { type SecretPlaces, secretsTouching } from './secret-places.ts';

/** A finding or problem. Its texts may quote the places it points to. */
interface Reported {
  readonly message: string;
  readonly at: Span;
  readonly related: readonly Related[];
  readonly hint?: string;
  readonly reasons?: readonly string[];
}

/** Masks secrets in all texts of a finding or problem: those at the places it points to, and passwords. */
export function redact<T extends Reported>(reported: T, secrets: SecretPlaces): T {
  const places = [reported.at, ...reported.related.map((other) => other.at)];
  const values = new Set(places.flatMap((place) => secretTexts(place, secrets)));
  const hide = (text: string): string =>
    hidePasswords([...values].reduce((left, value) => left.replaceAll(value, mask), text));
  return {
    ...reported,
    message: hide(reported.message),
    related: reported.related.map(({ at, note }) => ({ at, note: hide(note) })),
    ...dropUndefined({ hint: reported.hint && hide(reported.hint), reasons: reported.reasons?.map(hide) }),
  };
}

/** The secrets that a place touches, longest first, as written and without quotes around them. */
function secretTexts(place: Span, secrets: SecretPlaces): string[] {
  return secretsTouching(place, secrets)
    .map((range) => place.file.text.slice(range.start, range.end).trim())
    .flatMap((text) => [text, text.replace(/^(["'])(.*)\1$/s, '$2')])
    .filter((text) => text !== '')
    .sort((a, b) => b.length - a.length);
}
