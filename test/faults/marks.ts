import type { LintOptions } from '../../src/lint-options.ts';
import { lintFiles } from '../support/lint-files.ts';

/** Texts of files by their paths from the top of the repository; `‹rule›` in a text marks where that rule is to speak. */
export type Files = Record<string, string>;

const mark = /‹([\w-]+)›/;

/** The files without their marks, and each mark as `rule file:line:column`, sorted. */
export function readMarks(marked: Files): { files: Files; expected: string[] } {
  const files: Files = {};
  const expected: string[] = [];
  for (const [path, text] of Object.entries(marked)) {
    let rest = text;
    for (let found = mark.exec(rest); found !== null; found = mark.exec(rest)) {
      expected.push(`${found[1]} ${path}:${positionOf(rest, found.index)}`);
      rest = rest.slice(0, found.index) + rest.slice(found.index + found[0].length);
    }
    files[path] = rest;
  }
  return { files, expected: expected.sort() };
}

/** What is found in the files, each finding as `rule file:line:column`, sorted. */
export async function findPlaces(files: Files, options: LintOptions = {}): Promise<string[]> {
  const { findings } = await lintFiles(files, { options });
  return findings
    .map(({ rule, at: { file, start } }) => {
      const path = file.path.replace(/^\/repo\//, '');
      return `${rule} ${path}:${positionOf(files[path] ?? '', start)}`;
    })
    .sort();
}

/** Line and column of an offset, both from 1. */
function positionOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}
