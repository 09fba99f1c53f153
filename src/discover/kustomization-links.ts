import { posix } from 'node:path';
import { kustomizationNames } from '../kustomize/load/kustomization-names.ts';
import { pushAll } from '../push-all.ts';
import { getText, type Node } from '../source/node.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';

/** What a kustomization says of itself and of others, read loosely: whether it is right is for the build to say. */
export interface KustomizationLinks {
  readonly isComponent: boolean;
  /** Absolute paths that its entries would include: kustomizations' folders, and manifests. */
  readonly includes: readonly string[];
  /** Absolute paths of anything that it names, patches and generator inputs too. */
  readonly mentions: readonly string[];
}

/** Fields whose entries are built as part of the kustomization. */
const includingFields = new Set(['resources', 'bases', 'components', 'generators', 'transformers', 'validators']);

/** Reads the kustomization file of a folder. One that cannot be read links to nothing, and so is a root of its own. */
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

/** A generator's file may be given a key: `app.properties=config/app.properties`. */
function pathsOf(text: string, directory: string): string[] {
  if (text === '' || text.length > 1000 || /[\n\0]|:\/\//.test(text)) return [];
  const equals = text.indexOf('=');
  const paths = [posix.resolve(directory, text)];
  if (equals > 0) paths.push(posix.resolve(directory, text.slice(equals + 1)));
  return paths;
}
