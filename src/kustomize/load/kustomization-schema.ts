import type { Dialect } from '../dialect.ts';
import {
  any,
  boolean,
  embedded,
  integer,
  list,
  map,
  type ObjectType,
  object,
  objectSince582,
  string,
} from './field-type.ts';

/** The type of the objects that an entry concerns. */
const gvk = embedded({ group: string, version: string, kind: string });
const resourceId = embedded({ group: string, version: string, kind: string, name: string, namespace: string });

/** A field that a transformer changes. */
export const fieldSpec = object({ ...gvk, path: string, create: boolean });

export const selector = object({ ...resourceId, annotationSelector: string, labelSelector: string });

export const objectMeta = object({ name: string, namespace: string, labels: map(string), annotations: map(string) });

const generatorOptions = object({
  labels: map(string),
  annotations: map(string),
  disableNameSuffixHash: boolean,
  immutable: boolean,
});

/** The fields that ConfigMap and Secret generators share. */
export const generatorArguments = {
  namespace: string,
  name: string,
  behavior: string,
  literals: list(string),
  files: list(string),
  envs: list(string),
  env: string,
  options: generatorOptions,
};

export const secretArguments = { ...generatorArguments, type: string };

export const image = object({ name: string, newName: string, tagSuffix: string, newTag: string, digest: string });

export const replica = object({ name: string, count: integer });

export const helmGlobals = { chartHome: string, configHome: string };

export const helmChart = {
  name: string,
  version: string,
  repo: string,
  releaseName: string,
  namespace: string,
  additionalValuesFiles: list(string),
  valuesFile: string,
  valuesInline: map(any),
  valuesMerge: string,
  includeCRDs: boolean,
  skipHooks: boolean,
  apiVersions: list(string),
  kubeVersion: string,
  nameTemplate: string,
  skipTests: boolean,
  debug: boolean,
  devel: boolean,
};

/** The deprecated `helmChartInflationGenerator:` entries. */
const helmChartArguments = object({
  chartName: string,
  chartVersion: string,
  chartRepoUrl: string,
  chartHome: string,
  chartRepoName: string,
  helmBin: string,
  helmHome: string,
  values: string,
  valuesLocal: map(any),
  valuesMerge: string,
  releaseName: string,
  releaseNamespace: string,
  extraArgs: list(string),
});

const fieldOptions = object({ delimiter: string, index: integer, encoding: string, create: boolean });

const replacement = {
  source: object({ ...resourceId, fieldPath: string, options: fieldOptions }),
  targets: list(object({ select: selector, reject: list(selector), fieldPaths: list(string), options: fieldOptions })),
  sourceValue: string,
};

/** An entry of a file that `replacements:` names by its path. */
export const replacementObject = object(replacement);
/** An entry of `replacements:`. */
export const replacementEntry = object({ ...embedded(replacement), path: string });

const variable = object({
  name: string,
  objref: object({ apiVersion: string, ...gvk, name: string, namespace: string }),
  fieldref: object({ fieldPath: string }),
});

const sortOptions = object({
  order: string,
  legacySortOptions: object({ orderFirst: list(string), orderLast: list(string) }),
});

/** An entry of `labels:`. */
function label(dialect: Dialect): ObjectType {
  return objectSince582(
    dialect,
    { pairs: map(string), includeSelectors: boolean, includeTemplates: boolean, fields: list(fieldSpec) },
    { includeVolumeClaimTemplates: boolean },
  );
}

/** An entry of `patches:`. Before 5.8, `options` may contain any names; since then only the two that exist. */
export function patch(dialect: Dialect): ObjectType {
  const known = object({ allowNameChange: boolean, allowKindChange: boolean });
  return object({ path: string, patch: string, target: selector, options: dialect === '5.7' ? map(boolean) : known });
}

/** A kustomization file: every field of the Go struct `Kustomization`, including the deprecated ones. */
export function kustomizationSchema(dialect: Dialect): ObjectType {
  return object({
    kind: string,
    apiVersion: string,
    metadata: objectMeta,
    openapi: map(string),
    namePrefix: string,
    nameSuffix: string,
    namespace: string,
    commonLabels: map(string),
    labels: list(label(dialect)),
    commonAnnotations: map(string),
    patchesStrategicMerge: list(string),
    patchesJson6902: list(patch(dialect)),
    patches: list(patch(dialect)),
    images: list(image),
    imageTags: list(image),
    replacements: list(replacementEntry),
    replicas: list(replica),
    vars: list(variable),
    sortOptions,
    resources: list(string),
    components: list(string),
    crds: list(string),
    bases: list(string),
    configMapGenerator: list(object(generatorArguments)),
    secretGenerator: list(object(secretArguments)),
    helmGlobals: object(helmGlobals),
    helmCharts: list(object(helmChart)),
    helmChartInflationGenerator: list(helmChartArguments),
    generatorOptions,
    configurations: list(string),
    generators: list(string),
    transformers: list(string),
    validators: list(string),
    buildMetadata: list(string),
  });
}

/** A file that `configurations:` names. */
export function configurationSchema(dialect: Dialect): ObjectType {
  return objectSince582(
    dialect,
    {
      namePrefix: list(fieldSpec),
      nameSuffix: list(fieldSpec),
      namespace: list(fieldSpec),
      commonLabels: list(fieldSpec),
      labels: list(fieldSpec),
      templateLabels: list(fieldSpec),
      commonAnnotations: list(fieldSpec),
      nameReference: list(object({ ...gvk, fieldSpecs: list(fieldSpec) })),
      varReference: list(fieldSpec),
      images: list(fieldSpec),
      replicas: list(fieldSpec),
    },
    { volumeClaimTemplateLabels: list(fieldSpec) },
  );
}
