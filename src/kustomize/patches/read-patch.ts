import { oncePer } from '../../collections/once.ts';
import { cloneNode, getText, isNull, type MapNode, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { readYaml } from '../../source/read.ts';
import type { Span } from '../../source/span.ts';
import { readAsJson } from '../load/read-as-json.ts';
import { readJson } from '../load/read-json.ts';
import { readResources } from '../load/read-resources.ts';
import { BuildError } from '../problem.ts';
import { toJsonForm } from './json-form.ts';
import { type PatchText, relocate, withRealPlaces } from './patch-text.ts';

/** A parsed patch. */
export type Patch =
  | { readonly kind: 'strategic merge'; readonly objects: readonly MapNode[] }
  | { readonly kind: 'json'; readonly steps: readonly Node[] }
  | { readonly kind: 'empty' };

/**
 * Reads a patch: a list is a JSON patch, objects are strategic merge patches, and nothing, or an empty list, is `empty`.
 * Throws a BuildError inside the text if it is neither. The result is shared, so callers clone what they insert.
 */
export const readPatch = oncePer(
  (text: PatchText): Patch =>
    withRealPlaces(text, () => {
      const steps = readSteps(text);
      if (steps !== undefined && steps.length > 0) return { kind: 'json', steps };
      const objects = readObjects(text);
      return objects.length > 0 ? { kind: 'strategic merge', objects } : { kind: 'empty' };
    }),
);

/**
 * Reads a strategic merge patch of one or more documents. Throws a BuildError inside the text if it is something else.
 */
export function readMergePatch(text: PatchText): readonly MapNode[] {
  return withRealPlaces(text, () => readObjects(text));
}

/** Reads a JSON patch in JSON or YAML. Throws a BuildError inside the text if it is something else. */
export function readJsonPatch(text: PatchText): readonly Node[] {
  return withRealPlaces(text, () => {
    const steps = readSteps(text);
    if (steps !== undefined) return steps;
    throw new BuildError('a JSON patch is a list of steps, each with `op`, `path` and mostly `value`', startOf(text));
  });
}

function startOf({ file }: PatchText): Span {
  return { file, start: 0, end: file.lineStarts[1] ?? file.text.length };
}

function readObjects(text: PatchText): MapNode[] {
  const stream = readYaml(text.file);
  for (const { root } of stream.documents) if (root?.kind === 'map') checkPatch(root);
  return readResources(stream).map(({ node }) => {
    relocate(node, text);
    return node;
  });
}

/** A patch needs a kind and a name even with a target, although the name then has no effect. */
function checkPatch(root: MapNode): void {
  const [first] = root.entries;
  if (first === undefined || getText(root, ['kind'])?.endsWith('List')) return;
  for (const path of [['kind'], ['metadata', 'name']]) {
    if (getText(root, path)) continue;
    throw new BuildError(
      `a strategic merge patch must have a \`${path.join('.')}\`, even where a \`target\` selects its objects; add it`,
      originSpan(first.key.origin),
    );
  }
}

/** The operations of a JSON patch in JSON form; undefined if the text is not a list. */
function readSteps(text: PatchText): Node[] | undefined {
  const root = text.file.text.startsWith('[') ? readJson(text.file) : readYamlList(text);
  if (root?.kind !== 'sequence') return undefined;
  for (const step of root.items) {
    if (step.kind === 'map' || isNull(step)) continue;
    throw new BuildError(
      'a step of a JSON patch is a map with `op`, `path` and mostly `value`',
      originSpan(step.origin),
    );
  }
  relocate(root, text);
  toJsonForm(root);
  return root.items;
}

/** A list, read as kustomize does when it converts a patch from YAML to JSON; undefined if the text is something else. */
function readYamlList(text: PatchText): Node | undefined {
  const stream = readYaml(text.file, { firstDocumentOnly: true });
  const root = stream.documents[0]?.root;
  if (root?.kind !== 'sequence' || stream.problems.length > 0) return undefined;
  const copy = cloneNode(root);
  readAsJson(copy);
  return copy;
}
