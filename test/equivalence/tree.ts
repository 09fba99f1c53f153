import { posix } from 'node:path';
import { type Document, isMap, isScalar, isSeq, type ParsedNode, parseAllDocuments, type YAMLSeq } from 'yaml';
import { isKustomizationFile } from '../../src/discover/find-roots.ts';
import type { Files } from './equivalence.ts';

/** A YAML document with something in it. */
export type YamlDocument = Document<ParsedNode>;

/** The documents of a text; undefined where writing them anew could make others of them: tags, anchors, odd numbers, Flux's markers. */
export function readDocuments(text: string): YamlDocument[] | undefined {
  if (/\$imagepolicy|[&*!]\w|<<:|^\t|\b0\d+\b|\b(yes|no|on|off|y|n)\b *$|\d_\d|\d:\d\d/im.test(text)) return undefined;
  const documents = [...parseAllDocuments(text, { logLevel: 'silent' })].filter(({ contents }) => contents !== null);
  return documents.every(({ errors, contents }) => errors.length === 0 && isMap(contents)) ? documents : undefined;
}

function isKustomization(path: string): boolean {
  return isKustomizationFile(path);
}

export function kustomizations(files: Files): string[] {
  return [...files.keys()].filter(isKustomization);
}

/** The files of objects that kustomizations list under `resources`. Patches, generators and their like are not among them. */
export function manifests(files: Files): string[] {
  const listed = kustomizations(files).flatMap((path) =>
    resourcesOf(files.get(path) ?? '').map((item) => posix.join(posix.dirname(path), item)),
  );
  return [...new Set(listed)].filter((path) => files.has(path) && !isKustomization(path));
}

/** The entries of `resources` of a kustomization. */
export function resourcesOf(text: string): string[] {
  const [document] = readDocuments(text) ?? [];
  return itemsOf(document?.get('resources')).flatMap((item) => (typeof item === 'string' ? [item] : []));
}

/** The scalars of a list. */
function itemsOf(list: unknown): unknown[] {
  return isSeq(list) ? list.items.map((item) => (isScalar(item) ? item.value : undefined)) : [];
}

/** The list under a key, if it is one. */
export function listAt(document: YamlDocument, key: string): YAMLSeq | undefined {
  const list = document.get(key);
  return isSeq(list) ? list : undefined;
}

/**
 * The tree with its kustomizations changed by a function, which gets each as a document with its folder and may add and delete
 * files; undefined where none of them was changed.
 */
export function editKustomizations(
  files: Files,
  edit: (document: YamlDocument, folder: string, after: Map<string, string>) => boolean,
): Files | undefined {
  const after = new Map(files);
  let isChanged = false;
  for (const path of kustomizations(files)) {
    const [document] = readDocuments(files.get(path) ?? '') ?? [];
    if (document === undefined || !edit(document, posix.dirname(path), after)) continue;
    after.set(path, document.toString({ lineWidth: 0 }));
    isChanged = true;
  }
  return isChanged ? after : undefined;
}
