import { emptyMap, getText, type MapNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { baseName } from '../../text/base-name.ts';
import type { FieldSpec } from '../field-specs/field-spec.ts';
import { readFieldSpecs } from '../field-specs/read-transformer-config.ts';
import { boolean, integer, list, map, object, string } from '../load/field-type.ts';
import { readFirstDocument } from '../load/first-document.ts';
import { fieldSpec, image, objectMeta, replica, selector } from '../load/kustomization-schema.ts';
import { mapField, scalarField } from '../load/read-field.ts';
import { shapeFields } from '../load/shape-fields.ts';
import { pluginRules } from '../load/shape-rules.ts';
import { BuildError } from '../problem.ts';
import { addContentHash } from '../transformers/content-hash.ts';
import { setImage } from '../transformers/image.ts';
import { addPairs } from '../transformers/labels.ts';
import { type RoleBindingSubjects, setNamespace } from '../transformers/namespace.ts';
import { setReplicas } from '../transformers/replicas.ts';
import { addValue } from '../transformers/value-add.ts';
import { readValueTargets, type ValueTarget } from '../transformers/value-targets.ts';
import type { PluginTask, TransformerPlugin } from './plugin.ts';

export const labelTransformer = pairsTransformer('LabelTransformer', 'labels');
export const annotationsTransformer = pairsTransformer('AnnotationsTransformer', 'annotations');

function pairsTransformer(kind: string, field: 'labels' | 'annotations'): TransformerPlugin {
  return {
    kind,
    schema: object({ [field]: map(string), fieldSpecs: list(fieldSpec) }),
    transform(resources, { config, context }) {
      const pairs = mapField(config, field);
      if (pairs !== undefined) addPairs(field, resources, pairs, specsOf(config), context);
    },
  };
}

export const imageTagTransformer: TransformerPlugin = {
  kind: 'ImageTagTransformer',
  schema: object({ imageTag: image, fieldSpecs: list(fieldSpec) }),
  transform(resources, { config, context }) {
    setImage(resources, mapField(config, 'imageTag') ?? emptyMap(config.origin), specsOf(config), context);
  },
};

export const replicaCountTransformer: TransformerPlugin = {
  kind: 'ReplicaCountTransformer',
  schema: object({ replica, fieldSpecs: list(fieldSpec) }),
  transform(resources, { config }) {
    setReplicas(resources, mapField(config, 'replica') ?? emptyMap(config.origin), specsOf(config));
  },
};

export const hashTransformer: TransformerPlugin = {
  kind: 'HashTransformer',
  schema: object({}),
  transform(resources) {
    for (const resource of resources.toArray()) if (resource.needsHash) addContentHash(resource);
  },
};

export const namespaceTransformer: TransformerPlugin = {
  kind: 'NamespaceTransformer',
  schema: object({
    metadata: objectMeta,
    fieldSpecs: list(fieldSpec),
    unsetOnly: boolean,
    setRoleBindingSubjects: string,
  }),
  transform(resources, { config, context }) {
    const metadata = mapField(config, 'metadata');
    const namespace = metadata === undefined ? undefined : scalarField(metadata, 'namespace');
    const options = {
      specs: specsOf(config),
      unsetOnly: getText(config, ['unsetOnly']) === 'true',
      setRoleBindingSubjects: readSubjects(config),
    };
    if (namespace !== undefined) setNamespace(resources, namespace, options, context);
  },
};

function readSubjects(config: MapNode): RoleBindingSubjects {
  const node = scalarField(config, 'setRoleBindingSubjects');
  if (node === undefined) return 'defaultOnly';
  switch (node.value) {
    case '':
    case 'defaultOnly':
      return 'defaultOnly';
    case 'allServiceAccounts':
    case 'none':
      return node.value;
    default:
      throw new BuildError(
        `\`setRoleBindingSubjects\` must be defaultOnly, none or allServiceAccounts, but it is ${node.value}`,
        originSpan(node.origin),
      );
  }
}

const valueTargets = list(object({ selector, fieldPath: string, filePathPosition: integer }));

export const valueAddTransformer: TransformerPlugin = {
  kind: 'ValueAddTransformer',
  schema: object({ value: string, targets: valueTargets, targetFilePath: string }),
  transform(resources, task) {
    const { config, files, at } = task;
    const node = scalarField(config, 'value');
    const written = node?.value.trim() ?? '';
    // The default is the name of the kustomization's folder.
    const text = written === '' ? baseName(files.directory) : written;
    const targets = [...readValueTargets(config), ...readTargetFile(task)];
    if (targets.length === 0) throw new BuildError('this transformer needs `targets`; add at least one', at);
    addValue(resources, { text, node: node ?? config }, targets);
  },
};

/** The targets in the file that `targetFilePath` names, if it names one. */
function readTargetFile({ config, files }: PluginTask): ValueTarget[] {
  const path = scalarField(config, 'targetFilePath');
  if (path === undefined || path.value === '') return [];
  const file = files.readSource(path.value, originSpan(path.origin));
  const root = readFirstDocument(file);
  if (root?.kind !== 'map') return [];
  return readValueTargets(
    shapeFields(root, object({ targets: valueTargets }), { ...pluginRules, scalars: 'yaml 1.1' }),
  );
}

function specsOf(config: MapNode): FieldSpec[] {
  return readFieldSpecs(config, 'fieldSpecs');
}
