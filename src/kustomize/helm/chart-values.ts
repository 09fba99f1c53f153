import { cloneNode, emptyMap, type MapNode, type Node } from '../../source/node.ts';
import { printYaml } from '../../source/print/print.ts';
import { readFirstDocument } from '../load/first-document.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import { mergeNodes } from '../patches/merge-nodes.ts';
import { BuildError, refusePrintErrors } from '../problem.ts';
import type { BuildContext } from '../session/build-context.ts';
import type { Chart } from './chart.ts';

/**
 * The values that kustomize passes to helm: the values file as it is, or merged with inline values.
 * Throws a BuildError if the file cannot be read, or JSON cannot hold the values.
 */
export function chartValues(chart: Chart, files: KustomizationFiles, context: BuildContext): string | Uint8Array {
  const inline = chart.valuesInline;
  if (inline === undefined) {
    const { path, at } = chart.valuesFile;
    return files.readBytes(path, at);
  }
  const values = mergeValues(chart, inline, files, context);
  return refusePrintErrors(
    () => printYaml(values),
    (reason) => `the values cannot be used: ${reason}`,
  );
}

function mergeValues(chart: Chart, inline: MapNode, files: KustomizationFiles, context: BuildContext): Node {
  const mode = chart.valuesMerge;
  if (mode === 'replace') return inline;
  const written = readValues(chart, files);
  const [over, under] = mode === 'override' ? [inline, written] : [written, inline];
  return mergeNodes(cloneNode(under), cloneNode(over), undefined, context) ?? emptyMap(inline.origin);
}

function readValues(chart: Chart, files: KustomizationFiles): Node {
  const { path, at } = chart.valuesFile;
  const root = readFirstDocument(files.readSource(path, at));
  if (root !== undefined) return root;
  throw new BuildError(
    `\`${path}\` holds no values, and kustomize merges inline ones into no empty file; write \`{}\` into it, or set \`valuesMerge: replace\``,
    at,
  );
}
