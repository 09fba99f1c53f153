import type { Part, Release } from './release.ts';

/** A mistake in a release, put in where `‹rule›` then stands in the text. */
export interface Fault {
  readonly title: string;
  /** The part, what stands once in its text, and what stands there instead. */
  readonly edits: readonly Edit[];
  /** What it changes is written over where something else in the tree writes the version. */
  readonly isVersion?: true;
}

export type Edit = readonly [part: Part, from: string | RegExp, to: string];

/** A mistake in one place. */
export function fault(title: string, ...edit: Edit): Fault {
  return { title, edits: [edit] };
}

/** A mistake that is seen elsewhere, or put together of several changes. */
export function faults(title: string, ...edits: readonly Edit[]): Fault {
  return { title, edits };
}

/** The whole text of a part, for an edit that leaves the part out. */
export const whole = /^[\s\S]+$/;

/** A release with a mistake put in. */
export function putIn(release: Release, { title, edits }: Fault): Release {
  const faulty = new Map(release);
  for (const [part, from, to] of edits) {
    const text = faulty.get(part) ?? '';
    const count = typeof from === 'string' ? text.split(from).length - 1 : Number(from.test(text));
    if (count !== 1) throw new Error(`${title}: ${part} holds ${from} ${count} times`);
    faulty.set(
      part,
      text.replace(from, () => to),
    );
  }
  return faulty;
}
