import { isTypo } from '../../is-typo.ts';
import { type ConfigObject, findConfigObject, writtenNames } from '../../objects/config-object.ts';
import type { ConfigKind } from '../../objects/env-entry.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Field } from '../../objects/view.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import { isMadeByScript } from '../appliers/scripted-apply.ts';
import type { RootModel } from '../root-model.ts';
import { explainMissingObject, type SourceFault } from './missing-object.ts';
import { type RequiredReference, requiredReferences } from './required-references.ts';

/** A ConfigMap, Secret or key that a container refers to and that is missing from the tree. */
export interface MissingSource extends SourceFault {
  readonly container: Container;
  readonly kind: ConfigKind;
  /** The name or the key, whichever is wrong. */
  readonly field: Field<string>;
  readonly what: 'object' | 'key';
  readonly object: string;
}

/** The missing sources of some containers of a workload, each wrong word once. */
export function findMissingSources(
  model: RootModel,
  workload: Workload,
  containers: readonly Container[],
): MissingSource[] {
  const seen = new Set<string>();
  return containers.flatMap((container) =>
    requiredReferences(container).flatMap((reference) => {
      const source = findMissing(model, workload, container, reference);
      const key = `${reference.kind} ${reference.object.value} ${source?.what === 'key' ? reference.key?.value : ''}`;
      if (source === undefined || seen.has(key)) return [];
      seen.add(key);
      return [source];
    }),
  );
}

function findMissing(
  model: RootModel,
  workload: Workload,
  container: Container,
  { kind, object, key }: RequiredReference,
): MissingSource | undefined {
  const name = object.value ?? '';
  if (name === '' || isSymbolic(name) || isSymbolic(key?.value ?? '')) return undefined;
  const found = findConfigObject(model.config, kind, name, workload.object.namespace.value);
  const objectFault = found
    ? undefined
    : (otherKind(model, workload, kind, name, key) ?? explainMissingObject(model, workload, kind, name));
  const fault =
    objectFault ?? (found ? missingKey(model, found, key) : missingKeyElsewhere(model, workload, kind, name, key));
  if (fault === undefined || isMadeByScript(model, name)) return undefined;
  const isKey = key !== undefined && objectFault === undefined;
  return { container, kind, object: name, field: isKey ? key : object, what: isKey ? 'key' : 'object', ...fault };
}

/** A key that an object lacks. In an incomplete tree, a part that was not built may add it. */
function missingKey(
  { complete }: RootModel,
  found: ConfigObject,
  key: Field<string> | undefined,
): SourceFault | undefined {
  const wanted = key?.value;
  if (wanted === undefined || !found.allKeysKnown || found.keys.has(wanted)) return undefined;
  const close = [...found.keys.keys()].find((candidate) => isTypo(wanted, candidate));
  if (close === undefined && !complete) return undefined;
  return {
    clause:
      close === undefined ? 'that object does not have' : `that object does not have (did you mean \`${close}\`?)`,
    hint:
      close === undefined
        ? `Add \`${wanted}\` to ${found.kind} \`${found.name}\`, or correct the key.`
        : `Write \`${close}\`.`,
    near: found,
  };
}

/**
 * A key that an object of another Flux Kustomization lacks. Of several clusters each may have an object of that name, so
 * all of them have to lack it.
 */
function missingKeyElsewhere(
  model: RootModel,
  { object }: Workload,
  kind: ConfigKind,
  name: string,
  key: Field<string> | undefined,
): SourceFault | undefined {
  const namespace = object.namespace.value;
  if (key === undefined || model.applier.kind !== 'flux' || namespace === undefined) return undefined;
  const found = model
    .configInAllRoots(kind, name)
    .filter((each) => each.object.namespace.value === namespace && !isSymbolic(namespace));
  const faults = found.map((each) => missingKey(model, each, key));
  return faults.includes(undefined) ? undefined : faults[0];
}

/** `configMapKeyRef` for a key of a Secret. Whole objects are not compared: a ConfigMap and a Secret often share a name. */
function otherKind(
  model: RootModel,
  { object }: Workload,
  kind: ConfigKind,
  name: string,
  key: Field<string> | undefined,
): SourceFault | undefined {
  const right = kind === 'Secret' ? 'ConfigMap' : 'Secret';
  const near = model.config.find(
    (candidate) =>
      candidate.kind === right &&
      writtenNames(candidate).includes(name) &&
      sameNamespace(candidate.object.namespace.value, object.namespace.value),
  );
  if (near === undefined || !near.keys.has(key?.value ?? '')) return undefined;
  if (!model.complete || model.configInAllRoots(kind, name).length > 0) return undefined;
  return {
    clause: `this build does not contain; \`${name}\` is a ${right}, and has this key`,
    hint: `Write \`${right === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef'}\`.`,
    near,
  };
}
