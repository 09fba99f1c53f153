/** The names that a kustomization file may have, for kustomize and for Flux. */
export const kustomizationNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
