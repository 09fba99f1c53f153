import type { Resource } from '../kustomize/resources/resource.ts';
import { type BuiltValue, builtValues, describeSteps, nameObject, showValue } from '../report/built-value.ts';
import type { Linted } from '../run.ts';
import { originChain, originSpan } from '../source/origin.ts';
import type { Span } from '../source/span.ts';

/** How many values a hover shows; a line such as `namePrefix` affects many. */
const mostShown = 6;

/** A value of a build that something in a document led to. */
interface Outcome {
  readonly resource: Resource;
  readonly value: BuiltValue;
  /** The part of the document that led to it. */
  readonly span: Span;
}

/** What the builds make of the text at a position. */
export interface HoverText {
  readonly markdown: string;
  readonly span: Span;
}

/**
 * Describes what becomes of a value in the built objects, with each step that changes it; or, at a step such as
 * `namePrefix`, the values that it changes. Undefined if no build uses the position.
 * @param path the file's path
 * @param offset in the text of the file
 * @param base the folder that paths in the text are relative to
 */
export function describeHover(
  { built, result }: Linted,
  path: string,
  offset: number,
  base: string,
): HoverText | undefined {
  const entries = new Map<string, Outcome>();
  for (const root of built) {
    if (!root.files.some((file) => file.path === path)) continue;
    for (const outcome of outcomesAt(root.resources, path, offset)) {
      const { resource, value } = outcome;
      const shown = `${value.path}: ${showValue(resource, value, result.secrets)}`;
      const steps = describeSteps(value, base).map((step) => `\n  - ${code(step)}`);
      entries.set(`- ${code(nameObject(resource))} ${code(shown)}${steps.join('')}`, outcome);
    }
  }
  const [first] = entries.values();
  if (first === undefined) return undefined;
  const more = entries.size - mostShown;
  const lines = [...entries.keys()].slice(0, mostShown);
  if (more > 0) lines.push(`- and ${more} more`);
  return { markdown: lines.join('\n'), span: first.span };
}

function* outcomesAt(resources: readonly Resource[], path: string, offset: number): Generator<Outcome> {
  for (const resource of resources) {
    for (const value of builtValues(resource.node)) {
      const span = spansOf(value).find(
        ({ file, start, end }) => file.path === path && offset >= start && offset <= end,
      );
      if (span !== undefined) yield { resource, value, span };
    }
  }
}

/** Where a value was written, copied from and changed. */
function spansOf({ scalar }: BuiltValue): Span[] {
  return [...originChain(scalar.origin)].flatMap((origin) => [
    originSpan(origin),
    ...(origin.kind === 'transformed' && origin.from ? [originSpan(origin.from)] : []),
  ]);
}

/** A text as inline code, which may itself hold backticks. */
function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  const pad = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}
