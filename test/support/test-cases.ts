import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { update } from './update.ts';

/**
 * Makes a test of each case: the lines that describe its result must be those under its title in
 * `expected/<subject>.txt` in the folder of the test. `UPDATE=1` writes that file.
 */
export function testCases<T>(
  folder: string,
  subject: string,
  cases: Readonly<Record<string, T>>,
  describeResult: (written: T) => string[] | Promise<string[]>,
): void {
  const path = join(folder, 'expected', `${subject}.txt`);
  const expected = existsSync(path) ? readSections(readFileSync(path, 'utf8')) : new Map<string, string>();
  describe(subject, () => {
    test.each(Object.entries(cases))('%s', async (title, written) => {
      const text = (await describeResult(written)).join('\n');
      if (update) expected.set(title, text);
      expect(text).toBe(expected.get(title));
    });
    if (update) {
      afterAll(() => {
        const sections = Object.keys(cases).map((title) => `# ${title}\n${expected.get(title) ?? ''}\n`);
        writeFileSync(path, sections.map((section) => section.replace(/\n+$/, '\n')).join('\n'));
      });
    } else {
      test('each section is of a case', () => expect([...expected.keys()]).toEqual(Object.keys(cases)));
    }
  });
}

/** The sections of a file, by their titles. */
function readSections(text: string): Map<string, string> {
  return new Map(
    `\n${text}`
      .split(/\n+# /)
      .slice(1)
      .map((section) => {
        const [title = '', ...lines] = section.trimEnd().split('\n');
        return [title, lines.join('\n')];
      }),
  );
}
