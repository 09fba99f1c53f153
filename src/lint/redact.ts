import { dropUndefined } from '../drop-undefined.ts';
import type { Related } from '../source/related.ts';
import type { Span } from '../source/span.ts';
import { mask } from './mask.ts';
import { hidePasswords } from './passwords.ts';
import type { SecretPlaces } from './secret-places.ts';

/** What has a message about a place, which may quote what stands there, and more that may quote what stands elsewhere. */
interface Told {
  readonly message: string;
  readonly at: Span;
  readonly related: readonly Related[];
  readonly hint?: string;
  readonly reasons?: readonly string[];
}

/** Takes secret values out of all that a finding or problem says: those where it points at, and passwords wherever they stand. */
export function redact<T extends Told>(told: T, secrets: SecretPlaces): T {
  const places = [told.at, ...told.related.map((other) => other.at)];
  const values = new Set(places.flatMap((place) => secretsAt(place, secrets)));
  const hide = (text: string): string =>
    hidePasswords([...values].reduce((left, value) => left.replaceAll(value, mask), text));
  return {
    ...told,
    message: hide(told.message),
    related: told.related.map(({ at, note }) => ({ at, note: hide(note) })),
    ...dropUndefined({ hint: told.hint && hide(told.hint), reasons: told.reasons?.map(hide) }),
  };
}

/** The secrets that a place touches, the longest first, as written and without quotes around them. */
function secretsAt({ file, start, end }: Span, secrets: SecretPlaces): string[] {
  return secrets
    .within(file)
    .filter((range) => range.start < end && start < range.end)
    .map((range) => file.text.slice(range.start, range.end).trim())
    .flatMap((text) => [text, text.replace(/^(["'])(.*)\1$/s, '$2')])
    .filter((text) => text !== '')
    .sort((a, b) => b.length - a.length);
}
