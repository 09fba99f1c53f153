import { describe, expect, it } from 'vitest';
import type { Node } from '../../src/source/node.ts';
import { originSpan } from '../../src/source/origin.ts';
import { type ReadLimits, readYaml } from '../../src/source/read.ts';
import { SourceFile } from '../../src/source/source-file.ts';

function read(text: string, limits?: ReadLimits) {
  return readYaml(new SourceFile('test.yaml', text), limits);
}

/** A node in short: maps as `{key: value}`, sequences as `[a, b]`, scalars as their text, with a tag if not `!!str`. */
function show(node: Node | undefined): string {
  switch (node?.kind) {
    case undefined:
      return 'nothing';
    case 'scalar':
      return (node.tag === '!!str' ? '' : `${node.tag} `) + JSON.stringify(node.value);
    case 'sequence':
      return `[${node.items.map(show).join(', ')}]`;
    case 'map':
      return `{${node.entries.map(({ key, value }) => `${show(key)}: ${show(value)}`).join(', ')}}`;
  }
}

function showAll(text: string): string {
  const { documents, problems } = read(text);
  return [...documents.map(({ root }) => show(root)), ...problems.map(({ code }) => `!${code}`)].join(' | ');
}

describe('what a text means', () => {
  it.each([
    ['a block map', 'a: 1\nb:\n  c: x y\n', '{"a": !!int "1", "b": {"c": "x y"}}'],
    ['sequences, indented or not', 'a:\n- x\n- y\nb:\n  - - z\n    -\n', '{"a": ["x", "y"], "b": [["z", !!null ""]]}'],
    [
      'flow collections over lines',
      'a: {b: [1,\n  2], "c":d, e}\n',
      '{"a": {"b": [!!int "1", !!int "2"], "c": "d", "e": !!null ""}}',
    ],
    ['pairs in a flow sequence', '[a: b, ? c : d]', '[{"a": "b"}, {"c": "d"}]'],
    ['a plain text over lines', 'a: one\n  two\n\n  three\n', '{"a": "one two\\nthree"}'],
    ['# and : inside of words', 'a: x#y:z #c\n', '{"a": "x#y:z"}'],
    ['single quotes', "a: 'it''s\n  so'\n", '{"a": "it\'s so"}'],
    ['double quotes', 'a: "\\x41\\u00e9\\n\\\n   b\\tc"\n', '{"a": "Aé\\nb\\tc"}'],
    ['a literal text', 'a: |\n  x\n   y\n\nb: |-\n  z\n\n', '{"a": "x\\n y\\n", "b": "z"}'],
    ['a literal text that keeps its end', 'a: |+\n  x\n\nb: 1\n', '{"a": "x\\n\\n", "b": !!int "1"}'],
    ['a literal text with an indent', 'a: |2\n    x\n', '{"a": "  x\\n"}'],
    ['a folded text', 'a: >\n  x\n  y\n\n  z\n    w\n  v\n', '{"a": "x y\\nz\\n  w\\nv\\n"}'],
    ['an explicit key', '? a\n: 1\n? b\n', '{"a": !!int "1", "b": !!null ""}'],
    ['a key with spaces behind', 'a  : 1\n', '{"a": !!int "1"}'],
    ['keys that are no strings', '1: a\ntrue: b\n~: c\n', '{!!int "1": "a", !!bool "true": "b", !!null "~": "c"}'],
    ['a key that stands twice', 'a: 1\na: 2\n', '{"a": !!int "1", "a": !!int "2"}'],
    ['a template that nobody quoted', 'a: {{ .b }}\n', '{"a": {!!map "{ .b }": !!null ""}}'],
    [
      'tags',
      'a: !!str 1\nb: !x y\nc: !<tag:yaml.org,2002:int> "2"\nd: ! 3\n',
      '{"a": "1", "b": !x "y", "c": !!int "2", "d": !!int "3"}',
    ],
    ['CR LF and CR', 'a: |\r\n  x\r\n  y\r\nb: 1\rc: 2', '{"a": "x\\ny\\n", "b": !!int "1", "c": !!int "2"}'],
    ['a tab between a key and its value', 'a:\t1\t# c\n', '{"a": !!int "1"}'],
    ['JSON with tabs', '{\n\t"a": [1,\t2]\n}\n', '{"a": [!!int "1", !!int "2"]}'],
    ['characters beyond the BMP', 'a: 😀\n', '{"a": "😀"}'],
  ])('%s', (_, text, expected) => {
    expect(showAll(text)).toBe(expected);
  });
});

describe('documents', () => {
  it.each([
    ['no document in an empty file', '', ''],
    ['an empty document of comments only', '# c\n', 'nothing'],
    ['documents', 'a: 1\n---\nb: 2\n', '{"a": !!int "1"} | {"b": !!int "2"}'],
    ['a separator first and last', '---\na: 1\n---\n', '{"a": !!int "1"} | nothing'],
    ['a comment behind a separator', 'a: 1\n--- # c\nb: 2\n', '{"a": !!int "1"} | {"b": !!int "2"}'],
    ['a value behind the first separator', '--- {a: 1}\n', '{"a": !!int "1"}'],
    ['nothing behind an end marker', 'a: 1\n...\nb: 2\n---\nc: 3\n', '{"a": !!int "1"} | {"c": !!int "3"}'],
    ['a byte-order mark', '\ufeffa: 1\n---\n\ufeffb: 2\n', '{"a": !!int "1"} | {"b": !!int "2"}'],
    ['a null', 'null\n', '!!null "null"'],
    ['the documents before a problem', 'a: 1\n---\nb: [\n---\nc: 3\n', '{"a": !!int "1"} | !missing-value'],
    ['a separator with a value', 'a: 1\n--- b\n', '!bad-document-separator'],
    ['directives', '%YAML 1.1\n---\na: 1\n', '!bad-directive'],
  ])('%s', (_, text, expected) => {
    expect(showAll(text)).toBe(expected);
  });

  it('reads the first only where asked to', () => {
    const { documents, problems } = read('a: 1\n--- {\n', { firstDocumentOnly: true });
    expect(documents.map(({ root }) => show(root))).toEqual(['{"a": !!int "1"}']);
    expect(problems).toEqual([]);
  });

  it('knows where each is', () => {
    const text = 'a: 1\n---\nb: 2\n';
    expect(read(text).documents.map(({ start, end }) => text.slice(start, end))).toEqual(['a: 1\n', 'b: 2\n']);
  });
});

describe('aliases and merge keys', () => {
  it.each([
    ['an alias', 'a: &x {p: 1}\nb: *x\n', '{"a": {"p": !!int "1"}, "b": {"p": !!int "1"}}'],
    ['an anchor on a key, an alias as one', '&k a: 1\nb: *k\n*k : 2\n', '{"a": !!int "1", "b": "a", "a": !!int "2"}'],
    ['the last anchor of a name', 'a: &x 1\nb: &x 2\nc: *x\n', '{"a": !!int "1", "b": !!int "2", "c": !!int "2"}'],
    [
      'a merge key, own entries first',
      'a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n',
      '{"a": {"p": !!int "1", "q": !!int "2"}, "b": {"q": !!int "3", "p": !!int "1"}}',
    ],
    ['a merged list, the first of which wins', '<<: [{p: 1}, {p: 2, q: 2}]\n', '{"p": !!int "1", "q": !!int "2"}'],
    ['a quoted merge key vanishes', '"<<": {p: 1}\nq: 2\n', '{"q": !!int "2"}'],
    ['an anchor that is not there', 'a: *x\n', '!unknown-anchor'],
    ['an anchor of another document', 'a: &x 1\n---\nb: *x\n', '{"a": !!int "1"} | !unknown-anchor'],
    ['an alias in what it names', 'a: &x [*x]\n', '!recursive-alias'],
    ['two merge keys', '<<: {a: 1}\n<<: {b: 1}\n', '!bad-merge'],
    ['a merged text', 'a: &x 1\nb:\n  <<: *x\n', '!bad-merge'],
    ['an alias of a list to merge', 'a: &x [{p: 1}]\nb:\n  <<: *x\n', '!bad-merge'],
  ])('%s', (_, text, expected) => {
    expect(showAll(text)).toBe(expected);
  });

  it('copies have the origin of the anchor', () => {
    const { documents } = read('a: &x {p: 1}\nb: *x\n');
    const root = documents[0]?.root;
    const [a, b] = root?.kind === 'map' ? root.entries : [];
    expect(b?.value).not.toBe(a?.value);
    expect(b?.value.origin).toBe(a?.value.origin);
  });
});

describe('what is refused', () => {
  it.each([
    ['a tab for indentation', 'a:\n\tb: 1\n', 'tab-indentation', '\t'],
    ['a tab in an empty line', 'a: 1\n\t\nb: 2\n', 'tab-indentation', '\t'],
    ['a second colon', 'a: b: c\n', 'not-allowed-here', ':'],
    ['a deeper key', 'a: 1\n  b: 2\n', 'not-allowed-here', ':'],
    ['a key between two levels', 'a:\n    b: 1\n  c: 2\n', 'missing-key', 'c'],
    ['a list item in a map', 'a: 1\n- b\n', 'missing-key', '-'],
    ['a key in a list', 'a:\n  - b\n  c: 1\n', 'missing-dash', 'c'],
    ['text behind a value in quotes', 'a: "x "y" z"\nb: 1\n', 'missing-key', 'y" z'],
    ['a line that is no key', 'a: 1\nb\nc: 2\n', 'missing-colon', 'b'],
    ['an @', 'a: @b\n', 'unexpected-character', '@'],
    ['a missing comma', 'a: {b: $' + '{C}}\n', 'missing-comma', '{'],
    ['an open bracket', 'a: [b\n', 'missing-comma', ''],
    ['an open quote', 'a: "b\n', 'unclosed-quote', '"'],
    ['a slash escape', 'a: "\\/"\n', 'bad-escape', '\\/'],
    ['a surrogate escape', 'a: "\\ud800"\n', 'bad-escape', '\\ud800'],
    ['a block text on its header', 'a: | b\n', 'bad-block-header', 'b'],
    ['an indentation of 0', 'a: |0\n', 'bad-block-header', '|0'],
    ['an anchor without a name', 'a: & b\n', 'bad-anchor', '& '],
    ['an alias without a name', 'a: *\n', 'bad-alias', '*\n'],
    ['a tag handle that nobody defined', 'a: !x!y z\n', 'bad-tag', '!x!y'],
    ['a NUL', 'a: \0\n', 'bad-character', '\0'],
    ['a key of more than 1024 characters', `${'k'.repeat(1025)}: 1\n`, 'not-allowed-here', ':'],
  ])('%s', (_, text, code, at) => {
    const { problems } = read(text);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    const span = problems[0]?.at;
    expect(text.slice(span?.start, span?.end)).toMatch(new RegExp(`^${at.replace(/[\\*{|$]/g, '\\$&')}`));
    expect(problems[0]?.message).toMatch(/^[^A-Z].*[^.]$/s);
  });

  it.each([
    ['"x "y" z"', 'write one that belongs to the value as `\\"`'],
    ["'don't'", "write one that belongs to the value as `''`"],
    ['"x"\n   b: c', 'check the indentation'],
  ])('text behind quotes: %s', (value, help) => {
    expect(read(`a: ${value}\n`).problems[0]?.message).toContain(help);
  });

  it.each([
    ['flow collections', '['.repeat(5000)],
    ['block sequences', '- '.repeat(5000)],
    ['aliases', `a0: &a0 [x]\n${Array.from({ length: 1200 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`).join('')}`],
  ])('%s nested too deep', (_, text) => {
    expect(read(text, { maxAliasNodes: 1e7 }).problems.map(({ code }) => code)).toEqual(['too-deep']);
  });

  it('aliases that make a file too large', () => {
    const levels = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [i, name] of [...'bcdefghi'].entries()) {
      levels.push(`${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`);
    }
    expect(read(levels.join('\n')).problems.map(({ code }) => code)).toEqual(['too-many-aliases']);
  });
});

describe('where things are', () => {
  const text = 'a: &x "q r"  # c\nb:\n  - c: plain text \n    d: |\n      x\n\ne: {f: 1}\n';
  const spans: string[] = [];
  const visit = (node: Node): void => {
    const { start, end } = originSpan(node.origin);
    spans.push(text.slice(start, end));
    if (node.kind === 'sequence') for (const item of node.items) visit(item);
    if (node.kind !== 'map') return;
    for (const { key, value } of node.entries) {
      visit(key);
      visit(value);
    }
  };

  it('a span covers quotes, and leaves out blanks, comments, anchors and the last line break', () => {
    const root = read(text).documents[0]?.root;
    if (root !== undefined) visit(root);
    expect(spans).toEqual([
      text.trimEnd(),
      'a',
      '"q r"',
      'b',
      '- c: plain text \n    d: |\n      x',
      'c: plain text \n    d: |\n      x',
      'c',
      'plain text',
      'd',
      '|\n      x',
      'e',
      '{f: 1}',
      'f',
      '1',
    ]);
  });

  it('a map ends behind the alias that is its last value', () => {
    const source = 'a: &x 1\nb: *x # c\n';
    const span = read(source).documents[0]?.root?.origin;
    expect(span).toMatchObject({ start: 0, end: source.indexOf(' # c') });
  });

  it('counts in the file, not in the document', () => {
    const root = read('a: 1\n---\nb: 2\n').documents[1]?.root;
    expect(root?.origin).toMatchObject({ start: 9, end: 13 });
  });
});

describe('comments', () => {
  it('are collected where the text speaks of migrate-lint', () => {
    const text = '# migrate-lint\na: "# no"  # two\nb: |  # three\n  # no\n--- # four\nc: x#no\n';
    const { comments } = read(text);
    expect(comments.map(({ at, alone }) => [text.slice(at.start, at.end), alone])).toEqual([
      ['# migrate-lint', true],
      ['# two', false],
      ['# three', false],
      ['# four', false],
    ]);
  });

  it('are not elsewhere', () => {
    expect(read('# a\nb: 1 # c\n').comments).toEqual([]);
  });
});
