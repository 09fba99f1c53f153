import { posix } from 'node:path';
import { UsageError } from '../config/usage-error.ts';
import type { LintOptions } from '../lint-options.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import type { Baseline, BaselineEntry } from './baseline.ts';

/** The baseline of a run: undefined for none, empty where it is about to be written. Throws a UsageError. */
export function findBaseline(
  directory: string,
  { baseline, newBaseline }: Pick<LintOptions, 'baseline' | 'newBaseline'>,
  sources: SourceCache,
): Baseline | undefined {
  if (baseline === undefined) return undefined;
  const path = posix.resolve(directory, baseline);
  return newBaseline ? { entries: [], directory: posix.dirname(path) } : readBaseline(path, sources, baseline);
}

/** Reads a baseline. Throws a UsageError for a file that is not there or is none. */
function readBaseline(path: string, sources: SourceCache, shownAs: string): Baseline {
  const file = sources.read(path);
  if (isReadFailure(file)) {
    throw new UsageError([{ message: `The baseline ${shownAs} cannot be used: ${file.message}.` }]);
  }
  return { entries: parseEntries(file.text, shownAs), directory: posix.dirname(path) };
}

/** The text of a baseline's file. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  return `${JSON.stringify({ version: 1, findings: entries }, null, 2)}\n`;
}

function parseEntries(text: string, shownAs: string): BaselineEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError([{ message: `The baseline ${shownAs} is no JSON: ${reason}.` }]);
  }
  const listed = isRecord(value) && value['version'] === 1 ? value['findings'] : undefined;
  if (!Array.isArray(listed) || !listed.every(isEntry)) {
    throw new UsageError([{ message: `${shownAs} is no baseline of this version; write it with --write-baseline.` }]);
  }
  return listed;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value)) return false;
  const { rule, root, object = '', field = '', file = '', count = 1 } = value;
  return [rule, root, object, field, file].every((each) => typeof each === 'string') && Number.isInteger(count);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
