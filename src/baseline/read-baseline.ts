import { posix } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { LintOptions } from '../lint-options.ts';
import { displayPath } from '../report/display-path.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import { UsageError } from '../usage-error.ts';
import type { Baseline, BaselineEntry } from './baseline.ts';

/** The default name of a baseline. */
const defaultName = 'migrate-lint-baseline.json';

/** The baseline of a run: undefined if there is none, empty if it will be written. Throws a UsageError. */
export function findBaseline(
  directory: string,
  { newBaseline }: Pick<LintOptions, 'newBaseline'>,
  { baseline }: Pick<Settings, 'baseline'>,
  sources: SourceCache,
): Baseline | undefined {
  if (newBaseline) {
    if (baseline !== undefined) return { entries: [], path: baseline };
    return { entries: [], path: posix.resolve(directory, defaultName), isUnnamed: true };
  }
  return baseline === undefined ? undefined : readBaseline(baseline, sources, displayPath(baseline, directory));
}

/** Reads a baseline. Throws a UsageError if the file is missing or not a baseline. */
function readBaseline(path: string, sources: SourceCache, shownAs: string): Baseline {
  const file = sources.read(path);
  if (isReadFailure(file)) {
    const advice = file.code === 'missing' ? '; --write-baseline writes it' : '';
    throw new UsageError(`The baseline ${shownAs} cannot be used: ${file.message}${advice}.`);
  }
  return { entries: parseEntries(file.text, shownAs), path };
}

/** The text of a baseline file. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  return `${JSON.stringify({ version: 1, findings: entries }, null, 2)}\n`;
}

function parseEntries(text: string, shownAs: string): BaselineEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message is left out because it quotes the file, and settings in a tree can name any file.
    throw new UsageError(`The baseline ${shownAs} is not JSON; write it with --write-baseline.`);
  }
  const listed = isRecord(value) && value['version'] === 1 ? value['findings'] : undefined;
  if (!Array.isArray(listed) || !listed.every(isEntry)) {
    throw new UsageError(`${shownAs} is not a baseline of this version; write it with --write-baseline.`);
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
