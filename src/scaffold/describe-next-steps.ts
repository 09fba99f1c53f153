import { environments, type NewService, placeholderRegistry } from './new-service.ts';

/**
 * What is left to do by hand, in the order in which to do it.
 * @param directory the service's folder, as the reader would write it
 */
export function describeNextSteps(service: NewService, directory: string): string {
  const steps = [
    ...imageStep(service),
    dockerfileStep(service),
    secretStep(service),
    ...pipelineStep(service),
    fluxStep(service),
    `Look at it:\n${indent(`npx migrate-lint ${directory === '.' ? 'k8s' : `${directory}/k8s`} --preset strict`)}`,
  ];
  return `Next:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`;
}

function imageStep({ image }: NewService): string[] {
  if (!image.startsWith(`${placeholderRegistry}/`)) return [];
  return [
    `${image} stands for your image, and ${image}-migration for that of the migration: run this again with --force and --image, or change them by hand.`,
  ];
}

function dockerfileStep({ tool }: NewService): string {
  const expected = tool.expects.map((each) => indent(`- ${each}`)).join('\n');
  return `Make Dockerfile.migration fit: start from what the service's Dockerfile starts from. It counts on\n${expected}`;
}

function secretStep({ name, tool }: NewService): string {
  const literals = Object.entries(tool.secrets).map(([key, value]) => `--from-literal='${key}=${value}'`);
  const command = (environment: string) =>
    indent(`kubectl create secret generic ${name}-database -n ${name}-${environment} ${literals.join(' ')}`);
  return `Make the namespaces, and in each the Secret that the service and its migration read, or a SealedSecret, ExternalSecret or SOPS file for it:\n${environments.map(command).join('\n')}`;
}

function pipelineStep({ pipeline, folder, name }: NewService): string[] {
  switch (pipeline) {
    case 'gitlab':
      return [
        'Give the project a CI/CD variable RELEASE_TOKEN, an access token that may write to the repository.',
        ...(folder === ''
          ? []
          : [
              `Include the pipeline in the .gitlab-ci.yml at the top:\n${indent(`include: [${folder}.gitlab-ci.yml]`)}`,
            ]),
      ];
    case 'github':
      return [`"Run workflow" of "release ${name}" under Actions releases to production what staging has.`];
    case 'none':
      return [
        'Have the pipeline build both images with one tag, and write the tag into deployment-variables.yaml of the overlay.',
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
