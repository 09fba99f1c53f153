import type { Environment, NewService } from '../new-service.ts';

/** Lists the objects that all environments share. */
export const baseKustomization = (): string => `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - service-account.yaml
  - rbac.yaml
  - config.yaml
  - migration-job.yaml # before the deployment that waits for it
  - deployment.yaml
  - service.yaml
`;

/** The non-secret settings of the service and its migration. */
export const config = (service: NewService): string => configMap(service, 'info');

/** Writes the version to four fields. Its index in a field depends on the dashes or colons before it. */
export const versionComponent = ({ name, image }: NewService): string => {
  const tagOfName = `delimiter: "-"
          index: ${`${name}-migration-`.split('-').length - 1}`;
  const tagOfImage = `delimiter: ":"
          index: ${image.split(':').length}`;
  return `# Writes the version in an overlay's deployment-variables.yaml to every field that must carry it.
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
replacements:
  - source:
      kind: ConfigMap
      name: deployment-variables
      fieldPath: data.IMAGE_TAG
    targets:
      - select:
          kind: Job
          name: ${name}-migration-TAG
        fieldPaths:
          - spec.template.spec.containers.[name=migrate].image
        options:
          ${tagOfImage}
      - select:
          kind: Job
          name: ${name}-migration-TAG
        fieldPaths:
          - metadata.name
        options:
          ${tagOfName}
      - select:
          kind: Deployment
          name: ${name}
        fieldPaths:
          - spec.template.spec.initContainers.[name=wait-for-migration].args.1
        options:
          ${tagOfName}
      - select:
          kind: Deployment
          name: ${name}
        fieldPaths:
          - spec.template.spec.containers.[name=service].image
        options:
          ${tagOfImage}
`;
};

/** One environment: its namespace, and the base with the environment's version and settings. */
export const overlayKustomization = (
  { name }: NewService,
  environment: Environment,
): string => `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
# Not namePrefix: kustomize would add it to the Job's name, but not to the init container's argument.
namespace: ${name}-${environment}
resources:
  - ../../base
  - deployment-variables.yaml
components:
  - ../../version
patches:
  - path: config.yaml
`;

/** A patch with the settings of one environment. */
export const overlayConfig = (service: NewService, environment: Environment): string =>
  configMap(service, environment === 'production' ? 'warn' : 'debug');

const configMap = ({ name }: NewService, logLevel: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-config
data:
  LOG_LEVEL: ${logLevel}
`;

/** The ConfigMap with the version of one environment. */
export const deploymentVariables = (
  { pipeline }: NewService,
  environment: Environment,
): string => `# The version of the service and its migration that runs in ${environment}.${
  pipeline === 'none' ? '' : ' The pipeline writes it.'
}
apiVersion: v1
kind: ConfigMap
metadata:
  name: deployment-variables
data:
  IMAGE_TAG: "v1.0.0"
`;
