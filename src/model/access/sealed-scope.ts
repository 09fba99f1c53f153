import type { ConfigObject } from '../../objects/config-object.ts';
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

const scope = 'sealedsecrets.bitnami.com/';

function isStrict({ object: { kind, annotations } }: ConfigObject): boolean {
  return kind === 'SealedSecret' && annotations.get(`${scope}cluster-wide`)?.value !== 'true';
}

/** Whether it may have any name in its namespace. */
function isNamespaceWide({ object: { annotations } }: ConfigObject): boolean {
  return annotations.get(`${scope}namespace-wide`)?.value === 'true';
}

function identityOf({ object: { name, namespace } }: ConfigObject, isWide: boolean): string {
  return [namespace.value ?? [], isWide ? [] : (name.value ?? '')].flat().join('/');
}
