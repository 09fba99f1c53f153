import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the repository, with a slash at its end. */
export const top = fileURLToPath(new URL('../../', import.meta.url));

/** What people write of the documentation, by path; the pages of rules are made of the rules. */
export const pages: ReadonlyMap<string, string> = new Map(
  ['README.md', 'CONTRIBUTING.md', ...readdirSync(`${top}docs`).map((name) => `docs/${name}`)]
    .filter((path) => posix.extname(path) === '.md')
    .map((path) => [path, readFileSync(top + path, 'utf8')]),
);

/** A block of code in a page. */
export interface Fence {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

export const fences: readonly Fence[] = [...pages].flatMap(([page, text]) =>
  [...text.matchAll(/^```(?<language>\w*)\n(?<text>[\s\S]*?)^```$/gm)].map(({ groups }) => ({
    page,
    language: groups?.['language'] ?? '',
    text: groups?.['text'] ?? '',
  })),
);
