import type { ConfigObject } from '../../objects/config-object.ts';
import { firstText, lastSetter, type Place } from '../../objects/place.ts';
import type { RootModel } from '../root-model.ts';

/** A SealedSecret that roots build under several names or in several namespaces. */
export interface SealedScope {
  readonly secret: ConfigObject;
  /** `namespace/name`, or the name alone, sorted. */
  readonly built: readonly string[];
}

/**
 * Finds the SealedSecrets of a root that it and others build from the same file under different names or in different
 * namespaces. Unless its annotations widen the scope, the controller decrypts it only under those that it was sealed
 * for.
 */
export function findSealedScopes(model: RootModel): SealedScope[] {
  return model.config.filter(isStrict).flatMap((secret): SealedScope[] => {
    const isWide = isNamespaceWide(secret);
    const built = [...new Set([secret, ...model.sealedCopies(secret)].map((each) => identityOf(each, isWide)))].sort();
    return built.length < 2 ? [] : [{ secret, built }];
  });
}

/** A SealedSecret whose file names another namespace than the one it is built in. */
export interface MovedSecret {
  readonly secret: ConfigObject;
  /** The namespace in the file, for which `kubeseal` has sealed it. */
  readonly sealedFor: string;
  readonly builtIn: string;
  readonly namespace: Place;
}

/** Finds the SealedSecrets of a root that the build moves to another namespace than that in their own file. */
export function findMovedSecrets(model: RootModel): MovedSecret[] {
  return model.config.filter(isStrict).flatMap((secret): MovedSecret[] => {
    const { value, place } = secret.object.namespace;
    if (value === undefined || lastSetter(place)?.by !== 'namespace' || place.steps[0]?.by !== 'written') return [];
    const sealedFor = firstText(place);
    return sealedFor === value ? [] : [{ secret, sealedFor, builtIn: value, namespace: place }];
  });
}

const domain = 'sealedsecrets.bitnami.com/';

function isStrict({ object: { kind, annotations } }: ConfigObject): boolean {
  return kind === 'SealedSecret' && annotations.get(`${domain}cluster-wide`)?.value !== 'true';
}

/** Whether it may have any name in its namespace. */
function isNamespaceWide({ object: { annotations } }: ConfigObject): boolean {
  return annotations.get(`${domain}namespace-wide`)?.value === 'true';
}

function identityOf({ object: { name, namespace } }: ConfigObject, isWide: boolean): string {
  return [namespace.value ?? [], isWide ? [] : (name.value ?? '')].flat().join('/');
}
