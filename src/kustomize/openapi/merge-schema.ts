/**
 * What a strategic merge needs to know about types: which lists are merged, and by which keys. `kubernetesSchema` has
 * the kinds that kustomize embeds; `loadMergeSchema` reads those of a file that an `openapi:` field names.
 */
export interface MergeSchema {
  /** The schema of an object's root; undefined for an unknown kind, whose lists are all replaced. */
  ofKind(apiVersion: string, kind: string): TypeSchema | undefined;
}

/** The schema of one node in an object. */
export interface TypeSchema {
  /** Whether the node is a list that is merged item by item; otherwise a patch's list replaces it. */
  readonly isMergedList: boolean;
  /** The fields that identify an item. Empty for a list of primitives, whose values identify themselves. */
  readonly mergeKeys: readonly string[];
  /** The schema of a map's field; undefined if it is unknown. */
  field(name: string): TypeSchema | undefined;
  /** The schema of a list's items. */
  items(): TypeSchema | undefined;
}

/**
 * The schema of a node in which no lists are merged. Not the same as an unknown schema, where an embedded object may
 * have a known kind.
 */
export const plainSchema: TypeSchema = {
  isMergedList: false,
  mergeKeys: [],
  field: () => plainSchema,
  items: () => plainSchema,
};
