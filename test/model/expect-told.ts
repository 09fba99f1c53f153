import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { update } from '../support/update.ts';

/**
 * A test for each case, by its title: what is told of it has to be its section of `told/<subject>.txt`, line by line.
 * `UPDATE=1` writes that file.
 */
export function expectTold<T>(
  subject: string,
  cases: Readonly<Record<string, T>>,
  tell: (written: T) => string[] | Promise<string[]>,
): void {
  const path = join(import.meta.dirname, 'told', `${subject}.txt`);
  const expected = existsSync(path) ? readSections(readFileSync(path, 'utf8')) : new Map<string, string>();
  const told = new Map<string, string>();
  describe(subject, () => {
    test.each(Object.keys(cases))('%s', async (title) => {
      const written = cases[title];
      const text = written === undefined ? '' : (await tell(written)).join('\n');
      told.set(title, text);
      if (update) expected.set(title, text);
      expect(text).toBe(expected.get(title));
    });
    if (update) {
      afterAll(() =>
        writeFileSync(path, [...told].map(([title, text]) => `# ${title}\n${text}\n`.replace(/\n+$/, '\n')).join('\n')),
      );
    } else {
      test('each section is of a case', () => expect([...expected.keys()]).toEqual(Object.keys(cases)));
    }
  });
}

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
