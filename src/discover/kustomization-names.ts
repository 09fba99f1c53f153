/** The file names that kustomize and Flux accept for a kustomization. */
export const kustomizationNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
