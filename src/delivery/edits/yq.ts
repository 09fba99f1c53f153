import { editsInPlace } from '../../shell/words.ts';
import { findEntry, getField, getText, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import type { Command } from '../pipelines/ci-job.ts';
import { programOf } from '../pipelines/commands.ts';

/** A key that `yq` sets in a file. */
export interface KeySetting {
  /** The key as written: `.data.IMAGE_TAG`; undefined if the expression does more than set one key. */
  readonly key: string | undefined;
  /** The value, as an expression of `yq`. */
  readonly value: string | undefined;
  readonly path: string;
}

/** Reads `yq -i '.a.b = …' FILE`, `yq eval -i …` and `yq w -i FILE a.b …`; undefined for anything else. */
export function readKeySetting(command: Command): KeySetting | undefined {
  const { words } = command;
  if (programOf(command) !== 'yq' || !editsInPlace(words)) return undefined;
  const plain = words.slice(1).filter((word) => word !== '' && !/^[-<>]/.test(word));
  if (plain[0] === 'w' || plain[0] === 'write') {
    const [, path, key, value] = plain;
    return path === undefined || key === undefined ? undefined : { key: `.${key}`, value, path };
  }
  const [expression, path, ...more] = plain.filter((word) => !/^(e|ea|eval|eval-all)$/.test(word));
  if (expression === undefined || path === undefined || more.length > 0) return undefined;
  const [, key, value] = /^\s*((?:\.[\w-]+|\.?\["[^"\\]+"\])+)\s*\|?=(?![=])([^|]*)$/.exec(expression) ?? [];
  return { key, value, path };
}

/** The `data` of a ConfigMap without the key, to which `yq` would add it; undefined if every ConfigMap has the key. */
export function findMissingKey(key: string, documents: readonly Node[]): Span | undefined {
  const [field, name, ...deeper] = [...key.matchAll(/\.([\w-]+)|\["([^"]+)"\]/g)].map(
    (step) => step[1] ?? step[2] ?? '',
  );
  if (field !== 'data' || name === undefined || deeper.length > 0) return undefined;
  for (const node of documents) {
    if (node.kind !== 'map' || getText(node, ['kind']) !== 'ConfigMap') continue;
    const data = findEntry(node, 'data');
    if (data?.value.kind === 'map' && getField(data.value, name) === undefined) return originSpan(data.key.origin);
  }
  return undefined;
}
