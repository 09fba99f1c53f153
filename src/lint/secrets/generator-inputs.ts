import { posix } from 'node:path';
import type { BuiltRoot } from '../../kustomize/built-root.ts';
import { getPath, getText, listItems, type Node } from '../../source/node.ts';
import type { SourceCache } from '../../source/source-cache.ts';
import type { SourceFile } from '../../source/source-file.ts';

/** kustomize accepts field names in any case. */
export function isSecretGenerator(field: string): boolean {
  return field.toLowerCase() === 'secretgenerator';
}

/** Absolute paths of the files that `secretGenerator` entries read, from every kustomization of the builds. */
export function collectGeneratorInputs(roots: readonly BuiltRoot[], sources: SourceCache): Set<string> {
  const paths = new Set<string>();
  for (const root of roots) for (const path of inputsOf(root, sources)) paths.add(path);
  return paths;
}

const knownInputsOfRoots = new WeakMap<BuiltRoot, readonly string[]>();

/** Remembered per build, because a run after an edit reuses most builds. */
function inputsOf(root: BuiltRoot, sources: SourceCache): readonly string[] {
  const known = knownInputsOfRoots.get(root) ?? root.files.flatMap((file) => generatorInputs(file, sources));
  knownInputsOfRoots.set(root, known);
  return known;
}

const knownInputs = new WeakMap<SourceFile, readonly string[]>();

function generatorInputs(file: SourceFile, sources: SourceCache): readonly string[] {
  const known = knownInputs.get(file);
  if (known !== undefined) return known;
  const paths = /secretGenerator/i.test(file.text) ? [...readGeneratorInputs(file, sources)] : [];
  knownInputs.set(file, paths);
  return paths;
}

function readGeneratorInputs(file: SourceFile, sources: SourceCache): Set<string> {
  const paths = new Set<string>();
  for (const { root } of sources.parse(file).documents) {
    if (root?.kind !== 'map') continue;
    for (const { key, value } of root.entries) {
      if (!isSecretGenerator(key.value)) continue;
      for (const generator of listItems(value)) addInputs(generator, posix.dirname(file.path), paths);
    }
  }
  return paths;
}

function addInputs(generator: Node, directory: string, paths: Set<string>): void {
  const listed = ['files', 'envs'].flatMap((field) => listItems(getPath(generator, [field])));
  for (const node of [...listed, getPath(generator, ['env'])]) {
    const text = getText(node);
    // A file may have a key: `tls.key=certificates/server.key`.
    if (text !== undefined) paths.add(posix.resolve(directory, text.slice(text.indexOf('=') + 1)));
  }
}
