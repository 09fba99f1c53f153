import type { Environment, NewService } from '../new-service.ts';

/** The file with the version of an environment, relative to the top of the repository. */
export function variablesFile({ folder }: NewService, environment: Environment): string {
  return `${folder}k8s/overlays/${environment}/deployment-variables.yaml`;
}

/** A shell command that writes `$IMAGE_TAG` to that file. Anchored, so that it does not match other keys ending in IMAGE_TAG. */
export function writeVersion(service: NewService, environment: Environment): string {
  return `sed -i "s/^  IMAGE_TAG: .*/  IMAGE_TAG: \\"\${IMAGE_TAG}\\"/" ${variablesFile(service, environment)}`;
}

/** A shell command that reads `$IMAGE_TAG` from that file. */
export function readVersion(service: NewService, environment: Environment): string {
  return `IMAGE_TAG=$(sed -n 's/^  IMAGE_TAG: "\\(.*\\)"/\\1/p' ${variablesFile(service, environment)})`;
}
