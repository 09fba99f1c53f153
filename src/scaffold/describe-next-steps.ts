import { environments, type NewService, placeholderRegistry } from './new-service.ts';
import { isPublicRegistry, registryOf } from './templates/registry.ts';

/**
 * The remaining manual steps, in order.
 * @param directory the service's folder, as the user would write it
 * @param hasDockerfile whether the folder has a Dockerfile, which the pipeline builds the service from
 */
export function describeNextSteps(service: NewService, directory: string, hasDockerfile: boolean): string {
  const steps = [
    ...imageStep(service),
    workloadStep(service),
    ...serviceDockerfileStep(service, hasDockerfile),
    dockerfileStep(service),
    secretStep(service),
    pullStep,
    ...pipelineStep(service),
    fluxStep(service),
    `Lint it:\n${indent(`npx migrate-lint ${directory === '.' ? 'k8s' : `${directory}/k8s`} --preset strict`)}`,
  ];
  return `Next:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`;
}

function imageStep({ image }: NewService): string[] {
  if (!image.startsWith(`${placeholderRegistry}/`)) return [];
  return [
    `Replace the placeholders ${image} and ${image}-migration with your images: run this again with --force and --image, or edit the files.`,
  ];
}

function workloadStep({ port }: NewService): string {
  return `Adapt k8s/base/deployment.yaml to the service: its port (${port}), readiness probe and resources.`;
}

function serviceDockerfileStep({ pipeline }: NewService, hasDockerfile: boolean): string[] {
  if (pipeline === 'none' || hasDockerfile) return [];
  return ["Write the service's Dockerfile, which the pipeline builds too."];
}

function dockerfileStep({ tool }: NewService): string {
  const expected = tool.expects.map((each) => indent(`- ${each}`)).join('\n');
  const advice = tool.containsService
    ? "Adapt Dockerfile.migration: use the same base image as the service's Dockerfile. It expects"
    : 'Check Dockerfile.migration. It expects';
  return `${advice}\n${expected}`;
}

function secretStep({ name, tool }: NewService): string {
  const literals = Object.entries(tool.secrets).map(([key, value]) => `--from-literal='${key}=${value}'`);
  const command = (environment: string) =>
    indent(`kubectl create secret generic ${name}-database -n ${name}-${environment} ${literals.join(' ')}`);
  // Flyway reads `FLYWAY_URL`, and no service does.
  const isOnlyForTool = !tool.containsService && tool.secrets['DATABASE_URL'] === undefined;
  const more = isOnlyForTool ? ', with the keys that the service reads added' : '';
  return `Create the namespaces, and in each the Secret that the service and its migration read (or a SealedSecret, ExternalSecret or SOPS file for it)${more}:\n${environments.map(command).join('\n')}`;
}

const pullStep =
  'If the cluster needs a login to pull the images, list a Secret for it under imagePullSecrets in k8s/base/service-account.yaml.';

function pipelineStep(service: NewService): string[] {
  switch (service.pipeline) {
    case 'gitlab':
      return gitlabSteps(service);
    case 'github':
      return githubSteps(service);
    case 'none':
      return [
        "Have the pipeline build both images with one tag, and write that tag to the overlay's deployment-variables.yaml.",
      ];
  }
}

function gitlabSteps({ folder, image }: NewService): string[] {
  const registry = registryOf(image);
  const login = isPublicRegistry(registry)
    ? `Set the CI/CD variables REGISTRY_USER and REGISTRY_PASSWORD, masked, to an account that may push to ${registry}.`
    : `The pipeline logs in to the registry of its GitLab server. If ${registry} is another one, change the login in ${folder}.gitlab-ci.yml.`;
  return [
    ...(registry === 'registry.gitlab.com' ? [] : [login]),
    'Set the CI/CD variable RELEASE_TOKEN, masked, to a project access token with the scope write_repository and a role that may push to the default branch.',
    ...(folder === ''
      ? []
      : [
          `Include the pipeline in the .gitlab-ci.yml at the top of the repository:\n${indent(`include: [${folder}.gitlab-ci.yml]`)}`,
        ]),
  ];
}

function githubSteps({ name, image }: NewService): string[] {
  const registry = registryOf(image);
  return [
    ...(registry === 'ghcr.io'
      ? []
      : [
          `Set the secrets REGISTRY_USER and REGISTRY_PASSWORD of the repository to an account that may push to ${registry}.`,
        ]),
    'If the branch main is protected, give the checkout steps of the jobs staging and production a token that may push to it (`with: {token: …}`).',
    `To release what runs in staging to production, choose "Run workflow" on "release ${name}" under Actions.`,
  ];
}

function fluxStep({ folder }: NewService): string {
  const paths = environments.map((environment) => `./${folder}k8s/overlays/${environment}`).join(' and ');
  return `Point a Flux Kustomization at each of ${paths}, with prune: true.`;
}

function indent(text: string): string {
  return `       ${text}`;
}
