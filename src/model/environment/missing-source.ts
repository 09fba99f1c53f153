import { posix } from 'node:path';
import { isTypo } from '../../is-typo.ts';
import { type ConfigObject, findConfigObject } from '../../objects/config-object.ts';
import type { ConfigKind } from '../../objects/env-entry.ts';
import { describeObject, type KubernetesObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import { isForOtherUser, isForSuperuser } from '../../objects/operator-secret.ts';
import { lastStep } from '../../objects/place.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Field } from '../../objects/view.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import { sampleWord } from '../../sample-file.ts';
import { isMadeByScript } from '../appliers/scripted-apply.ts';
import type { RootModel } from '../root-model.ts';
import { findOtherTarget, findUnusedGenerated } from './renamed-source.ts';
import { type RequiredReference, requiredReferences } from './required-references.ts';

/** A ConfigMap, Secret or key that a container refers to and that is missing from the tree. */
export interface MissingSource {
  readonly container: Container;
  readonly kind: ConfigKind;
  /** The name or the key, whichever is wrong. */
  readonly field: Field<string>;
  readonly what: 'object' | 'key';
  readonly object: string;
  /** Follows "which". */
  readonly clause: string;
  readonly hint: string;
  /** The object that was meant. */
  readonly near: ConfigObject;
  /** Whether the object may be applied separately. */
  readonly isUncertain?: true;
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
    : (otherKind(model, workload, kind, name, key) ?? missingObject(model, workload, kind, name));
  const fault =
    objectFault ?? (found ? missingKey(model, found, key) : missingKeyElsewhere(model, workload, kind, name, key));
  if (fault === undefined || isMadeByScript(model, name)) return undefined;
  const isKey = key !== undefined && objectFault === undefined;
  return { container, kind, object: name, field: isKey ? key : object, what: isKey ? 'key' : 'object', ...fault };
}

interface Fault {
  readonly clause: string;
  readonly hint: string;
  readonly near: ConfigObject;
  readonly isUncertain?: true;
}

/** A key that an object lacks. In an incomplete tree, a part that was not built may add it. */
function missingKey({ complete }: RootModel, found: ConfigObject, key: Field<string> | undefined): Fault | undefined {
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
): Fault | undefined {
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
): Fault | undefined {
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

function missingObject(model: RootModel, { object }: Workload, kind: ConfigKind, name: string): Fault | undefined {
  if (!model.complete) return undefined;
  const here = model.config.filter((candidate) => candidate.kind === kind);
  const [other] = here.filter((candidate) => candidate.name === name && !isCopied(candidate));
  if (other) {
    return {
      clause: `is in namespace \`${other.object.namespace.value ?? ''}\`, and the pods are in \`${object.namespace.value ?? ''}\``,
      hint: 'Put both into one namespace.',
      near: other,
    };
  }
  const renamed = here.find((candidate) => candidate.earlierNames.includes(name) && isIn(candidate, object));
  if (renamed && model.configInAllRoots(kind, name).length === 0) {
    return {
      clause:
        renamed.object.kind === kind
          ? `the build renames to \`${renamed.name}\`, but not here`
          : `has the name \`${renamed.name}\`, since the build renames ${renamed.object.kind} \`${renamed.object.earlierNames[0]}\``,
      hint: adviseOnRenamed(renamed, object),
      near: renamed,
    };
  }
  const [, word = ''] = /^\$\((.+)\)$/.exec(name) ?? [];
  const meant = here.find((candidate) => writtenNames(candidate).includes(word) && isIn(candidate, object));
  if (meant) {
    return {
      clause: 'no object can be called, and Kubernetes fills in no variable there',
      hint: `Write \`${word}\`.`,
      near: meant,
    };
  }
  const cluster = here.find((candidate) => isForSuperuser(candidate, name) && isIn(candidate, object));
  if (cluster && model.configInAllRoots(kind, name).length === 0) {
    return {
      clause: 'CloudNativePG makes only for a Cluster with `enableSuperuserAccess: true`',
      hint: `Use \`${cluster.name}\`, or set \`enableSuperuserAccess: true\` in ${describeObject(cluster.object)}.`,
      near: cluster,
    };
  }
  const own = here.filter((candidate) => isIn(candidate, object));
  const [unused, otherTarget] = [findUnusedGenerated(model.workloads, own, name), findOtherTarget(own, name)];
  const unmade = unused ?? otherTarget;
  if (unmade && !isMadeElsewhere(model, kind, name, object)) {
    const [written = unmade.name] = unmade.earlierNames;
    return {
      clause: unused
        ? `this build does not contain; it makes \`${written}\`, which nothing uses`
        : `this build does not contain; ${describeObject(unmade.object)} writes \`${unmade.name}\``,
      hint: unused
        ? `Give the generator and the reference the same name.`
        : `Write \`${name}\` in \`spec.target.name\` of the ExternalSecret, or refer to \`${unmade.name}\`.`,
      near: unmade,
    };
  }
  for (const near of here) {
    const isOtherUser = isForOtherUser(near, name) && isIn(near, object);
    const close =
      writtenNames(near).find((candidate) => isTypo(name, candidate)) ?? (isOtherUser ? near.name : undefined);
    // Last, since looking into other roots may mean building them.
    if (close === undefined || model.configInAllRoots(kind, name).length > 0) continue;
    return {
      clause: `this build does not contain (did you mean \`${close}\`?)`,
      hint: `Write \`${close}\`${isOtherUser ? `, or add the user to ${describeObject(near.object)}` : ''}.`,
      near,
    };
  }
  return kind === 'Secret' ? unlistedObject(model, object, name) : undefined;
}

/** A Secret whose SealedSecret or ExternalSecret is in a file that the build does not list. */
function unlistedObject(model: RootModel, workload: KubernetesObject, name: string): Fault | undefined {
  const near = model.unlisted.madeSecrets().find((made) => made.name === name && isIn(made, workload));
  const file = posix.basename(near?.object.name.place.at.file.path ?? '');
  if (near === undefined || sampleWord.test(file) || model.configInAllRoots('Secret', name).length > 0)
    return undefined;
  return {
    clause: `${describeObject(near.object)} in \`${file}\` makes, and this build does not list that file`,
    hint: `List \`${file}\` under \`resources\`, unless it is applied separately.`,
    near,
    isUncertain: true,
  };
}

/** Whether another root makes an object in the namespace of a workload. */
function isMadeElsewhere(model: RootModel, kind: ConfigKind, name: string, { namespace }: KubernetesObject): boolean {
  return model
    .configInAllRoots(kind, name)
    .some(({ object }) => sameNamespace(object.namespace.value, namespace.value));
}

function isIn({ object }: ConfigObject, { namespace }: KubernetesObject): boolean {
  return sameNamespace(object.namespace.value, namespace.value);
}

/** How a reference gets the name that its object has after the build. */
function adviseOnRenamed({ name, kind, object: source }: ConfigObject, { kind: user }: KubernetesObject): string {
  if (source.kind !== kind) {
    return `Write \`${name}\` with a patch or replacement in the kustomization that renames the ${source.kind}.`;
  }
  const isHashed = lastStep(source.name.place, 'content hash') !== undefined;
  const without = isHashed ? ', or give the generator `options: {disableNameSuffixHash: true}`' : '';
  return `Tell kustomize about the references in a ${user} with \`nameReference\` in a file under \`configurations\`${without}.`;
}

/** The names of an object: as its file has it, by which kustomize recognises references to it, and as built. */
function writtenNames({ name, earlierNames }: ConfigObject): string[] {
  return [...earlierNames.slice(0, 1), name];
}

/** Controllers such as reflector and replicator copy an object into other namespaces. */
function isCopied({ object }: ConfigObject): boolean {
  return [...object.annotations.keys()].some((key) => /reflect|replicat|copy|sync/i.test(key));
}
