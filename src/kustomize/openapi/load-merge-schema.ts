import { toJson } from '../../source/json/json.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { readFirstDocument } from '../load/first-document.ts';
import { readAsJson } from '../load/read-as-json.ts';
import { readJson } from '../load/read-json.ts';
import { BuildError, refusePrintErrors } from '../problem.ts';
import { findKubernetesType, kubernetesSchema, kustomizationSchema } from './kubernetes-schema.ts';
import type { MergeSchema, TypeSchema } from './merge-schema.ts';

/**
 * Loads the schema in a file of `openapi: {path: …}`: an OpenAPI 2 document in JSON or YAML. In its `definitions`,
 * `x-kubernetes-group-version-kind` gives the kind, and `x-kubernetes-patch-strategy`, `-patch-merge-key` and
 * `-list-map-keys` say which lists are merged.
 *
 * The file replaces the embedded schema. However, if kustomize has loaded the embedded one before it finds the file, to
 * look up whether an unknown kind is namespaced, the embedded kinds stay and take precedence over those of the file.
 * Throws a BuildError in the file if it is neither JSON nor YAML, or if it, its definitions or its paths are not maps.
 * @param withEmbedded whether the embedded schema was loaded before
 */
export function loadMergeSchema(file: SourceFile, withEmbedded = false): FileSchema {
  const requireMap = (value: unknown, what: string): Json => {
    const map = asObject(value ?? {});
    if (map !== undefined && file.text !== '') return map;
    throw new BuildError(`${what}, but this is not one`, { file, start: 0, end: 0 });
  };
  const requireMaps = (document: Json, field: string): Readonly<Record<string, Json>> => {
    const maps = requireMap(own(document, field), `\`${field}\` of an OpenAPI schema is a map`);
    const entries = Object.entries(maps);
    return Object.fromEntries(
      entries.map(([name, value]) => [
        name,
        requireMap(value, `\`${name}\` in \`${field}\` of an OpenAPI schema is a map`),
      ]),
    );
  };
  const document = requireMap(parse(file), 'an OpenAPI schema is a map with `definitions`');
  const embedded = withEmbedded ? kubernetesSchema : kustomizationSchema;
  const schema = new CustomSchema(requireMaps(document, 'definitions'), withEmbedded);
  return {
    ofKind: (apiVersion, kind) => embedded.ofKind(apiVersion, kind) ?? schema.ofKind(apiVersion, kind),
    clusterScoped: findClusterScoped(requireMaps(document, 'paths')),
  };
}

/** The schema of a file, and its cluster-scoped kinds. */
export interface FileSchema extends MergeSchema {
  /** The cluster-scoped kinds that are not embedded, each as `apiVersion kind`. */
  readonly clusterScoped: ReadonlySet<string>;
}

/** A kind is namespaced if any of the paths that get it contains a namespace. */
function findClusterScoped(paths: Readonly<Record<string, Json>>): ReadonlySet<string> {
  const found = new Map<string, boolean>();
  for (const [path, operations] of Object.entries(paths)) {
    const get = asObject(operations['get']);
    const type = typeOf(asObject(get?.['x-kubernetes-group-version-kind']));
    if (type !== undefined) found.set(type, found.get(type) === true || path.includes('namespaces/{namespace}'));
  }
  const isEmbedded = (type: string) => kubernetesSchema.ofKind(...(type.split(' ') as [string, string])) !== undefined;
  return new Set([...found].filter(([type, namespaced]) => !namespaced && !isEmbedded(type)).map(([type]) => type));
}

/** `apiVersion kind` of a group, version and kind. */
function typeOf(gvk: Json | undefined): string | undefined {
  if (gvk === undefined) return undefined;
  const [group, version, kind] = ['group', 'version', 'kind'].map((part) => asText(own(gvk, part)));
  return `${group ? `${group}/` : ''}${version} ${kind}`;
}

/** Parses a file into plain data, without locations, since such files are large. */
function parse(file: SourceFile): unknown {
  if (file.text.startsWith('{')) {
    try {
      return JSON.parse(file.text);
    } catch {
      // Read an invalid file again, for an error with a location.
      readJson(file);
    }
  }
  const root = readFirstDocument(file);
  if (root !== undefined) readAsJson(root);
  return (
    root &&
    JSON.parse(
      refusePrintErrors(
        () => toJson(root),
        (reason) => `invalid OpenAPI schema: ${reason}`,
      ),
    )
  );
}

type Json = Readonly<Record<string, unknown>>;

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function own(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The definitions of a file, and whether the embedded ones take precedence. */
interface Definitions {
  readonly own: Json;
  readonly withEmbedded: boolean;
}

class CustomSchema implements MergeSchema {
  readonly #definitions: Definitions;
  readonly #kinds = new Map<string, Json>();

  constructor(definitions: Readonly<Record<string, Json>>, withEmbedded: boolean) {
    this.#definitions = { own: definitions, withEmbedded };
    for (const definition of Object.values(definitions)) {
      const kinds = own(definition, 'x-kubernetes-group-version-kind');
      if (!Array.isArray(kinds)) continue;
      for (const kind of kinds) this.#addKind(asObject(kind), definition);
    }
  }

  ofKind(apiVersion: string, kind: string): TypeSchema | undefined {
    const definition = this.#kinds.get(`${apiVersion} ${kind}`);
    return definition && new CustomType(definition, this.#definitions);
  }

  #addKind(gvk: Json | undefined, definition: Json): void {
    const type = typeOf(gvk);
    if (type !== undefined) this.#kinds.set(type, definition);
  }
}

/** One schema in the file. */
class CustomType implements TypeSchema {
  readonly isMergedList: boolean;
  readonly mergeKeys: readonly string[];
  readonly #schema: Json;
  readonly #definitions: Definitions;

  constructor(schema: Json, definitions: Definitions) {
    this.#schema = schema;
    this.#definitions = definitions;
    this.isMergedList = asText(schema['x-kubernetes-patch-strategy']).split(',').includes('merge');
    const keys = schema['x-kubernetes-list-map-keys'];
    const key = asText(schema['x-kubernetes-patch-merge-key']);
    this.mergeKeys = Array.isArray(keys) ? keys.map(asText) : key === '' ? [] : [key];
  }

  field(name: string): TypeSchema | undefined {
    const properties = asObject(this.#schema['properties']);
    const property = properties && own(properties, name);
    return this.#resolve(asObject(property ?? this.#schema['additionalProperties']));
  }

  items(): TypeSchema | undefined {
    const type = this.#schema['type'];
    const isArray = type === 'array' || (Array.isArray(type) && type.length === 1 && type[0] === 'array');
    return isArray ? this.#resolve(asObject(this.#schema['items'])) : undefined;
  }

  /** Follows `$ref`s; undefined if one is unresolved or they form a cycle. */
  #resolve(schema: Json | undefined): TypeSchema | undefined {
    let current = schema;
    for (let i = 0; current !== undefined && i < 100; i++) {
      const reference = asText(own(current, '$ref'));
      if (reference === '') return new CustomType(current, this.#definitions);
      const path = /^#\/definitions\/(.+)$/.exec(reference)?.[1] ?? '';
      const name = path.replaceAll('~1', '/').replaceAll('~0', '~');
      const embedded = this.#definitions.withEmbedded ? findKubernetesType(name) : undefined;
      if (embedded) return embedded;
      current = asObject(own(this.#definitions.own, name));
    }
    return undefined;
  }
}
