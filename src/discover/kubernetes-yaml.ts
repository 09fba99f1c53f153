import { getField, getText, type Node } from '../source/node.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';

/**
 * Whether a file found in a folder holds Kubernetes objects. CI pipelines, chart values, compose files and the like
 * do not; nor do the settings of tools that borrow `apiVersion` and `kind` but describe no object, nor what has no name
 * (`generateName`) and so is no part of a tree that is applied. A Job without a name counts: it may be a migration.
 * Text that cannot be read as YAML counts when it looks like an object, so that the reason is reported; a template does not.
 */
export function holdsKubernetesObjects(path: string, sources: SourceCache): boolean {
  const file = sources.read(path);
  if (isReadFailure(file) || !mentionsObject(file)) return false;
  const { documents, problems } = sources.parse(file);
  if (problems.length > 0) return !file.text.includes('{{') && /^["']?metadata["']?:/m.test(file.text);
  return documents.some(({ root }) => root !== undefined && isObject(root));
}

/** Spares the parsing of what cannot be one. */
function mentionsObject({ text }: SourceFile): boolean {
  return text.includes('apiVersion') && text.includes('kind');
}

function isObject(node: Node): boolean {
  if (node.kind !== 'map' || !getText(node, ['apiVersion']) || !getText(node, ['kind'])) return false;
  if (getText(node, ['metadata', 'name']) !== undefined || getField(node, 'items') !== undefined) return true;
  return getText(node, ['kind']) === 'Job' && getText(node, ['metadata', 'generateName']) !== undefined;
}
