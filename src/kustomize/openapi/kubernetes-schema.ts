import * as kubernetes from './kubernetes.generated.ts';
import { type MergeSchema, plainSchema, type TypeSchema } from './merge-schema.ts';

/** The schema that is built into kustomize: the kinds of Kubernetes 1.21.2, and its own. */
export const kubernetesSchema: MergeSchema = {
  ofKind(apiVersion, kind) {
    const index = findKind(apiVersion, kind);
    if (index === undefined) return kustomizationSchema.ofKind(apiVersion, kind);
    return index === '' ? plainSchema : new TypeReference(Number(index));
  },
};

/**
 * The type of a definition in Kubernetes' OpenAPI, such as `io.k8s.api.core.v1.PodSpec`, if it contains merged lists.
 */
export function findKubernetesType(name: string): TypeSchema | undefined {
  const index = readTypes().findIndex((line) => line.startsWith(`${name} `));
  return index < 0 ? undefined : new TypeReference(index);
}

/** kustomize's own kind, for trees in which one kustomization patches another as a resource. Part of every schema. */
export const kustomizationSchema: MergeSchema = {
  ofKind(apiVersion, kind) {
    const isKustomization = apiVersion === 'kustomize.config.k8s.io/v1beta1' && kind === 'Kustomization';
    return isKustomization ? { ...plainSchema, field: (name) => kustomizationFields.get(name) } : undefined;
  },
};

let lines: readonly string[] | undefined;

function readTypes(): readonly string[] {
  lines ??= kubernetes.types.trim().split('\n');
  return lines;
}

/** The line of a type in the table, without its name: `field>TYPE field:key,key …`. */
function readType(index: number): string {
  const line = readTypes()[index] ?? '';
  return line.slice(line.indexOf(' ') + 1);
}

/** The type of a kind: its index, the empty string for a kind without merged lists, undefined for an unknown kind. */
function findKind(apiVersion: string, kind: string): string | undefined {
  if (/\s/.test(apiVersion) || /[\s:]/.test(kind)) return undefined;
  const table = kubernetes.kinds;
  const start = table.indexOf(`\n${apiVersion} `);
  if (start < 0) return undefined;
  const line = table.slice(start + 1, table.indexOf('\n', start + 1));
  for (const entry of line.split(' ').slice(1)) {
    const [name, index = ''] = entry.split(':');
    if (name === kind) return index;
  }
  return undefined;
}

/** A type of the table, whose fields are parsed on first use. */
class TypeReference implements TypeSchema {
  readonly isMergedList = false;
  readonly mergeKeys: readonly string[] = [];
  readonly #index: number;
  #fields: Map<string, TypeSchema> | undefined;

  constructor(index: number) {
    this.#index = index;
  }

  field(name: string): TypeSchema {
    this.#fields ??= readFields(readType(this.#index));
    return this.#fields.get(name) ?? plainSchema;
  }

  items(): TypeSchema {
    return plainSchema;
  }
}

/** A list that is merged, and the type of its items. */
class MergedList implements TypeSchema {
  readonly isMergedList = true;
  readonly mergeKeys: readonly string[];
  readonly #items: TypeSchema;

  constructor(mergeKeys: readonly string[], items: TypeSchema) {
    this.mergeKeys = mergeKeys;
    this.#items = items;
  }

  field(): TypeSchema {
    return plainSchema;
  }

  items(): TypeSchema {
    return this.#items;
  }
}

function readFields(line: string): Map<string, TypeSchema> {
  const fields = new Map<string, TypeSchema>();
  for (const entry of line.split(' ')) {
    const [name = '', type, keys] = /^([^>:]+)(?:>(\d+))?(?::(.*))?$/.exec(entry)?.slice(1) ?? [];
    const target = type === undefined ? plainSchema : new TypeReference(Number(type));
    fields.set(name, keys === undefined ? target : new MergedList(keys === '' ? [] : keys.split(','), target));
  }
  return fields;
}

const kustomizationFields = readFields('configMapGenerator:name secretGenerator:name');
