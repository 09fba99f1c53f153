import { expect } from 'vitest';
import type { LintResult } from '../../src/lint/lint-result.ts';
import { ruleDescriptions } from '../../src/lint/rule-descriptions.ts';
import type { LintOptions } from '../../src/lint-options.ts';
import { mergeReports } from '../../src/merge/merge-reports.ts';
import { readReport } from '../../src/merge/read-report.ts';
import { writeGitlab } from '../../src/report/gitlab.ts';
import { writeJson } from '../../src/report/json.ts';
import { writeMarkdown } from '../../src/report/markdown.ts';
import { plainPaint } from '../../src/report/paint.ts';
import { toSarif } from '../../src/report/sarif.ts';
import { writeText } from '../../src/report/text.ts';
import { run } from '../../src/run.ts';
import type { FileSystem } from '../../src/source/files/file-system.ts';
import { SourceCache } from '../../src/source/source-cache.ts';

const facts = { base: '', version: '1.2.3' };

/** All that somebody reads of a run. */
export function readable(result: LintResult, base: string) {
  const style = { base, paint: plainPaint, secrets: result.secrets, width: 100, verbose: true, summary: true };
  const { runs } = toSarif(result, ruleDescriptions, { ...facts, base });
  return {
    text: writeText(result, style),
    json: writeJson(result, { ...facts, base }),
    sarif: JSON.stringify(runs[0], null, 2),
    gitlab: writeGitlab(result, base),
    markdown: writeMarkdown(result, base),
    exitCode: result.exitCode,
  };
}

/** Lints in shares as several machines would, and joins the reports. */
export async function lintInShares(
  count: number,
  directory: string,
  options: LintOptions,
  fileSystem: FileSystem,
  paths = ['.'],
) {
  const reports: string[] = [];
  for (let index = 1; index <= count; index++) {
    const result = await run(paths, directory, { ...options, shard: { index, count } }, fileSystem);
    expect(result.crashes).toEqual([]);
    reports.push(writeJson(result, { ...facts, base: directory }));
  }
  const read = reports.map((text, index) => readReport(text, `${index}.json`));
  const { result, lost } = mergeReports(read, directory, new SourceCache(fileSystem));
  expect(lost).toEqual([]);
  return { result, roots: read.map(({ roots }) => roots.length) };
}

/** Checks that shares, joined, say what one run says; gives the number of roots in each share of the last division. */
export async function compare(
  directory: string,
  options: LintOptions,
  fileSystem: FileSystem,
  counts: readonly number[],
  paths = ['.'],
) {
  const whole = await run(paths, directory, options, fileSystem);
  const expected = readable(whole, directory);
  let shares: number[] = [];
  for (const count of counts) {
    const { result, roots } = await lintInShares(count, directory, options, fileSystem, paths);
    expect(readable(result, directory)).toEqual(expected);
    shares = roots;
  }
  return { whole, shares };
}
