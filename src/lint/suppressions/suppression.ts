import { posix } from 'node:path';
import { dropUndefined } from '../../collections/drop-undefined.ts';
import { kustomizationNames } from '../../discover/kustomization-names.ts';
import type { SourceCache } from '../../source/source-cache.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { joinWords } from '../../text/join-words.ts';

/** One rule that a comment silences. */
export interface Suppression {
  readonly rule: string;
  /** The rule name in the comment. */
  readonly at: Span;
  /** The line whose findings are silenced, from 1; undefined for the whole file. */
  readonly line: number | undefined;
  /** The text after `--`; may be empty. */
  readonly reason: string;
  /** The last day on which it is in effect, as `2026-12-31`. */
  readonly until?: string;
}

/** A suppression comment with a mistake. */
export interface SuppressionFault {
  readonly at: Span;
  readonly message: string;
}

/** Also what other linters call these comments, so that a wrong guess is reported. */
const marker = /migrate-lint[-:](?:disable|ignore|suppress|enable)/;
const directive = /^#\s*(?<name>migrate-lint[-:](?:disable|ignore|suppress|enable)[\w-]*)(?<rest>.*)/;
const scopes = ['migrate-lint-disable-next-line', 'migrate-lint-disable-line', 'migrate-lint-disable-file'];

/** Whether a file may contain suppression comments; a cheap check of its text. */
export function mayHoldSuppressions({ text }: SourceFile): boolean {
  return marker.test(text);
}

interface Suppressions {
  readonly suppressions: readonly Suppression[];
  readonly faults: readonly SuppressionFault[];
}

/**
 * Reads the suppression comments of a file.
 * @param hasScripts whether its text blocks are scripts, which have comments of their own
 */
export function readSuppressions(file: SourceFile, sources: SourceCache, hasScripts = false): Suppressions {
  if (!mayHoldSuppressions(file)) return { suppressions: [], faults: [] };
  const lineAfter = lineFinder(file);
  const read = findComments(file, sources, hasScripts).map((comment) => readComment(comment, lineAfter));
  return {
    suppressions: read.flatMap(({ suppressions }) => suppressions),
    faults: read.flatMap(({ faults }) => faults),
  };
}

function readComment(comment: Span, lineAfter: (line: number) => number): Suppressions {
  const text = comment.file.text.slice(comment.start, comment.end);
  const { name, rest } = directive.exec(text)?.groups ?? {};
  if (name === undefined || rest === undefined) return { suppressions: [], faults: [] };
  const refuse = (message: string): Suppressions => ({ suppressions: [], faults: [{ at: comment, message }] });
  if (!scopes.includes(name)) return refuse(`There is no comment "${name}"; write ${joinWords(scopes, 'or')}.`);
  const words = [...readWords(comment, text, text.length - rest.length)];
  const at = words.findIndex(({ rule }) => rule === 'until');
  const rules = at < 0 ? words : words.slice(0, at);
  const until = at < 0 ? undefined : (words[at + 1]?.rule ?? '');
  if (until !== undefined && (!isDate(until) || words.length > at + 2)) {
    return refuse('`until` takes a date, written as 2026-12-31, and nothing after it.');
  }
  if (rules.length === 0) return refuse('This comment names no rule, so it silences nothing.');
  const line = targetLine(name, comment, lineAfter);
  const optional = dropUndefined({ until });
  return {
    suppressions: rules.map(({ rule, at }) => ({ rule, at, line, reason: readReason(rest), ...optional })),
    faults: [],
  };
}

function readReason(text: string): string {
  return text
    .split(/\s--(?=\s|$)/)
    .slice(1)
    .join(' --')
    .trim();
}

/** Whether a text is a date that exists: `2026-02-30` is not. */
function isDate(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The words between the directive and `--`, separated by commas or spaces: rule names, and `until` with a date. */
function* readWords(comment: Span, text: string, from: number): Generator<{ rule: string; at: Span }> {
  const end = text.slice(from).search(/\s--(?:\s|$)/);
  const names = text.slice(from, end < 0 ? undefined : from + end);
  for (const match of names.matchAll(/[^\s,]+/g)) {
    const start = comment.start + from + match.index;
    yield { rule: match[0], at: { file: comment.file, start, end: start + match[0].length } };
  }
}

function targetLine(name: string, { file, start }: Span, lineAfter: (line: number) => number): number | undefined {
  const { line } = file.position(start);
  if (name.endsWith('-file')) return undefined;
  return name.endsWith('-next-line') ? lineAfter(line) : line;
}

/** Returns a function that finds the next line that is neither blank nor a comment, such as a second suppression. */
function lineFinder(file: SourceFile): (line: number) => number {
  let following: number[] | undefined;
  const findAll = (): number[] => {
    const last = file.lineStarts.length;
    const found = Array.from({ length: last + 2 }, (_, line) => line);
    for (let line = last; line > 0; line--) {
      if (/^\s*(?:#.*)?$/.test(file.line(line))) found[line] = found[line + 1] ?? last + 1;
    }
    return found;
  };
  return (line) => {
    following ??= findAll();
    return following[line + 1] ?? line + 1;
  };
}

/**
 * The comments of a file. For YAML, the parser finds them. An inline patch in a kustomization and a script in a pipeline are
 * text blocks, so suppressions in them are found with a pattern, as are those in files that are not YAML, such as
 * Dockerfiles and env files.
 */
function findComments(file: SourceFile, sources: SourceCache, hasScripts: boolean): Span[] {
  const name = posix.basename(file.path);
  const isYaml = /\.(?:ya?ml|json)$/i.test(name) || kustomizationNames.includes(name) || name.startsWith('<');
  const found = isYaml ? sources.parse(file).comments.map((comment): Span => comment.at) : [];
  if (isYaml && !hasScripts && !kustomizationNames.includes(name)) return found;
  const starts = new Set(found.map(({ start }) => start));
  for (const match of file.text.matchAll(/^[ \t]*(?<comment>#\s*migrate-lint-disable.*)$/gm)) {
    const text = match.groups?.['comment']?.trimEnd() ?? '';
    const start = match.index + match[0].indexOf('#');
    if (!starts.has(start)) found.push({ file, start, end: start + text.length });
  }
  return found;
}
