import { oncePer } from '../../collections/once.ts';
import { pushAll } from '../../collections/push-all.ts';
import type { BuiltRoot } from '../../kustomize/built-root.ts';
import { getField, getPath, getText, listItems, type MapNode, type Node } from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import type { SourceCache } from '../../source/source-cache.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { collectGeneratorInputs, isSecretGenerator } from './generator-inputs.ts';
import { findPasswords } from './passwords.ts';
import { findSecretText } from './secret-text.ts';

/** The ranges of files that contain secret values, which no report may print. */
export interface SecretPlaces {
  /** The ranges in one file, in no particular order; they may overlap. */
  within(file: SourceFile): readonly SecretRange[];
}

/** Offsets into a file's text, half-open. */
export interface SecretRange {
  readonly start: number;
  readonly end: number;
}

/** The secret ranges that overlap a span. */
export function secretsTouching({ file, start, end }: Span, secrets: SecretPlaces): SecretRange[] {
  return secrets.within(file).filter((range) => range.start < end && start < range.end);
}

/**
 * Finds secrets in the files of roots: values under `data` and `stringData` of Secrets, whether built or only in a file;
 * literals, files and env files of a `secretGenerator`, even if its build failed; patches of Secrets; files that are listed as
 * manifests but are not; and plain-text passwords anywhere. A file is searched only when a report asks for it.
 */
export function findSecretPlaces(roots: readonly BuiltRoot[], sources: SourceCache): SecretPlaces {
  const ranges = new Map<SourceFile, SecretRange[]>();
  let built: Map<SourceFile, SecretRange[]> | undefined;
  let inputs: Set<string> | undefined;
  let refused: Set<SourceFile> | undefined;
  return {
    within(file) {
      const known = ranges.get(file);
      if (known) return known;
      built ??= collectBuiltSecrets(roots);
      inputs ??= collectGeneratorInputs(roots, sources);
      refused ??= collectRefusedFiles(roots);
      const found = [...(built.get(file) ?? []), ...findInFile(file, inputs, sources)];
      if (refused.has(file) && !holdsYaml(file, sources))
        pushAll(found, findSecretText(file.text, 0, file.text.length));
      ranges.set(file, found);
      return found;
    },
  };
}

function findInFile(file: SourceFile, inputs: ReadonlySet<string>, sources: SourceCache): SecretRange[] {
  if (inputs.has(file.path)) return [{ start: 0, end: file.text.length }];
  const found = findPasswords(file.text);
  if (!/\bSecret\b|secretGenerator/i.test(file.text)) return found;
  const { documents, problems } = sources.parse(file);
  if (problems.length > 0) {
    // A file name such as `secret.yaml` does not count.
    const mayBeSecret = /\bSecret\b|\bkind\W+secret\b|[sS]ecret[gG]enerator/.test(file.text);
    return mayBeSecret ? [...found, ...findSecretText(file.text, 0, file.text.length)] : found;
  }
  for (const { root } of documents) if (root?.kind === 'map') collectFromObject(root, found);
  return found;
}

/** The files with build problems. */
function collectRefusedFiles(roots: readonly BuiltRoot[]): Set<SourceFile> {
  return new Set(roots.flatMap(({ problems }) => problems.map(({ at }) => at.file)));
}

/** Whether a file is a manifest, and not something listed as one by mistake: a `.env` file, a key, a token. */
function holdsYaml(file: SourceFile, sources: SourceCache): boolean {
  const { documents, problems } = sources.parse(file);
  if (problems.length > 0) return !/^(?:export[ \t]+)?\w+=/m.test(file.text);
  return documents.every(({ root }) => root === undefined || root.kind !== 'scalar');
}

function collectFromObject(object: MapNode, found: SecretRange[]): void {
  const kind = getText(object, ['kind']);
  if (kind === 'Secret') for (const value of secretValues(object)) found.push(originSpan(value.origin));
  if (kind?.endsWith('List')) for (const item of listItems(getField(object, 'items'))) collectFromMap(item, found);
  for (const { key, value } of object.entries) {
    if (isSecretGenerator(key.value)) for (const item of listItems(value)) collectLiterals(item, found);
    if (key.value.toLowerCase().startsWith('patches')) for (const item of listItems(value)) collectPatch(item, found);
  }
}

function collectFromMap(node: Node, found: SecretRange[]): void {
  if (node.kind === 'map') collectFromObject(node, found);
}

function collectLiterals(generator: Node, found: SecretRange[]): void {
  const literals = getPath(generator, ['literals']);
  // Only a list is valid, but an invalid value may be shown in a report, too.
  for (const literal of literals?.kind === 'sequence' ? literals.items : literals ? [literals] : []) {
    const { file, start, end } = originSpan(literal.origin);
    const equals = literal.kind === 'scalar' ? file.text.slice(start, end).indexOf('=') : -1;
    found.push({ start: start + equals + 1, end });
  }
}

/** An inline patch: a block of YAML in the kustomization or, in older files, an object. */
function collectPatch(entry: Node, found: SecretRange[]): void {
  collectFromMap(entry, found);
  const patch = entry.kind === 'scalar' ? entry : getPath(entry, ['patch']);
  if (patch?.kind !== 'scalar') return;
  if (getText(entry, ['target', 'kind']) !== 'Secret' && !/kind["']?:\s*["']?Secret\b/.test(patch.value)) return;
  const { file, start, end } = originSpan(patch.origin);
  pushAll(found, findSecretText(file.text, start, end));
}

function* secretValues(object: MapNode): Generator<Node> {
  for (const field of ['data', 'stringData']) {
    const values = getField(object, field);
    if (values?.kind === 'map') for (const { value } of values.entries) yield value;
    else if (values !== undefined) yield values;
  }
}

function collectBuiltSecrets(roots: readonly BuiltRoot[]): Map<SourceFile, SecretRange[]> {
  const found = new Map<SourceFile, SecretRange[]>();
  for (const root of roots) for (const span of secretSpans(root)) addSpan(found, span);
  return found;
}

/** Collected once per build, because a run after an edit reuses most builds. */
const secretSpans = oncePer((root: BuiltRoot): readonly Span[] => {
  const values = root.resources.filter(({ kind }) => kind === 'Secret').flatMap(({ node }) => [...secretValues(node)]);
  return values.flatMap((value) => [...valueSpans(value.origin)]);
});

/** The locations where a value was written: its own, those of patches, and the source of a replacement. */
function* valueSpans(origin: Origin): Generator<Span> {
  switch (origin.kind) {
    case 'source':
      yield origin;
      return;
    case 'generated':
      return;
    case 'transformed':
      if (origin.by === 'strategic merge patch' || origin.by === 'json patch') yield origin.configuredIn;
      if (origin.from) yield* valueSpans(origin.from);
      if (origin.input) yield* valueSpans(origin.input);
  }
}

function addSpan(found: Map<SourceFile, SecretRange[]>, { file, start, end }: Span): void {
  const ranges = found.get(file);
  if (ranges) ranges.push({ start, end });
  else found.set(file, [{ start, end }]);
}
