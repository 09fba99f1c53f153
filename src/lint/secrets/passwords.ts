import { mask } from './mask.ts';
import type { SecretRange } from './secret-places.ts';

const names = '(?:password|passwd|pwd)';
const value = String.raw`["']?(?<password>[^\s"'\x60,;&$<{}[\]|>*()][^\s"'\x60,;&)}\]]*)`;

/** Each matches a password, but not a variable in its place. */
const patterns: readonly RegExp[] = [
  // scheme://user:password@host
  /:\/\/[^\s:@/"']*:(?<password>[^\s@/"'$][^\s@/"']*)@/g,
  // -password=x, PGPASSWORD=x, DB_PASSWORD: x, "password": "x"
  new RegExp(String.raw`${names}["']?(?:=|:(?=[ \t"']))[ \t]*${value}`, 'gi'),
  // --password x, ["--password", "x"], and the same on separate lines
  new RegExp(String.raw`(?<![\w-])-[\w-]{0,60}${names}["']?(?:[ \t]|,[ \t]*|,?\r?\n[ \t]*(?:-[ \t]+)?)${value}`, 'gi'),
  // {name: DB_PASSWORD, value: x}, and the same on separate lines
  new RegExp(String.raw`${names}["']?(?:,[ \t]*|,?\r?\n[ \t]*)["']?value["']?:[ \t]+${value}`, 'gi'),
];

/** Finds plain-text passwords: in URLs, after options, and in variables and fields with such names. */
export function findPasswords(text: string): SecretRange[] {
  if (!/:\/\/|pass|pwd/i.test(text)) return [];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => {
      const { password = '' } = match.groups ?? {};
      const start = match.index + match[0].lastIndexOf(password);
      return { start, end: start + password.length };
    }),
  );
}

/** Masks every password in a text. */
export function hidePasswords(text: string): string {
  let hidden = '';
  let from = 0;
  for (const { start, end } of findPasswords(text).sort((a, b) => a.start - b.start)) {
    if (start < from) continue;
    hidden += text.slice(from, start) + mask;
    from = end;
  }
  return hidden + text.slice(from);
}
