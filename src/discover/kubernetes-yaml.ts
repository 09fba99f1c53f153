import { decodeUtf16 } from '../source/decode.ts';
import { getField, getText, type Node } from '../source/node.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';

/**
 * Whether a file found in a folder holds Kubernetes objects. CI pipelines, chart values, compose files and the like
 * do not; nor do the settings of tools that borrow `apiVersion` and `kind` but describe no object, nor what has no name
 * (`generateName`) and so is no part of a tree that is applied. A Job without a name counts: it may be a migration.
 * Text that cannot be read as YAML, or is in UTF-16, counts when it looks like an object, so that the reason is reported; a
 * template does not.
 */
export function holdsKubernetesObjects(path: string, sources: SourceCache): boolean {
  const file = sources.read(path);
  if (isReadFailure(file)) return looksLikeObject(readUtf16(path, sources));
  if (!mentionsObject(file.text)) return false;
  const { documents, problems } = sources.parse(file);
  if (problems.length > 0) return looksLikeObject(file.text);
  return documents.some(({ root }) => root !== undefined && isObject(root));
}

/** Whether a file begins with an object of kind Kustomization that is Flux's. */
export function holdsFluxKustomization(path: string, sources: SourceCache): boolean {
  const file = sources.read(path);
  if (isReadFailure(file) || !file.text.includes('kustomize.toolkit.fluxcd.io/')) return false;
  const root = sources.parse(file).documents[0]?.root;
  return root !== undefined && getText(root, ['apiVersion'])?.startsWith('kustomize.toolkit.fluxcd.io/') === true;
}

/** What PowerShell may have written; kustomize reads none of it. */
function readUtf16(path: string, sources: SourceCache): string {
  const bytes = sources.readBytes(path);
  return (bytes instanceof Uint8Array ? decodeUtf16(bytes) : undefined) ?? '';
}

/** Spares the parsing of what cannot be one. */
function mentionsObject(text: string): boolean {
  return text.includes('apiVersion') && text.includes('kind');
}

function looksLikeObject(text: string): boolean {
  return mentionsObject(text) && !text.includes('{{') && /^["']?metadata["']?:/m.test(text);
}

function isObject(node: Node): boolean {
  if (node.kind !== 'map' || !getText(node, ['apiVersion']) || !getText(node, ['kind'])) return false;
  if (getText(node, ['metadata', 'name']) !== undefined || getField(node, 'items') !== undefined) return true;
  return getText(node, ['kind']) === 'Job' && getText(node, ['metadata', 'generateName']) !== undefined;
}
