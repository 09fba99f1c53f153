import { posix } from 'node:path';
import type { ImageAutomationObject } from '../../objects/image-automation.ts';
import type { ImageMarker } from '../../objects/image-marker.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';
import { canBeEqual, isSymbolic } from '../../objects/symbolic.ts';
import { isWithin } from '../../source/files/path.ts';
import { isTypo } from '../../text/is-typo.ts';
import type { RootModel } from '../root-model.ts';

/** Why Flux's image automation never writes to a place that has a marker. */
export type MarkerFault =
  /** Its comment is no JSON. */
  | { readonly kind: 'unreadable' }
  /** Its key has capital letters. */
  | { readonly kind: 'key'; readonly key: string }
  /** It is not of the form `NAMESPACE:NAME`. */
  | { readonly kind: 'form'; readonly setter: string }
  | { readonly kind: 'field'; readonly field: string; readonly policy: string }
  | {
      readonly kind: 'no policy';
      readonly policy: string;
      /** The one of a similar name, or of the same name in another namespace. */
      readonly meant: ImageAutomationObject | undefined;
    }
  /** The given trees have automations, but none in the namespace of the policy. */
  | { readonly kind: 'other namespace'; readonly policy: string; readonly automation: ImageAutomationObject }
  /** The file is in none of the folders that automations update. */
  | { readonly kind: 'outside'; readonly automations: readonly ImageAutomationObject[] }
  | {
      readonly kind: 'no repository';
      readonly policy: ImageAutomationObject;
      readonly meant: ImageAutomationObject | undefined;
    };

/** Finds what is wrong with a marker, as far as the given trees show. */
export function findMarkerFault({ setter, otherKey, at }: ImageMarker, model: RootModel): MarkerFault | undefined {
  if (otherKey !== undefined) return { kind: 'key', key: otherKey };
  if (setter === undefined) return { kind: 'unreadable' };
  // A template in which something else fills the names.
  if (/[${]/.test(setter)) return undefined;
  const [, namespace = '', name = '', field] = /^([a-z0-9.-]+):([a-z0-9.-]+)(?::([^:]*))?$/.exec(setter) ?? [];
  if (name === '') return { kind: 'form', setter };
  const policy = `${namespace}:${name}`;
  if (field !== undefined && !/^(tag|name|digest)$/.test(field)) return { kind: 'field', field, policy };
  const found = lookUp(name, namespace, model.imageAutomation('ImagePolicy'));
  const all = model.imageAutomation('ImageUpdateAutomation');
  const automations = all.filter(({ object }) => sameNamespace(object.namespace.value, namespace));
  if (found.object === undefined) {
    if (found.meant === undefined && !(found.isAbsent && automations.length > 0)) return undefined;
    return { kind: 'no policy', policy, meant: found.meant };
  }
  const [other] = all;
  if (other !== undefined && automations.length === 0) return { kind: 'other namespace', policy, automation: other };
  return findMissingRepository(found.object, model) ?? findUncovering(at.file.path, automations, model);
}

/** What a lookup by name finds among objects of one kind. */
interface Lookup {
  readonly object: ImageAutomationObject | undefined;
  /** If there is none: the one of a similar name, or of the same name in another namespace. */
  readonly meant: ImageAutomationObject | undefined;
  /** Whether the namespace has others, and the trees with them are complete. */
  readonly isAbsent: boolean;
}

function lookUp(name: string, namespace: string | undefined, among: readonly ImageAutomationObject[]): Lookup {
  const beside = among.filter(({ object }) => sameNamespace(object.namespace.value, namespace));
  const names = ({ object }: ImageAutomationObject) => object.name.value ?? '';
  return {
    object: beside.find((each) => canBeEqual(names(each), name)),
    meant: among.find((each) => names(each) === name) ?? beside.find((each) => isTypo(name, names(each))),
    isAbsent: beside.length > 0 && beside.every((each) => each.isTreeComplete && !isSymbolic(names(each))),
  };
}

function findMissingRepository(policy: ImageAutomationObject, model: RootModel): MarkerFault | undefined {
  const { name, namespace } = policy.repository;
  if (name.value === undefined) return undefined;
  const where = namespace.value ?? policy.object.namespace.value;
  const found = lookUp(name.value, where, model.imageAutomation('ImageRepository'));
  if (found.object !== undefined || (found.meant === undefined && !found.isAbsent)) return undefined;
  return { kind: 'no repository', policy, meant: found.meant };
}

/** The automations, if each updates a folder of this repository that does not hold the file. */
function findUncovering(
  file: string,
  automations: readonly ImageAutomationObject[],
  { delivery }: RootModel,
): MarkerFault | undefined {
  if (delivery === undefined || automations.some(({ path }) => isSymbolic(path.value ?? ''))) return undefined;
  const folderOf = ({ path }: ImageAutomationObject): string => posix.join('/', path.value ?? '').slice(1);
  // A folder that is not here belongs to another repository.
  const here = automations.filter((each) => delivery.holdsFolder(folderOf(each)));
  const covers = (each: ImageAutomationObject): boolean =>
    isWithin(file, posix.join(delivery.top, folderOf(each)).replace(/\/$/, ''));
  return here.length === 0 || here.some(covers) ? undefined : { kind: 'outside', automations: here };
}
