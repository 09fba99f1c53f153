import type { Related } from '../source/related.ts';
import type { Span } from '../source/span.ts';
import type { SecretPlaces } from './secret-places.ts';

/** Stands for any secret value, so that not even its length is told. */
export const mask = '********';

/** What has a message about a place, which may quote what stands there. */
interface Told {
  readonly message: string;
  readonly at: Span;
  readonly related: readonly Related[];
}

/** Takes secret values out of the message and the notes of a finding or problem that points at them. */
export function redact<T extends Told>(told: T, secrets: SecretPlaces): T {
  const places = [told.at, ...told.related.map((other) => other.at)];
  const values = new Set(places.flatMap((place) => secretsAt(place, secrets)));
  if (values.size === 0) return told;
  const hide = (text: string) => [...values].reduce((left, value) => left.replaceAll(value, mask), text);
  const related = told.related.map(({ at, note }) => ({ at, note: hide(note) }));
  return { ...told, message: hide(told.message), related };
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
