import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/** Files by absolute path. */
export type Tree = Readonly<Record<string, string>>;

/** Reads a folder of the repository as a tree at the root of a file system. */
export function readTree(folder: string): Tree {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    paths.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length), readFileSync(path, 'utf8')];
    }),
  );
}

/** What takes the place of a value: what YAML reads as something else, what breaks it, and what means something here. */
const oddValues = [
  '',
  '~',
  '[]',
  '{}',
  '[a, {b: c}]',
  '*a',
  '&a b',
  '!!binary x',
  '<<',
  '0o17',
  '1e400',
  'yes',
  '"\\u0000"',
  "'",
  '|\n\tx',
  '\u0024{IMAGE_TAG}',
  '$(VAR)',
  '../../..',
  '.',
  '-',
  'a.b.[c=d].0',
  'metadata.name',
  '.*',
  '(a+)+$',
  '\u{1f600}',
  '::error::x',
  '\u001b[31m',
  'a'.repeat(5000),
];

/** One change to the lines of a file: the pick says which line, and the rest what becomes of it. */
const mutation = fc.record({
  file: fc.nat(),
  line: fc.nat(),
  other: fc.nat(),
  value: fc.constantFrom(...oddValues),
  how: fc.constantFrom('value', 'key', 'drop', 'repeat', 'move', 'indent', 'outdent', 'item', 'cut', 'characters'),
});

/** The tree with one to six changes, each of which keeps the rest of the file's structure, more or less. */
export function mutatedTree(tree: Tree): fc.Arbitrary<Tree> {
  return fc.array(mutation, { minLength: 1, maxLength: 6 }).map((mutations) => {
    const changed = { ...tree };
    const paths = Object.keys(tree);
    for (const { file, line, other, value, how } of mutations) {
      const path = paths[file % paths.length] ?? '';
      const lines = (changed[path] ?? '').split('\n');
      changed[path] = changeLine(lines, line % lines.length, other % lines.length, value, how).join('\n');
    }
    return changed;
  });
}

function changeLine(lines: readonly string[], at: number, other: number, value: string, how: string): string[] {
  const line = lines[at] ?? '';
  const replaceWith = (...inserted: string[]): string[] => lines.toSpliced(at, 1, ...inserted);
  switch (how) {
    case 'value':
      return replaceWith(line.replace(/((?:: |- )).*$/, (_, mark: string) => mark + value));
    case 'key':
      return replaceWith(line.replace(/[\w.]+:/, () => `${value}:`));
    case 'drop':
      return replaceWith();
    case 'repeat':
      return replaceWith(line, line);
    case 'move':
      return lines.toSpliced(other, 0, line);
    case 'indent':
      return replaceWith(`  ${line}`);
    case 'outdent':
      return replaceWith(line.replace(/^ {2}/, ''));
    case 'item':
      return replaceWith(line.replace(/^( *)/, '$1- '));
    case 'cut':
      return lines.slice(0, at);
    default:
      return replaceWith(line.slice(0, other) + value + line.slice(other));
  }
}
