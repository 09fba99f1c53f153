import fc from 'fast-check';
import { readFolder } from '../support/disk.ts';
import type { MemoryFile } from '../support/memory-file-system.ts';

/** Texts by absolute path. */
export type Tree = Readonly<Record<string, string>>;

/** A tree after changes to it, with links among its files. */
export type MutatedTree = Readonly<Record<string, MemoryFile>>;

/** Reads a folder of the repository as a tree at the root of a file system. */
export function readTree(folder: string): Tree {
  return Object.fromEntries([...readFolder(folder)].map(([path, text]) => [`/${path}`, text]));
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
  '!!set {a}',
  '<<',
  '{<<: {a: b}}',
  '? a',
  '--- a',
  '0o17',
  '1e400',
  '-1',
  '99999999999999999999',
  '1.5',
  'yes',
  '2024-01-02',
  '"\\u0000"',
  '"\\ud800"',
  "'",
  '|\n\tx',
  '>-\n',
  '\u0024{IMAGE_TAG}',
  '\u0024{a:=\u0024{b}}',
  '$(VAR)',
  '../../..',
  '/',
  '.',
  '-',
  'https://example.com/x.yaml',
  'git@example.com:a/b//c?ref=d',
  'a.b.[c=d].0',
  'a.[=].b',
  'metadata.name',
  'spec.template.*.x',
  '__proto__',
  'constructor',
  '.*',
  '(a+)+$',
  '(((((((((a*)*)*)*)*)*)*)*)*)',
  '[[:alpha:]',
  '\u{1f600}',
  '\u202e\u2066',
  '::error::x',
  '##vso[task.complete]',
  '</td><script>',
  '\u001b[31m',
  'a'.repeat(5000),
] as const;

/** Lines of kustomizations and objects that change what the rest of a file means. */
const oddLines = [
  'kind: Component',
  'kind: List',
  'kind: Secret',
  'items: [{kind: Job, apiVersion: batch/v1, metadata: {name: a}}]',
  'resources: [.]',
  'resources: [..]',
  'bases: [base, ../base]',
  'components: [../base]',
  'namePrefix: "a\\n"',
  'namespace: ""',
  'commonLabels: {app: null}',
  'images: [{name: ".*", newTag: "1"}]',
  'replicas: [{name: a, count: -1}]',
  'vars: [{name: A, objref: {kind: Job, name: a}, fieldref: {fieldpath: metadata.name}}]',
  'openapi: {path: kustomization.yaml}',
  'configurations: [kustomization.yaml]',
  'crds: [kustomization.yaml]',
  'generators: [kustomization.yaml]',
  'transformers: [kustomization.yaml]',
  'buildMetadata: [originAnnotations, transformerAnnotations]',
  'sortOptions: {order: fifo}',
  'patches: [{patch: "- {op: remove, path: /spec}", target: {kind: ".*"}}]',
  'patches: [{patch: "kind: Job\\n$patch: delete", target: {kind: Job}}]',
  'secretGenerator: [{name: a, literals: [a=b], files: [kustomization.yaml]}]',
  'configMapGenerator: [{name: a, behavior: merge, envs: [kustomization.yaml]}]',
  'replacements: [{source: {kind: Job}, targets: [{select: {kind: Job}, fieldPaths: ["metadata.name", "spec.*"], options: {delimiter: "-", index: -1, create: true}}]}]',
  '# migrate-lint-disable-file job-force until 2020-01-01',
  '# migrate-lint-disable-next-line',
] as const;

const lineChanges = [
  'value',
  'key',
  'drop',
  'repeat',
  'move',
  'indent',
  'outdent',
  'item',
  'cut',
  'characters',
  'insert',
  'graft',
] as const;
const fileChanges = ['crlf', 'bom', 'remove', 'rename', 'link', 'join', 'nul', 'anchors'] as const;

/** One change to a file: the numbers pick a file, lines in it, and another file. */
const mutation = fc.record({
  file: fc.nat(),
  line: fc.nat(),
  other: fc.nat(),
  value: fc.constantFrom(...oddValues),
  inserted: fc.constantFrom(...oddLines),
  how: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...lineChanges) },
    { weight: 1, arbitrary: fc.constantFrom(...fileChanges) },
  ),
});
type Mutation = (typeof mutation extends fc.Arbitrary<infer T> ? T : never) & {
  readonly how: (typeof lineChanges)[number] | (typeof fileChanges)[number];
};

/** The tree with one to six changes, most of which keep the rest of a file's structure, more or less. */
export function mutatedTree(tree: Tree): fc.Arbitrary<MutatedTree> {
  return fc
    .array(mutation, { minLength: 1, maxLength: 6 })
    .map((mutations) => mutations.reduce<MutatedTree>((changed, each) => mutate(changed, each as Mutation), tree));
}

function mutate(tree: MutatedTree, change: Mutation): MutatedTree {
  const paths = Object.keys(tree);
  const path = paths[change.file % paths.length];
  const text = path === undefined ? undefined : tree[path];
  if (path === undefined || typeof text !== 'string') return tree;
  const otherPath = paths[change.other % paths.length] ?? path;
  const otherText = tree[otherPath];
  const { [path]: _, ...others } = tree;
  switch (change.how) {
    case 'crlf':
      return { ...tree, [path]: text.replaceAll('\n', '\r\n') };
    case 'bom':
      return { ...tree, [path]: `\ufeff${text}` };
    case 'nul':
      return { ...tree, [path]: `${text}\0` };
    case 'remove':
      return others;
    case 'rename':
      return { ...others, [`${path}.yaml`]: text };
    case 'link':
      return { ...tree, [path]: { link: otherPath } };
    case 'join':
      return { ...tree, [path]: `${text}---\n${typeof otherText === 'string' ? otherText : ''}` };
    case 'anchors':
      return { ...tree, [path]: text.replace(/: (?=\w)/, ': &a ').replace(/(- |: )(?!&)[^\n]*$/m, '$1*a') };
    default: {
      const lines = text.split('\n');
      const donor = typeof otherText === 'string' ? otherText.split('\n') : [];
      return { ...tree, [path]: changeLines(lines, change.how, change, donor).join('\n') };
    }
  }
}

/** @param donor lines of another file, of which some may be put in */
function changeLines(
  lines: readonly string[],
  how: (typeof lineChanges)[number],
  { line: lineNumber, other: otherNumber, value, inserted }: Mutation,
  donor: readonly string[],
): string[] {
  const at = lineNumber % lines.length;
  const other = otherNumber % lines.length;
  const line = lines[at] ?? '';
  const replaceWith = (...put: readonly string[]): string[] => lines.toSpliced(at, 1, ...put);
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
    case 'insert':
      return lines.toSpliced(at, 0, inserted);
    case 'graft': {
      const from = otherNumber % Math.max(donor.length, 1);
      const indentation = /^ */.exec(line)?.[0] ?? '';
      return lines.toSpliced(at, 0, ...donor.slice(from, from + 4).map((each) => indentation + each.trimStart()));
    }
    case 'characters':
      return replaceWith(line.slice(0, other) + value + line.slice(other));
  }
}
