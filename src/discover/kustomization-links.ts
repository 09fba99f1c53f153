import { posix } from 'node:path';
import { dropUndefined } from '../collections/drop-undefined.ts';
import { pushAll } from '../collections/push-all.ts';
import { getText, isNull, type MapEntry, type Node } from '../source/node.ts';
import type { YamlStream } from '../source/read.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import { kustomizationNames } from './kustomization-names.ts';

/** The references of a kustomization, read without validation; the build does that. */
export interface KustomizationLinks {
  readonly isComponent: boolean;
  /** Absolute paths of the kustomization folders and manifests that it includes. */
  readonly includes: readonly string[];
  /** Absolute paths of everything that it names, including patches and generator inputs. */
  readonly mentions: readonly string[];
  /** What there is instead of a kustomization: a file that lists nothing yet, or a template that something fills in. */
  readonly placeholder?: Placeholder;
}

export type Placeholder = 'empty' | 'template';

/** The fields whose entries are included in the build. */
const includingFields = new Set(['resources', 'bases', 'components', 'generators', 'transformers', 'validators']);

/** Reads the kustomization file of a folder. One that cannot be read has no links, and so becomes a root. */
export function readKustomizationLinks(directory: string, sources: SourceCache): KustomizationLinks {
  const includes: string[] = [];
  const mentions: string[] = [];
  let isComponent = false;
  let placeholder: Placeholder | undefined;
  for (const name of kustomizationNames) {
    const file = sources.read(posix.join(directory, name));
    if (isReadFailure(file)) continue;
    const stream = sources.parseFirst(file);
    const root = stream.documents[0]?.root;
    placeholder = findPlaceholder(stream);
    if (root?.kind !== 'map') continue;
    isComponent ||= getText(root, ['kind']) === 'Component';
    for (const { key, value } of root.entries) {
      const paths = [...texts(value)].flatMap((text) => pathsOf(text, directory));
      pushAll(mentions, paths);
      if (includingFields.has(key.value.toLowerCase())) pushAll(includes, paths);
    }
  }
  return { isComponent, includes, mentions, ...dropUndefined({ placeholder }) };
}

/** Whether kustomize refuses a file because it lists nothing, or because a template is not YAML. */
function findPlaceholder({ documents: [first], problems }: YamlStream): Placeholder | undefined {
  if (problems.length > 0) return problems.some(({ code }) => code === 'template') ? 'template' : undefined;
  const root = first?.root;
  if (root === undefined || isNull(root)) return 'empty';
  if (root.kind !== 'map') return undefined;
  const isSet = ({ key, value }: MapEntry) => key.value !== 'apiVersion' && key.value !== 'kind' && !isNull(value);
  return root.entries.some(isSet) ? undefined : 'empty';
}

function* texts(node: Node): Generator<string> {
  switch (node.kind) {
    case 'scalar':
      yield node.value;
      return;
    case 'sequence':
      for (const item of node.items) yield* texts(item);
      return;
    case 'map':
      for (const { value } of node.entries) yield* texts(value);
  }
}

/** The paths that a text may stand for. A generator's file may have a key: `app.properties=config/app.properties`. */
function pathsOf(text: string, directory: string): string[] {
  if (text === '' || text.length > 1000 || /[\n\0]|:\/\//.test(text)) return [];
  const equals = text.indexOf('=');
  const paths = [posix.resolve(directory, text)];
  if (equals > 0) paths.push(posix.resolve(directory, text.slice(equals + 1)));
  return paths;
}
