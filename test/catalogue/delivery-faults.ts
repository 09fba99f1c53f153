// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import type { Fault } from './fault.ts';
import { replaceText } from './tree.ts';

const ci = '.gitlab-ci.yml';
const docker = 'Dockerfile.migration';
const flux = 'clusters/production.yaml';

function edit(
  rule: string,
  title: string,
  path: string,
  from: string,
  to: string,
  also: readonly string[] = [],
): Fault {
  return { rule, title, also, apply: (files) => replaceText(files, path, from, to) };
}

/** What can be wrong in the pipeline and the Dockerfiles. */
export const deliveryFaults: readonly Fault[] = [
  edit('ci-image-version', 'latest for the migration', ci, '/migration:${IMAGE_TAG}', '/migration:latest'),
  edit(
    'ci-image-version',
    'another variable for the migration',
    ci,
    '/migration:${IMAGE_TAG}',
    '/migration:${CI_COMMIT_SHA}',
  ),
  edit(
    'ci-image-version',
    'another variable for the service',
    ci,
    '/service:${IMAGE_TAG}',
    '/service:${CI_COMMIT_TAG}',
  ),
  edit('ci-skip', 'no [skip ci]', ci, ' [skip ci]', ''),
  edit('ci-skip', 'brackets left out', ci, '[skip ci]', 'skip ci'),
  edit(
    'ci-variables-file',
    'a file that is not there',
    ci,
    '/" k8s/base/deployment-variables.yaml',
    '/" k8s/deployment-variables.yaml',
  ),
  edit('ci-variables-file', 'a key that is not there', ci, 's/IMAGE_TAG: .*/', 's/TAG_OF_IMAGE: .*/'),
  edit(
    'ci-variables-file',
    'another key whose name ends alike',
    'k8s/base/deployment-variables.yaml',
    '  IMAGE_TAG:',
    '  PROXY_IMAGE_TAG: v1\n  IMAGE_TAG:',
  ),
  edit('ci-artifact-path', 'a folder that is not there', ci, '"./k8s"', '"./deploy"'),
  edit('ci-artifact-path', 'only the overlays', ci, '"./k8s"', '"./k8s/overlays"'),
  edit(
    'dockerfile-command',
    'a CMD',
    docker,
    '# no CMD/ENTRYPOINT: the Job states the command',
    'CMD ["node", "dist/main.js"]',
  ),
  edit(
    'dockerfile-command',
    'an ENTRYPOINT',
    docker,
    '# no CMD/ENTRYPOINT: the Job states the command',
    'ENTRYPOINT ["npm"]',
  ),
  edit('dockerfile-drift', 'another version of the base image', docker, 'node:20-alpine', 'node:18-alpine'),
  edit('dockerfile-drift', 'another version for the service', 'Dockerfile', 'node:20-alpine', 'node:22-alpine'),
  edit('dockerfile-client', 'no client', docker, 'RUN npx prisma generate\n', ''),
  edit('dockerfile-client', 'no tool', docker, 'npm ci', 'npm ci --omit=dev'),
  edit('dockerfile-client', 'no tool, as it used to be written', docker, 'npm ci', 'npm ci --only=production'),
];

/** What can be wrong with the Flux Kustomizations; for the repository with Flux. */
export const fluxFaults: readonly Fault[] = [
  edit('flux-depends-on', 'a slip in dependsOn', flux, '    - name: databases\n', '    - name: database\n'),
  edit(
    'flux-depends-on',
    'dependsOn in another namespace',
    flux,
    '    - name: databases\n',
    '    - name: databases\n      namespace: apps\n',
  ),
  edit('flux-ttl-interval', 'a short time to live', 'k8s/base/migration-job.yaml', 'Finished: 86400', 'Finished: 300'),
  edit(
    'flux-ttl-interval',
    'a long interval',
    flux,
    '  interval: 10m\n  path: ./k8s',
    '  interval: 48h\n  path: ./k8s',
  ),
  edit('flux-substitute-missing', 'a slip in substituteFrom', flux, 'name: cluster-settings', 'name: cluster-setting'),
  edit(
    'flux-substitute-missing',
    'variables in another namespace',
    'databases/settings.yaml',
    'namespace: flux-system',
    'namespace: databases',
  ),
];
