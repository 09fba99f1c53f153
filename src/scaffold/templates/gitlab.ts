import { type Environment, environments, type NewService } from '../new-service.ts';
import { isPublicRegistry, registryOf } from './registry.ts';
import { variablesFile, writeVersion } from './release-commands.ts';

/** Builds both images and releases to staging, and to production when somebody starts that job. */
export const gitlabPipeline = (service: NewService): string => {
  const { image, folder } = service;
  const context = folder === '' ? '.' : folder.slice(0, -1);
  const dockerfile = (name: string) => `${folder}${name}`;
  return `# Builds the images of the service and its migration with one version, and commits that version to the overlay of an
# environment, where Flux picks it up.
#
# It needs ${isPublicRegistry(registryOf(image)) ? 'CI/CD variables, masked: REGISTRY_USER and REGISTRY_PASSWORD, and' : 'a CI/CD variable, masked:'} RELEASE_TOKEN, a project access token that may write to the
# repository.
stages: [build, release]

workflow:
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

variables:
  IMAGE: ${image}
  # This also becomes part of the Job's name: use only lower-case letters, digits and dots.
  IMAGE_TAG: v1.\${CI_PIPELINE_ID}.0

build:
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

.release:
  stage: release
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

/** Logs in to the registry. A job has an account for that of its own GitLab server; others need one. */
function login(image: string): string {
  const registry = registryOf(image);
  const [user, password, host] = isPublicRegistry(registry)
    ? ['REGISTRY_USER', 'REGISTRY_PASSWORD', registry]
    : ['CI_REGISTRY_USER', 'CI_REGISTRY_PASSWORD', '$CI_REGISTRY'];
  return `echo "$${password}" | docker login --username "$${user}" --password-stdin "${host}"`;
}

const releaseJob = (service: NewService, environment: Environment): string => `
release:${environment}:
  extends: .release
  environment: ${environment}
${environment === 'production' ? '  when: manual\n' : ''}  script:
    - |
      ${writeVersion(service, environment)}
    - git add ${variablesFile(service, environment)}
    - 'git commit --allow-empty --message "ci: release \${IMAGE_TAG} to ${environment} [skip ci]"'
    - git push origin "HEAD:\${CI_COMMIT_BRANCH}"
`;
