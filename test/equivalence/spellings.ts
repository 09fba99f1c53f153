import { isMap, Scalar, type ToStringOptions, visit } from 'yaml';
import { type Equivalence, type Files, rewriteEach } from './equivalence.ts';
import { kustomizations, manifests, readDocuments, type YamlDocument } from './tree.ts';

const hasBlocksOfText = /[|>][-+\d]*\s*$/m;

/** The same YAML in other letters. */
export const spellings: readonly Equivalence[] = [
  ofText('lines that end as on Windows', allFiles, (text) => text.replaceAll('\n', '\r\n')),
  ofText('marks around documents', manifests, (text) => `---\n${text.replace(/^---\n/, '').trimEnd()}\n...\n`),
  ofText('comments', allFiles, (text) =>
    hasBlocksOfText.test(text) ? undefined : `# head\n${text.replace(/^( *)(- )?[\w./-]+:/gm, '$1# note\n$&')}# tail\n`,
  ),
  ofDocuments('everything in braces', manifests, { collectionStyle: 'flow' }, withoutFlowSigns),
  ofDocuments('kustomizations in braces', kustomizations, { collectionStyle: 'flow' }, withoutFlowSigns),
  ofDocuments('four spaces', allFiles, { collectionStyle: 'block', indent: 4 }),
  ofDocuments('lists that are not indented', allFiles, { collectionStyle: 'block', indentSeq: false }),
  ofDocuments('double quotes', allFiles, {}, quoteTexts),
  ofDocuments('kustomizations from the last key to the first', kustomizations, {}, ({ contents }) => {
    if (isMap(contents)) contents.items.reverse();
  }),
  ofDocuments('aliases for texts that stand twice', manifests, {}, useAliases),
  { name: 'JSON', rewrite: (files) => rewriteEach(files, manifests(files), toJson) },
  { name: 'kustomizations in JSON', rewrite: (files) => rewriteEach(files, kustomizations(files), toJson) },
];

function ofText(
  name: string,
  choose: (files: Files) => Iterable<string>,
  rewrite: (text: string) => string | undefined,
): Equivalence {
  return { name, rewrite: (files) => rewriteEach(files, choose(files), rewrite) };
}

function ofDocuments(
  name: string,
  choose: (files: Files) => Iterable<string>,
  style: ToStringOptions,
  edit: (document: YamlDocument) => void = () => {},
): Equivalence {
  return ofText(name, choose, (text) => {
    const documents = readDocuments(text);
    for (const document of documents ?? []) edit(document);
    return documents
      ?.map((document) => `---\n${document.toString({ lineWidth: 0, ...style, directives: false })}`)
      .join('');
  });
}

function allFiles(files: Files): string[] {
  return [...kustomizations(files), ...manifests(files)];
}

/** go-yaml ends a plain text between braces at signs that others let stand. */
function withoutFlowSigns(document: YamlDocument): void {
  quoteTexts(document, /[?,[\]{}]/);
}

function quoteTexts(document: YamlDocument, which = /(?:)/): void {
  visit(document, {
    Scalar(_, node) {
      const isBlock = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
      if (typeof node.value === 'string' && !isBlock && which.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
}

function useAliases(document: YamlDocument): void {
  const first = new Map<string, Scalar>();
  let count = 0;
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || node.value.length < 4) return undefined;
      const known = first.get(node.value);
      if (known === undefined) {
        first.set(node.value, node);
        return undefined;
      }
      known.anchor ??= `text-${++count}`;
      return document.createAlias(known);
    },
  });
}

function toJson(text: string): string | undefined {
  return readDocuments(text)
    ?.map((document) => `${JSON.stringify(document.toJS(), undefined, 2)}\n`)
    .join('---\n');
}
