import { type ConfigObject, findConfigObject, writtenNames } from '../../objects/config-object.ts';
import type { ConfigKind } from '../../objects/env-entry.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Field } from '../../objects/view.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import { isTypo } from '../../text/is-typo.ts';
import type { RootModel } from '../root-model.ts';
import { isMadeByScript } from '../scripts/scripted-apply.ts';
import { explainMissingObject, isInAnyRoot, type SourceFault, type WantedObject } from './missing-object.ts';
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
  const wanted: WantedObject = { model, user: workload.object, kind, name };
  const objectFault = found ? undefined : (explainOtherKind(wanted, key) ?? explainMissingObject(wanted));
  const fault = objectFault ?? (found ? explainKey(model, found, key) : explainKeyElsewhere(wanted, key));
  if (fault === undefined || isMadeByScript(model, name)) return undefined;
  const isKey = key !== undefined && objectFault === undefined;
  return { container, kind, object: name, field: isKey ? key : object, what: isKey ? 'key' : 'object', ...fault };
}

/** A key that an object lacks. In an incomplete tree, a part that was not built may add it. */
function explainKey(
  { complete }: RootModel,
  found: ConfigObject,
  key: Field<string> | undefined,
): SourceFault | undefined {
  const wanted = key?.value;
  // The API server refuses an empty key, which `field-type` reports.
  if (wanted === undefined || wanted === '' || !found.allKeysKnown || found.keys.has(wanted)) return undefined;
  const close = [...found.keys.keys()].find((candidate) => isTypo(wanted, candidate));
  if (close !== undefined) {
    const clause = `that object does not have (did you mean \`${close}\`?)`;
    return { clause, hint: `Write \`${close}\`.`, near: found };
  }
  const hint = `Add \`${wanted}\` to ${found.kind} \`${found.name}\`, or correct the key.`;
  return complete ? { clause: 'that object does not have', hint, near: found } : undefined;
}

/**
 * A key that an object of another Flux Kustomization lacks. Of several clusters each may have an object of that name, so
 * all of them have to lack it.
 */
function explainKeyElsewhere(
  { model, user, kind, name }: WantedObject,
  key: Field<string> | undefined,
): SourceFault | undefined {
  const namespace = user.namespace.value;
  if (key === undefined || model.applier.kind !== 'flux' || namespace === undefined || isSymbolic(namespace))
    return undefined;
  const found = model.configInAllRoots(kind, name).filter(({ object }) => object.namespace.value === namespace);
  const faults = found.map((each) => explainKey(model, each, key));
  return faults.includes(undefined) ? undefined : faults[0];
}

/** `configMapKeyRef` for a key of a Secret. Whole objects are not compared: a ConfigMap and a Secret often share a name. */
function explainOtherKind(wanted: WantedObject, key: Field<string> | undefined): SourceFault | undefined {
  const { model, user, kind, name } = wanted;
  const right = kind === 'Secret' ? 'ConfigMap' : 'Secret';
  const near = model.config.find(
    (candidate) =>
      candidate.kind === right &&
      writtenNames(candidate).includes(name) &&
      sameNamespace(candidate.object.namespace.value, user.namespace.value),
  );
  if (near === undefined || !near.keys.has(key?.value ?? '') || !model.complete || isInAnyRoot(wanted))
    return undefined;
  return {
    clause: `this build does not contain; \`${name}\` is a ${right}, and has this key`,
    hint: `Write \`${right === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef'}\`.`,
    near,
  };
}
