import fc from 'fast-check';
import { parseAllDocuments, type ToStringOptions } from 'yaml';

/** Ways to write the same documents: what a fix must find its way in. */
const styles: readonly ToStringOptions[] = [
  { indent: 4 },
  { indentSeq: false },
  { indent: 3, indentSeq: false },
  { collectionStyle: 'flow' },
  { collectionStyle: 'flow', lineWidth: 0 },
  { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' },
  { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'QUOTE_DOUBLE', indent: 6 },
];

const oddValues = [
  '',
  '~',
  '0',
  '3',
  '"3"',
  'yes',
  '[]',
  '{}',
  '&a x',
  '*a',
  '|\n  x',
  'Always',
  'job-we',
  '*',
  'a: b',
  '# c',
];

/** What becomes of one file; the numbers are taken modulo what there is to choose from. */
const layout = fc.record({
  file: fc.nat(),
  how: fc.constantFrom(
    'style',
    'comment',
    'trailing',
    'blank',
    'windows',
    'mark',
    'cut end',
    'value',
    'drop',
    'repeat',
  ),
  line: fc.nat(),
  choice: fc.nat(),
});

/** The tree in other layouts, and now and then with a line that is wrong. */
export function laidOut(tree: Readonly<Record<string, string>>): fc.Arbitrary<Record<string, string>> {
  // Settings that cannot be read stop a run before anything is found.
  const paths = Object.keys(tree).filter((path) => !path.endsWith('migrate-lint.yaml'));
  return fc.array(layout, { minLength: 1, maxLength: 8 }).map((changes) => {
    const changed = { ...tree };
    for (const { file, how, line, choice } of changes) {
      const path = paths[file % paths.length] ?? '';
      changed[path] = changeText(changed[path] ?? '', how, line, choice, /\.ya?ml$/.test(path));
    }
    return changed;
  });
}

function changeText(text: string, how: string, at: number, choice: number, isYaml: boolean): string {
  const breaks = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const index = at % lines.length;
  const line = lines[index] ?? '';
  const splice = (...inserted: string[]): string => lines.toSpliced(index, 1, ...inserted).join(breaks);
  switch (how) {
    case 'style':
      return isYaml ? restyle(text, styles[choice % styles.length] ?? {}) : text;
    case 'comment':
      return splice(`${/^[ ]*/.exec(line)?.[0] ?? ''}# about: [this]`, line);
    case 'trailing':
      return /[\w"'}\]]$/.test(line) ? splice(`${line} # why not`) : text;
    case 'blank':
      return splice('', line);
    case 'windows':
      return lines.join('\r\n');
    case 'mark':
      return text.startsWith('\ufeff') ? text : `\ufeff${text}`;
    case 'cut end':
      return text.trimEnd();
    case 'value':
      return splice(
        line.replace(/((?:: |- )).*$/, (_, mark: string) => mark + (oddValues[choice % oddValues.length] ?? '')),
      );
    case 'drop':
      return splice();
    default:
      return splice(line, line);
  }
}

/** What cannot be read stays as it is. */
function restyle(text: string, style: ToStringOptions): string {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return text;
  try {
    return documents.map((document) => document.toString(style).replace(/^---\n/, '')).join('---\n');
  } catch {
    // An alias of nothing is no error before it is printed.
    return text;
  }
}
