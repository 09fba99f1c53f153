import type { ConfigKind } from '../../objects/env-entry.ts';
import type { Field } from '../../objects/view.ts';
import type { Container } from '../../objects/workload.ts';

/** A ConfigMap or Secret that must exist before a container of its pod starts. */
export interface RequiredReference {
  readonly kind: ConfigKind;
  readonly object: Field<string>;
  /** Undefined if every key is imported. */
  readonly key: Field<string> | undefined;
}

/** The references of a container's environment that are not `optional`. */
export function requiredReferences({ env, envFrom }: Container): RequiredReference[] {
  const imports = envFrom.flatMap(({ objectKind, object, optional }) =>
    optional ? [] : [{ kind: objectKind, object, key: undefined }],
  );
  const entries = env.flatMap(({ source }) =>
    source.kind === 'key' && !source.optional
      ? [{ kind: source.objectKind, object: source.object, key: source.key }]
      : [],
  );
  return [...imports, ...entries];
}
