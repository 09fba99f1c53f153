import { isNull, type MapNode, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { describeKind } from '../describe-kind.ts';
import { readCrdConfig } from '../field-specs/read-crd-config.ts';
import { readTransformerConfig } from '../field-specs/read-transformer-config.ts';
import {
  defaultTransformerConfig,
  mergeTransformerConfig,
  type TransformerConfig,
} from '../field-specs/transformer-config.ts';
import { firstDocument } from '../load/first-document.ts';
import { configurationSchema } from '../load/kustomization-schema.ts';
import { readJson } from '../load/read-json.ts';
import { shapeFields } from '../load/shape-fields.ts';
import { configurationRules } from '../load/shape-rules.ts';
import { BuildError } from '../problem.ts';
import { unlessLeftOut } from '../session/left-out.ts';
import type { Target } from './target.ts';

/**
 * The fields that a kustomization's transformers change: the defaults, then those of its `configurations:` and `crds:`.
 */
export function loadTransformerConfig(target: Target): TransformerConfig {
  const { context } = target.session;
  let config = defaultTransformerConfig(context.dialect);
  for (const path of target.kustomization.strings('configurations')) {
    context.checkTime(originSpan(path.origin));
    const fields = unlessLeftOut(context, () => {
      const file = target.folder.readSource(path.value, originSpan(path.origin));
      return readMap(target, file, 'configuration file');
    });
    if (fields === undefined) continue;
    const added = readTransformerConfig(shapeFields(fields, configurationSchema(context.dialect), configurationRules));
    config = mergeTransformerConfig(config, added);
  }
  for (const path of target.kustomization.strings('crds')) {
    context.checkTime(originSpan(path.origin));
    const definitions = unlessLeftOut(context, () => readDefinitions(target, path));
    if (definitions !== undefined) config = mergeTransformerConfig(config, readCrdConfig(definitions, context));
  }
  return config;
}

/** The definitions in a file of `crds:`, in JSON if it starts with `{`, and else in YAML. */
function readDefinitions(target: Target, path: ScalarNode): MapNode | undefined {
  const what = 'file of OpenAPI definitions';
  const listedAt = originSpan(path.origin);
  const file = target.folder.readSource(path.value, listedAt);
  if (file.text === '') {
    throw new BuildError(
      `\`${path.value}\` is an empty file, but a ${what} is wanted here; fill or remove it`,
      listedAt,
    );
  }
  return readMap(target, file, what, file.text.startsWith('{') ? readJson(file) : undefined);
}

/** The map in the first document of a file; undefined if that is empty. */
function readMap(
  { session }: Target,
  file: SourceFile,
  what: string,
  root = firstDocument(session.sources.parseFirst(file)),
): MapNode | undefined {
  if (root === undefined || isNull(root)) return undefined;
  if (root.kind === 'map') return root;
  throw new BuildError(`a ${what} holds a map, but this is ${describeKind(root.kind)}`, originSpan(root.origin));
}
