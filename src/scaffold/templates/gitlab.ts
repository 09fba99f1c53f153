import { type Environment, environments, type NewService } from '../new-service.ts';
import { isPublicRegistry, registryOf } from './registry.ts';
import { variablesFile, writeVersion } from './release-commands.ts';

/**
 * Builds both images and releases to staging, and to production when somebody starts that job. All jobs are named after the
 * service and use GitLab's own stages, so that one pipeline can include those of several services, and have other jobs.
 */
export const gitlabPipeline = (service: NewService): string => {
  const { name, image, folder } = service;
  const context = folder === '' ? '.' : folder.slice(0, -1);
  const dockerfile = (file: string) => `${folder}${file}`;
  const isPublic = isPublicRegistry(registryOf(image));
  return `# Builds the images of the service and its migration with one version, and commits that version to the overlay of an
# environment, where Flux picks it up.
#
# It needs a CI/CD variable RELEASE_TOKEN, masked: a project access token that may write to the repository.
${isPublic ? '# REGISTRY_USER and REGISTRY_PASSWORD, masked, are the account that pushes the images.\n' : ''}.${name}:
  variables:
    IMAGE: ${image}
    # This also becomes part of the Job's name: use only lower-case letters, digits and dots.
    IMAGE_TAG: v1.\${CI_PIPELINE_ID}.0
  rules:
${rule(service)}

${name}:build:
  extends: .${name}
  stage: build
  image: docker:28.5.1
  services: ["docker:28.5.1-dind"]
  variables:
    DOCKER_TLS_CERTDIR: /certs
  before_script:
    - ${login(image)}
  script:
    - docker build --file ${dockerfile('Dockerfile')} --tag "\${IMAGE}:\${IMAGE_TAG}" ${context}
    - docker build --file ${dockerfile('Dockerfile.migration')} --tag "\${IMAGE}-migration:\${IMAGE_TAG}" ${context}
    - docker push "\${IMAGE}:\${IMAGE_TAG}"
    - docker push "\${IMAGE}-migration:\${IMAGE_TAG}"

.${name}-release:
  extends: .${name}
  stage: deploy
  image: alpine:3.22.2
  resource_group: release # one commit at a time
  before_script:
    - apk add --no-cache git
    - git config --global user.name "release"
    - git config --global user.email "release@\${CI_SERVER_HOST}"
    - git remote set-url --push origin "https://release:\${RELEASE_TOKEN}@\${CI_SERVER_HOST}/\${CI_PROJECT_PATH}.git"
    - git fetch origin "\${CI_COMMIT_BRANCH}"
    - git checkout --force -B release FETCH_HEAD
${environments.map((environment) => releaseJob(service, environment)).join('')}`;
};

/** When the jobs run: on the default branch and, in a repository of several services, when this one has changed. */
function rule({ folder }: NewService): string {
  const changes = folder === '' ? '' : `\n      changes: ["${folder}**/*"]`;
  return `    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH${changes}`;
}

/** Logs in to the registry. A job has an account for that of its own GitLab server; others need one. */
function login(image: string): string {
  const registry = registryOf(image);
  const [user, password, host] = isPublicRegistry(registry)
    ? ['REGISTRY_USER', 'REGISTRY_PASSWORD', registry]
    : ['CI_REGISTRY_USER', 'CI_REGISTRY_PASSWORD', '$CI_REGISTRY'];
  return `echo "$${password}" | docker login --username "$${user}" --password-stdin "${host}"`;
}

const releaseJob = (service: NewService, environment: Environment): string => `
${service.name}:${environment}:
  extends: .${service.name}-release
  environment: ${environment}
${environment === 'production' ? `  rules:\n${rule(service)}\n      when: manual\n      allow_failure: true\n` : ''}  script:
    - |
      ${writeVersion(service, environment)}
    - git add ${variablesFile(service, environment)}
    - 'git commit --allow-empty --message "ci: release \${IMAGE_TAG} of ${service.name} to ${environment} [skip ci]"'
    - git push origin "HEAD:\${CI_COMMIT_BRANCH}"
`;
