import { posix } from 'node:path';
import { type ConfigObject, writtenNames } from '../../objects/config-object.ts';
import type { ConfigKind } from '../../objects/env-entry.ts';
import { describeObject, type KubernetesObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import { isForOtherUser, isForSuperuser } from '../../objects/operator-secret.ts';
import { hasStep } from '../../objects/place.ts';
import { isTypo } from '../../text/is-typo.ts';
import { sampleWord } from '../../text/sample-file.ts';
import type { RootModel } from '../root-model.ts';
import { findOtherTarget, findUnusedGenerated } from './renamed-source.ts';

/** What is wrong with a reference to a ConfigMap or Secret, or to a key of one. */
export interface SourceFault {
  /** Follows "which". */
  readonly clause: string;
  readonly hint: string;
  /** The object that was meant. */
  readonly near: ConfigObject;
  /** Whether the object may be applied separately. */
  readonly isUncertain?: true;
}

/** A ConfigMap or Secret that a workload refers to and its namespace lacks. */
export interface WantedObject {
  readonly model: RootModel;
  /** The workload. */
  readonly user: KubernetesObject;
  readonly kind: ConfigKind;
  readonly name: string;
}

interface Wanted extends WantedObject {
  /** The objects of this kind in the build, and those of them in the namespace of the workload. */
  readonly here: readonly ConfigObject[];
  readonly own: readonly ConfigObject[];
}

/** Explains why a build lacks an object; undefined if it may simply be applied separately. */
export function explainMissingObject(object: WantedObject): SourceFault | undefined {
  const { model, user, kind } = object;
  if (!model.complete) return undefined;
  const here = model.config.filter((candidate) => candidate.kind === kind);
  const wanted: Wanted = { ...object, here, own: here.filter((candidate) => isIn(candidate, user)) };
  return (
    explainNamespace(wanted) ??
    explainRenamed(wanted) ??
    explainVariable(wanted) ??
    explainSuperuser(wanted) ??
    explainGenerated(wanted) ??
    explainOtherTarget(wanted) ??
    explainTypo(wanted) ??
    explainUnlisted(wanted)
  );
}

function explainNamespace({ user, name, here }: Wanted): SourceFault | undefined {
  const near = here.find((candidate) => candidate.name === name && !isCopied(candidate));
  return (
    near && {
      clause: `is in namespace \`${near.object.namespace.value ?? ''}\`, and the pods are in \`${user.namespace.value ?? ''}\``,
      hint: 'Put both into one namespace.',
      near,
    }
  );
}

/** The build gives the object another name, and does not change the reference. */
function explainRenamed(wanted: Wanted): SourceFault | undefined {
  const { user, kind, name, own } = wanted;
  const near = own.find((candidate) => candidate.earlierNames.includes(name));
  if (near === undefined || isInAnyRoot(wanted)) return undefined;
  return {
    clause:
      near.object.kind === kind
        ? `the build renames to \`${near.name}\`, but not here`
        : `has the name \`${near.name}\`, since the build renames ${near.object.kind} \`${near.object.earlierNames[0]}\``,
    hint: adviseOnRenamed(near, user),
    near,
  };
}

/** The name is written as a variable: `$(orders-config)`. */
function explainVariable({ name, own }: Wanted): SourceFault | undefined {
  const [, word = ''] = /^\$\((.+)\)$/.exec(name) ?? [];
  const near = own.find((candidate) => writtenNames(candidate).includes(word));
  return (
    near && {
      clause: 'no object can be called, and Kubernetes fills in no variable there',
      hint: `Write \`${word}\`.`,
      near,
    }
  );
}

function explainSuperuser(wanted: Wanted): SourceFault | undefined {
  const { name, own } = wanted;
  const near = own.find((candidate) => isForSuperuser(candidate, name));
  if (near === undefined || isInAnyRoot(wanted)) return undefined;
  return {
    clause: 'CloudNativePG makes only for a Cluster with `enableSuperuserAccess: true`',
    hint: `Use \`${near.name}\`, or set \`enableSuperuserAccess: true\` in ${describeObject(near.object)}.`,
    near,
  };
}

/** A generator or the reference was renamed alone. */
function explainGenerated(wanted: Wanted): SourceFault | undefined {
  const { model, name, own } = wanted;
  const near = findUnusedGenerated(model.workloads, own, name);
  if (near === undefined || isInNamespaceOfAnyRoot(wanted)) return undefined;
  const [written = near.name] = near.earlierNames;
  return {
    clause: `this build does not contain; it makes \`${written}\`, which nothing uses`,
    hint: 'Give the generator and the reference the same name.',
    near,
  };
}

function explainOtherTarget(wanted: Wanted): SourceFault | undefined {
  const { name, own } = wanted;
  const near = findOtherTarget(own, name);
  if (near === undefined || isInNamespaceOfAnyRoot(wanted)) return undefined;
  return {
    clause: `this build does not contain; ${describeObject(near.object)} writes \`${near.name}\``,
    hint: `Write \`${name}\` in \`spec.target.name\` of the ExternalSecret, or refer to \`${near.name}\`.`,
    near,
  };
}

function explainTypo(wanted: Wanted): SourceFault | undefined {
  const { name, here, own } = wanted;
  for (const near of here) {
    const isOtherUser = isForOtherUser(near, name) && own.includes(near);
    const close =
      writtenNames(near).find((candidate) => isTypo(name, candidate)) ?? (isOtherUser ? near.name : undefined);
    if (close === undefined || isInAnyRoot(wanted)) continue;
    return {
      clause: `this build does not contain (did you mean \`${close}\`?)`,
      hint: `Write \`${close}\`${isOtherUser ? `, or add the user to ${describeObject(near.object)}` : ''}.`,
      near,
    };
  }
  return undefined;
}

/** A Secret that is encrypted, or made by a SealedSecret or ExternalSecret, in a file that the build does not list. */
function explainUnlisted(wanted: Wanted): SourceFault | undefined {
  const { model, user, kind, name } = wanted;
  if (kind !== 'Secret') return undefined;
  const near = model.unlisted.madeSecrets().find((made) => made.name === name && isIn(made, user));
  const file = posix.basename(near?.object.name.place.at.file.path ?? '');
  if (near === undefined || sampleWord.test(file) || isInAnyRoot(wanted)) return undefined;
  const isEncrypted = near.object.kind === 'Secret';
  const source = isEncrypted
    ? `is in \`${file}\`, encrypted with SOPS`
    : `${describeObject(near.object)} in \`${file}\` makes`;
  return {
    clause: `${source}, and this build does not list that file`,
    hint: `List \`${file}\` under \`resources\`, unless it is applied separately.`,
    near,
    isUncertain: true,
  };
}

/** Whether any root makes such an object. Asked last, since looking into other roots may mean building them. */
export function isInAnyRoot({ model, kind, name }: WantedObject): boolean {
  return model.configInAllRoots(kind, name).length > 0;
}

/** As {@link isInAnyRoot}, in the namespace of the workload. */
function isInNamespaceOfAnyRoot({ model, user, kind, name }: WantedObject): boolean {
  return model.configInAllRoots(kind, name).some((each) => isIn(each, user));
}

function isIn({ object }: ConfigObject, { namespace }: KubernetesObject): boolean {
  return sameNamespace(object.namespace.value, namespace.value);
}

/** How a reference gets the name that its object has after the build. */
function adviseOnRenamed({ name, kind, object: source }: ConfigObject, { kind: user }: KubernetesObject): string {
  if (source.kind !== kind) {
    return `Write \`${name}\` with a patch or replacement in the kustomization that renames the ${source.kind}.`;
  }
  const isHashed = hasStep(source.name.place, 'content hash');
  const without = isHashed ? ', or give the generator `options: {disableNameSuffixHash: true}`' : '';
  return `Tell kustomize about the references in a ${user} with \`nameReference\` in a file under \`configurations\`${without}.`;
}

/** Controllers such as reflector and replicator copy an object into other namespaces. */
function isCopied({ object }: ConfigObject): boolean {
  return [...object.annotations.keys()].some((key) => /reflect|replicat|copy|sync/i.test(key));
}
