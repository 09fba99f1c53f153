/**
 * What a strategic merge needs to know of types: which lists are merged, and by which keys. `KubernetesSchema` holds the
 * kinds that kustomize embeds, `CustomSchema` those of a file that an `openapi:` field names.
 */
export interface MergeSchema {
  /** The schema of an object's root, or undefined for a kind that is not known: all its lists are replaced. */
  ofKind(apiVersion: string, kind: string): TypeSchema | undefined;
}

/** The schema of one place in an object. */
export interface TypeSchema {
  /** Whether a list here is merged item by item; otherwise a patch's list replaces it. */
  readonly isMergedList: boolean;
  /** The fields that identify an item. Empty for a list of primitives, whose values identify themselves. */
  readonly mergeKeys: readonly string[];
  /** The schema of a map's field, or undefined where nothing is known of it. */
  field(name: string): TypeSchema | undefined;
  /** The schema of a list's items. */
  items(): TypeSchema | undefined;
}

/** A known place below which no list is merged. Not the same as an unknown one, where an embedded object may be known by its kind. */
export const plainSchema: TypeSchema = {
  isMergedList: false,
  mergeKeys: [],
  field: () => plainSchema,
  items: () => plainSchema,
};
