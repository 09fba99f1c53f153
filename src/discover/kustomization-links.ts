import { posix } from 'node:path';
import { pushAll } from '../collections/push-all.ts';
import { getText, type Node } from '../source/node.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import { kustomizationNames } from './kustomization-names.ts';

/** The references of a kustomization, read without validation; the build does that. */
export interface KustomizationLinks {
  readonly isComponent: boolean;
  /** Absolute paths of the kustomization folders and manifests that it includes. */
  readonly includes: readonly string[];
  /** Absolute paths of everything that it names, including patches and generator inputs. */
  readonly mentions: readonly string[];
}

/** The fields whose entries are included in the build. */
const includingFields = new Set(['resources', 'bases', 'components', 'generators', 'transformers', 'validators']);

/** Reads the kustomization file of a folder. One that cannot be read has no links, and so becomes a root. */
export function readKustomizationLinks(directory: string, sources: SourceCache): KustomizationLinks {
  const includes: string[] = [];
  const mentions: string[] = [];
  let isComponent = false;
  for (const name of kustomizationNames) {
    const file = sources.read(posix.join(directory, name));
    const root = isReadFailure(file) ? undefined : sources.parse(file).documents[0]?.root;
    if (root?.kind !== 'map') continue;
    isComponent ||= getText(root, ['kind']) === 'Component';
    for (const { key, value } of root.entries) {
      const paths = [...texts(value)].flatMap((text) => pathsOf(text, directory));
      pushAll(mentions, paths);
      if (includingFields.has(key.value.toLowerCase())) pushAll(includes, paths);
    }
  }
  return { isComponent, includes, mentions };
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
