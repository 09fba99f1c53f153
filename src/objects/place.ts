import { once } from '../collections/once.ts';
import { type Origin, originChain, originSpan, type Step } from '../source/origin.ts';
import type { Related } from '../source/related.ts';
import { isWithinSpan, type Span, sameSpan } from '../source/span.ts';

/** Where a value of the built objects comes from in the files, and its history. */
export interface Place {
  /** The one span to change in order to fix it. */
  readonly at: Span;
  /** Everything that made the value, oldest first. Several steps may share a span. */
  readonly steps: readonly PlaceStep[];
}

/** One step of a value's history. `written` is the file's own text, `value` the place that a replacement copied from. */
export interface PlaceStep {
  readonly by: Step | 'written' | 'value';
  readonly at: Span;
}

/** Steps that add to a text, or follow another object's name: the text to fix is the one they started from. */
const followingSteps: ReadonlySet<Step> = new Set([
  'name prefix',
  'name suffix',
  'name reference',
  'content hash',
  'build metadata',
  'substitution',
  'variable',
]);

/**
 * The place of an origin: the span of the last step that set the value, with its whole history. If the value is given,
 * a replacement that changed only part of a text does not count, and the place is that of the text.
 */
export function placeOf(origin: Origin, value?: string): Place {
  return { at: decidingSpan(origin, value), steps: stepsOf(origin) };
}

/** The same place with another primary span. */
function placeAt(at: Span, place: Place): Place {
  return { at, steps: place.steps };
}

/** Where the text was first written, before any step changed it. */
export function firstWritten(place: Place): Span {
  return place.steps[0]?.at ?? place.at;
}

/** The last step of this kind in a value's history. */
export function lastStep(place: Place, by: PlaceStep['by']): PlaceStep | undefined {
  return place.steps.findLast((step) => step.by === by);
}

/** Whether a step of any of these kinds is in a value's history. */
export function hasStep(place: Place, ...kinds: readonly PlaceStep['by'][]): boolean {
  return place.steps.some(({ by }) => kinds.includes(by));
}

/** The last step that set a value, not counting where it was copied from. */
export function lastSetter(place: Place): PlaceStep | undefined {
  return place.steps.findLast(({ by }) => by !== 'value' && by !== 'name reference');
}

/** Narrows a place to a part of its text, if the file holds that part literally and once. */
export function narrowPlace(place: Place, part: string): Place {
  const span = narrowSpan(place.at, part);
  return span ? placeAt(span, place) : place;
}

/** The place of a part of a value: the last step in its history whose text holds the part. */
export function placeOfPart(place: Place, part: string): Place {
  for (const span of [place.at, ...place.steps.map((step) => step.at).reverse()]) {
    const found = narrowSpan(span, part);
    if (found) return placeAt(found, place);
  }
  return place;
}

function narrowSpan(span: Span, part: string): Span | undefined {
  const text = spanText(span);
  const found = text.indexOf(part);
  if (part === '' || found < 0 || text.indexOf(part, found + 1) >= 0) return undefined;
  const start = span.start + found;
  return { file: span.file, start, end: start + part.length };
}

/**
 * The history of a value as related places of a finding: "name set here", "prefix `staging-` added here". Omits what is
 * at the primary span, and duplicates.
 */
export function historyOf(place: Place, what: string, primary: Span = place.at): Related[] {
  const related: Related[] = [];
  for (const step of place.steps) {
    if (
      step.by === 'name reference' ||
      isWithinSpan(primary, step.at) ||
      related.some(({ at }) => sameSpan(at, step.at))
    )
      continue;
    related.push({ at: step.at, note: describeStep(step.by, step.at, what) });
  }
  return related;
}

/** Joins lists of related places, keeping the first of several at the same span. */
export function joinRelated(...lists: readonly (readonly Related[])[]): Related[] {
  const joined: Related[] = [];
  for (const one of lists.flat()) if (!joined.some(({ at }) => sameSpan(at, one.at))) joined.push(one);
  return joined;
}

/** The text of the file under a span. */
export function spanText(span: Span): string {
  return span.file.text.slice(span.start, span.end);
}

/** A scalar's text as its span holds it, without the quotes around it. */
export function writtenText(span: Span): string {
  return spanText(span).replace(/^(["'])([\s\S]*)\1$/, '$2');
}

/** The text that was first written, before any step changed it, without its quotes. */
export function firstText(place: Place): string {
  return writtenText(firstWritten(place));
}

function decidingSpan(origin: Origin, value?: string): Span {
  const isPart = once(() => isPartOf(origin, value));
  for (const each of originChain(origin)) {
    const follows =
      each.kind === 'transformed' &&
      each.input !== undefined &&
      (followingSteps.has(each.by) || (each.by === 'replacement' && isPart()));
    if (!follows) return originSpan(each);
  }
  return originSpan(origin);
}

/** The maximum number of steps of a place: the first one, and the last of those after it. */
const mostSteps = 100;

function stepsOf(origin: Origin): PlaceStep[] {
  const chain = [...originChain(origin)];
  const kept = chain.length > mostSteps ? [...chain.slice(0, mostSteps - 1), ...chain.slice(-1)] : chain;
  return kept.reverse().flatMap(placeSteps);
}

/** Whether a value still holds part of the text that was first written. */
function isPartOf(origin: Origin, value: string | undefined): boolean {
  const first = [...originChain(origin)].at(-1);
  return value !== undefined && first?.kind === 'source' && keepsHead(writtenText(first), value);
}

/** Whether a value still starts like the text before a replacement: `myapp-migration-v2`, `myapp:v2`. */
export function keepsHead(written: string, value: string): boolean {
  const head = /^[^-:@/]*[-:@/]/.exec(written)?.[0];
  return head !== undefined && value.includes(head);
}

function placeSteps(origin: Origin): PlaceStep[] {
  if (origin.kind === 'source') return [{ by: 'written', at: origin }];
  const steps: PlaceStep[] = [{ by: origin.by, at: origin.configuredIn }];
  if (
    origin.kind === 'transformed' &&
    (origin.by === 'replacement' || origin.by === 'substitution') &&
    origin.from !== undefined
  ) {
    const value = decidingSpan(origin.from);
    if (!sameSpan(value, origin.configuredIn)) steps.push({ by: 'value', at: value });
  }
  return steps;
}

function describeStep(by: Exclude<PlaceStep['by'], 'name reference'>, at: Span, what: string): string {
  switch (by) {
    case 'written':
      return `${what} set here`;
    case 'value':
      return 'by this value';
    case 'name prefix':
      return `prefix ${quotedValue(at)}added here`;
    case 'name suffix':
      return `suffix ${quotedValue(at)}added here`;
    case 'namespace':
      return 'namespace set here';
    case 'replacement':
      return `${what} replaced here`;
    case 'substitution':
      return 'variable substituted here';
    case 'variable':
      return `${what} filled from this variable`;
    case 'image':
      return 'image changed here';
    case 'replicas':
      return 'replicas set here';
    case 'json patch':
    case 'strategic merge patch':
      return `${what} set by this patch`;
    case 'configMapGenerator':
    case 'secretGenerator':
    case 'generator':
    case 'helm chart':
    case 'iamPolicyGenerator':
      return `${what} generated here`;
    case 'content hash':
      return 'content hash added because of this';
    case 'annotations':
    case 'labels':
    case 'build metadata':
    case 'value add':
      return `${what} changed here`;
  }
}

/** The value of a one-line setting such as `namePrefix: staging-`, for a note; empty if the span holds more. */
function quotedValue(span: Span): string {
  const text = spanText(span)
    .replace(/^\w+:\s*/, '')
    .replace(/^(["'])(.*)\1$/, '$2');
  return text === '' || /\s/.test(text) || /^name(Prefix|Suffix)$/.test(text) ? '' : `\`${text}\` `;
}
