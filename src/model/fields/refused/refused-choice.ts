import { lastSetter } from '../../../objects/place.ts';
import type { View } from '../../../objects/view.ts';
import { joinWords } from '../../../text/join-words.ts';
import type { RefusedField } from './refused-field.ts';

/** Refuses a value that has more than one of some fields. */
export function refusedChoice(
  value: View,
  keys: ReadonlySet<string>,
  describe: (names: string) => string = (names) => `has ${names} in \`${value.path}\`, of which Kubernetes takes one`,
): RefusedField[] {
  const named = value.keys().filter((key) => keys.has(key));
  // Hardly any value names two.
  const given = named.length < 2 ? [] : named.filter((key) => value.get(key).exists);
  if (given.length < 2) return [];
  const later = given.find((key) => isFromPatch(value.get(key))) ?? given.at(-1) ?? '';
  const earlier = given.find((key) => key !== later) ?? '';
  const what = describe(joinWords(given.map((key) => `\`${key}\``)));
  return [{ view: value.get(later), what, hint: removal(value, later, earlier) }];
}

/** How to remove an earlier field of a value that does not go together with a later one. */
export function removal(value: View, later: string, earlier: string): string {
  // Patches may have set both.
  switch (isFromPatch(value.get(earlier)) ? undefined : patchOf(value.get(later))) {
    case 'strategic merge patch':
      return `Set \`${earlier}: null\` in the patch as well: it is merged with what is there.`;
    case 'json patch':
      return `Remove \`${earlier}\` in the patch as well.`;
    case undefined:
      return 'Remove one of them.';
  }
}

/** Whether a patch set a field last. */
export function isFromPatch(view: View): boolean {
  return patchOf(view) !== undefined;
}

function patchOf(view: View): 'strategic merge patch' | 'json patch' | undefined {
  const by = lastSetter(view.exists ? view.keyPlace : view.place)?.by;
  return by === 'strategic merge patch' || by === 'json patch' ? by : undefined;
}
