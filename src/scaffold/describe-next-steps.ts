import { environments, type NewService, placeholderRegistry } from './new-service.ts';

/**
 * The remaining manual steps, in order.
 * @param directory the service's folder, as the user would write it
 */
export function describeNextSteps(service: NewService, directory: string): string {
  const steps = [
    ...imageStep(service),
    dockerfileStep(service),
    secretStep(service),
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

function dockerfileStep({ tool }: NewService): string {
  const expected = tool.expects.map((each) => indent(`- ${each}`)).join('\n');
  return `Adapt Dockerfile.migration: use the same base image as the service's Dockerfile. It expects\n${expected}`;
}

function secretStep({ name, tool }: NewService): string {
  const literals = Object.entries(tool.secrets).map(([key, value]) => `--from-literal='${key}=${value}'`);
  const command = (environment: string) =>
    indent(`kubectl create secret generic ${name}-database -n ${name}-${environment} ${literals.join(' ')}`);
  return `Create the namespaces, and in each the Secret that the service and its migration read (or a SealedSecret, ExternalSecret or SOPS file for it):\n${environments.map(command).join('\n')}`;
}

function pipelineStep({ pipeline, folder, name }: NewService): string[] {
  switch (pipeline) {
    case 'gitlab':
      return [
        'Set the CI/CD variable RELEASE_TOKEN to an access token that may write to the repository.',
        ...(folder === ''
          ? []
          : [
              `Include the pipeline in the .gitlab-ci.yml at the top of the repository:\n${indent(`include: [${folder}.gitlab-ci.yml]`)}`,
            ]),
      ];
    case 'github':
      return [
        `To release what runs in staging to production, choose "Run workflow" on "release ${name}" under Actions.`,
      ];
    case 'none':
      return [
        "Have the pipeline build both images with one tag, and write that tag to the overlay's deployment-variables.yaml.",
      ];
  }
}

function fluxStep({ folder }: NewService): string {
  const paths = environments.map((environment) => `./${folder}k8s/overlays/${environment}`).join(' and ');
  return `Point a Flux Kustomization at each of ${paths}, with prune: true.`;
}

function indent(text: string): string {
  return `       ${text}`;
}
