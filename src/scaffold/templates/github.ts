import type { Environment, NewService } from '../new-service.ts';
import { registryOf } from './registry.ts';
import { readVersion, variablesFile, writeVersion } from './release-commands.ts';

/** On a push, builds both images and releases to staging; run manually, releases to production. */
export const githubWorkflow = (service: NewService): string => {
  const { name, image, folder } = service;
  const context = folder === '' ? '.' : folder.slice(0, -1);
  return `# On a push: builds the images of the service and its migration with one version, and commits that version to the
# staging overlay, where Flux picks it up. Run manually ("Run workflow"): releases to production what staging has.
name: release ${name}

on:
  push:
    branches: [main]${
      folder === ''
        ? ''
        : `
    paths: ["${folder}**"]`
    }
  workflow_dispatch:

concurrency: release-${name} # one commit at a time

permissions:
  contents: read

env:
  IMAGE: ${image}
  # This also becomes part of the Job's name: use only lower-case letters, digits and dots.
  IMAGE_TAG: v1.\${{ github.run_number }}.0

jobs:
  build:
    if: github.event_name == 'push'
    runs-on: ubuntu-24.04
    permissions:
      contents: read
      packages: write
    steps:
      - uses: actions/checkout@v5
      - uses: docker/login-action@v3
        with:
${login(image)}
      - uses: docker/build-push-action@v6
        with:
          context: ${context}
          file: ${folder}Dockerfile
          push: true
          tags: \${{ env.IMAGE }}:\${{ env.IMAGE_TAG }}
      - uses: docker/build-push-action@v6
        with:
          context: ${context}
          file: ${folder}Dockerfile.migration
          push: true
          tags: \${{ env.IMAGE }}-migration:\${{ env.IMAGE_TAG }}

${releaseJob(service, 'staging', 'needs: build')}
${releaseJob(service, 'production', "if: github.event_name == 'workflow_dispatch'\n    environment: production")}`;
};

/** Commits the version to an overlay: for staging the one just built, for production the one in staging. */
const releaseJob = (service: NewService, environment: Environment, when: string): string => `  ${environment}:
    ${when}
    runs-on: ubuntu-24.04
    permissions:
      contents: write
    steps:
      - uses: actions/checkout@v5
        with:
          ref: \${{ github.ref_name }}
      - run: |
${environment === 'production' ? `          ${readVersion(service, 'staging')}\n` : ''}\
          ${writeVersion(service, environment)}
          git add ${variablesFile(service, environment)}
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git commit --allow-empty --message "ci: release \${IMAGE_TAG} to ${environment} [skip ci]"
          git pull --rebase --quiet origin "\${GITHUB_REF_NAME}" # another service may have been released meanwhile
          git push origin "HEAD:\${GITHUB_REF_NAME}"
`;

/** The inputs for docker/login-action. GitHub's own registry accepts the workflow's token; others need an account. */
function login(image: string): string {
  const registry = registryOf(image);
  const [user, password] =
    registry === 'ghcr.io'
      ? ['github.actor', 'secrets.GITHUB_TOKEN']
      : ['secrets.REGISTRY_USER', 'secrets.REGISTRY_PASSWORD'];
  const lines = [`registry: ${registry}`, `username: \${{ ${user} }}`, `password: \${{ ${password} }}`];
  return lines.map((line) => `          ${line}`).join('\n');
}
