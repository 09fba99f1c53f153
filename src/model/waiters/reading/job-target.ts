import { type Field, type Present, withText } from '../../../objects/view.ts';

/** What a waiter waits for: Jobs by name, or every Job that a label selector matches. */
export type JobTarget =
  | { readonly kind: 'name'; readonly name: Present<string> }
  | {
      readonly kind: 'selector';
      readonly selector: Present<string>;
      readonly labels: ReadonlyMap<string, string> | undefined;
    };

/** A target by name. `holder` is the value that contains the name. */
export function nameTarget(name: string, holder: Field<string>): JobTarget {
  return { kind: 'name', name: withText(holder, name) };
}

/** A target by label selector. A selector with anything but equalities is kept only as text. */
export function selectorTarget(selector: string, holder: Field<string>): JobTarget {
  const labels = new Map<string, string>();
  let readable = selector !== '';
  for (const part of selector.split(',')) {
    const match = /^([^=!\s]+)\s*==?\s*([^=!\s]*)$/.exec(part.trim());
    if (match?.[1] === undefined) readable = false;
    else labels.set(match[1], match[2] ?? '');
  }
  return { kind: 'selector', selector: withText(holder, selector), labels: readable ? labels : undefined };
}
