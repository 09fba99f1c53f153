import type { Environment, NewService } from '../new-service.ts';

/** The file that holds the version of an environment, from the top of the repository. */
export function variablesFile({ folder }: NewService, environment: Environment): string {
  return `${folder}k8s/overlays/${environment}/deployment-variables.yaml`;
}

/** A shell command that writes `$IMAGE_TAG` there. Anchored, so that no other key that ends in IMAGE_TAG is taken. */
export function writeVersion(service: NewService, environment: Environment): string {
  return `sed -i "s/^  IMAGE_TAG: .*/  IMAGE_TAG: \\"\${IMAGE_TAG}\\"/" ${variablesFile(service, environment)}`;
}

/** A shell command that sets `$IMAGE_TAG` to what stands there. */
export function readVersion(service: NewService, environment: Environment): string {
  return `IMAGE_TAG=$(sed -n 's/^  IMAGE_TAG: "\\(.*\\)"/\\1/p' ${variablesFile(service, environment)})`;
}
