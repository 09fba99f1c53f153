import type { MapNode, ScalarNode } from '../../source/node.ts';
import { type Origin, originSpan, sourceOrigin } from '../../source/origin.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import { scalarItems } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import { parseEnvFile } from './env-file.ts';
import { parseFileSource, parseLiteral } from './key-value-source.ts';

/** One entry of a ConfigMap or Secret, before it is encoded. */
export interface KeyValue {
  readonly key: string;
  readonly keyOrigin: Origin;
  readonly value: Uint8Array;
  readonly valueOrigin: Origin;
  /** The entry of `envs`, `literals` or `files`. */
  readonly listedAt: Span;
}

/**
 * Loads a generator's `envs`, `literals` and `files`, in kustomize's order.
 * Throws a BuildError for an entry that cannot be read, for a repeated key, and for `<<`.
 */
export function loadKeyValues(args: MapNode, files: KustomizationFiles): KeyValue[] {
  const pairs = [
    ...scalarItems(args, 'envs').flatMap((path) => loadEnvFile(path, files)),
    ...scalarItems(args, 'literals').map(loadLiteral),
    ...scalarItems(args, 'files').map((source) => loadFile(source, files)),
  ];
  const known = new Map<string, KeyValue>();
  for (const pair of pairs) {
    const first = known.get(pair.key);
    if (first !== undefined) throw repeatedKey(pair, first);
    if (pair.key === '<<') throw mergeKey(pair);
    known.set(pair.key, pair);
  }
  return pairs;
}

function loadEnvFile(path: ScalarNode, files: KustomizationFiles): KeyValue[] {
  const listedAt = originSpan(path.origin);
  const bytes = files.readBytes(path.value, listedAt);
  const file = readText(path, files);
  return parseEnvFile(bytes, path).map(({ key, keyStart, value, valueStart }) => ({
    key,
    keyOrigin: file ? sourceOrigin({ file, start: keyStart, end: keyStart + key.length }) : path.origin,
    value: encoder.encode(value),
    valueOrigin: file ? sourceOrigin({ file, start: valueStart, end: valueStart + value.length }) : path.origin,
    listedAt,
  }));
}

function loadLiteral(literal: ScalarNode): KeyValue {
  const { key, value } = parseLiteral(literal);
  return {
    key: key.value,
    keyOrigin: key.origin,
    value: encoder.encode(value.value),
    valueOrigin: value.origin,
    listedAt: originSpan(literal.origin),
  };
}

function loadFile(source: ScalarNode, files: KustomizationFiles): KeyValue {
  const { key, path } = parseFileSource(source);
  const listedAt = originSpan(source.origin);
  const value = files.readBytes(path.value, listedAt);
  const file = readText({ ...source, value: path.value }, files);
  return {
    key: key.value,
    keyOrigin: key.origin,
    value,
    valueOrigin: file ? sourceOrigin({ file, start: 0, end: file.text.length }) : path.origin,
    listedAt,
  };
}

const encoder = new TextEncoder();

/** A file to point into; undefined if it is not text. */
function readText(path: ScalarNode, files: KustomizationFiles): SourceFile | undefined {
  try {
    return files.readSource(path.value, originSpan(path.origin));
  } catch (error) {
    if (error instanceof BuildError) return undefined;
    throw error;
  }
}

function repeatedKey(pair: KeyValue, first: KeyValue): BuildError {
  return new BuildError(
    `the key \`${pair.key}\` is repeated; rename or remove one of the two`,
    originSpan(pair.keyOrigin),
    [{ at: originSpan(first.keyOrigin), note: 'the first one is here' }],
  );
}

function mergeKey({ keyOrigin }: KeyValue): BuildError {
  return new BuildError('kustomize takes the key `<<` for a merge key of YAML; rename it', originSpan(keyOrigin));
}
