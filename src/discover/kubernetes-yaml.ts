import { decodeUtf16 } from '../source/files/decode.ts';
import { getField, getText, type Node } from '../source/node.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';

/**
 * Whether a file in a folder contains Kubernetes objects. CI pipelines, chart values, compose files and the like do not; nor
 * do settings of tools that use `apiVersion` and `kind` without being objects. An object must have a name, because one with
 * only `generateName` is not applied; except for a Job, which may be a migration. A file that cannot be parsed, or is in
 * UTF-16 without a mark, counts if it looks like an object, so that the reason is reported; a template does not.
 */
export function holdsKubernetesObjects(path: string, sources: SourceCache): boolean {
  const file = sources.read(path);
  if (isReadFailure(file)) return looksLikeObject(readUtf16(path, sources));
  if (!mentionsObject(file.text)) return false;
  const { documents, problems } = sources.parse(file);
  if (problems.length > 0) return looksLikeObject(file.text);
  return documents.some(({ root }) => root !== undefined && isObject(root));
}

/** Whether the first document of a file is a Flux Kustomization. */
export function holdsFluxKustomization(path: string, sources: SourceCache): boolean {
  const file = sources.read(path);
  if (isReadFailure(file) || !file.text.includes('kustomize.toolkit.fluxcd.io/')) return false;
  const root = sources.parse(file).documents[0]?.root;
  return root !== undefined && getText(root, ['apiVersion'])?.startsWith('kustomize.toolkit.fluxcd.io/') === true;
}

/** The text of a file in UTF-16 without a byte-order mark; kustomize cannot read it. */
function readUtf16(path: string, sources: SourceCache): string {
  const bytes = sources.readBytes(path);
  return (bytes instanceof Uint8Array ? decodeUtf16(bytes) : undefined) ?? '';
}

/** A cheap check that avoids parsing files without objects. */
function mentionsObject(text: string): boolean {
  return text.includes('apiVersion') && text.includes('kind');
}

function looksLikeObject(text: string): boolean {
  return mentionsObject(text) && !isTemplate(text) && /^["']?metadata["']?:/m.test(text);
}

/** Whether a text holds `{{…}}`, or a line that is only a word such as `REPLACE_WITH_CERTIFICATE`, which something fills in. */
function isTemplate(text: string): boolean {
  return text.includes('{{') || /^[ \t]*(?:[A-Z][A-Z\d]*_[A-Z\d_]+|@\w+@|%\w+%)[ \t]*\r?$/m.test(text);
}

function isObject(node: Node): boolean {
  if (node.kind !== 'map' || !getText(node, ['apiVersion']) || !getText(node, ['kind'])) return false;
  if (getText(node, ['metadata', 'name']) !== undefined || getField(node, 'items') !== undefined) return true;
  return getText(node, ['kind']) === 'Job' && getText(node, ['metadata', 'generateName']) !== undefined;
}
