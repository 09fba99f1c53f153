// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import { editFault, type Fault } from './fault.ts';
import { editBase } from './tree.ts';

const ci = '.gitlab-ci.yml';
const docker = 'Dockerfile.migration';
const flux = 'clusters/production.yaml';

/** Migrations for goose, as two branches left them. */
const conflictFault: Fault = {
  rule: 'migration-file-conflict',
  title: 'two migrations with the same version',
  apply: (files) => {
    for (const name of ['00001_init', '00002_total', '00002_note']) {
      files.set(`migrations/${name}.sql`, '-- +goose Up\nSELECT 1;\n');
    }
    files.set(docker, 'FROM golang:1.24\nCOPY migrations /migrations\n');
    editBase(
      files,
      'Job',
      ['spec', 'template', 'spec', 'containers', 0, 'command'],
      ['goose', '-dir', '/migrations', 'up'],
    );
  },
};

/** A job that applies the tree and waits for the migration without its version. */
const waitFault: Fault = {
  rule: 'ci-wait',
  title: 'a wait for the Job without its version',
  apply: (files) => {
    const script =
      'kubectl apply -k k8s/overlays/production && kubectl wait --for=condition=complete job/myapp-migration';
    files.set(ci, `${files.get(ci)}\ndeploy:apply:\n  script:\n    - ${script}\n`);
  },
};

/** A commit of the version in the same stage as the builds. */
const orderFault: Fault = {
  rule: 'ci-order',
  title: 'the version is committed while its images are built',
  apply: (files) => {
    const text = (files.get(ci) ?? '').replace('/service:', '/myapp:').replace('/migration:', '/myapp-migration:');
    files.set(ci, text.replace('  stage: deploy\n', ''));
  },
};

/** A stage for the migration at the end of the service's Dockerfile. */
const stageFault: Fault = {
  rule: 'dockerfile-target',
  title: 'the stage of the migration is the last one',
  apply: (files) => {
    const stage = (files.get(docker) ?? '').replace(/^FROM .*/m, 'FROM node:20-alpine AS migration');
    files.set('Dockerfile', `${files.get('Dockerfile')}\n${stage}`);
    files.delete(docker);
    files.set(ci, (files.get(ci) ?? '').replace('--dockerfile ./Dockerfile.migration', '--target migration'));
  },
};

/** What can be wrong in the pipeline and the Dockerfiles. */
export const deliveryFaults: readonly Fault[] = [
  conflictFault,
  orderFault,
  waitFault,
  stageFault,
  editFault('ci-image-version', 'latest for the migration', ci, '/migration:${IMAGE_TAG}', '/migration:latest'),
  editFault(
    'ci-image-version',
    'another variable for the migration',
    ci,
    '/migration:${IMAGE_TAG}',
    '/migration:${CI_COMMIT_SHA}',
  ),
  editFault(
    'ci-image-version',
    'another variable for the service',
    ci,
    '/service:${IMAGE_TAG}',
    '/service:${CI_COMMIT_TAG}',
  ),
  editFault(
    'ci-image-push',
    "the migration's image stays where it is built",
    ci,
    '--dockerfile ./Dockerfile.migration',
    '--dockerfile ./Dockerfile.migration --no-push',
  ),
  editFault('ci-skip', 'no [skip ci]', ci, ' [skip ci]', ''),
  editFault('ci-skip', 'brackets left out', ci, '[skip ci]', 'skip ci'),
  editFault(
    'ci-variables-file',
    'a file that is not there',
    ci,
    '/" k8s/base/deployment-variables.yaml',
    '/" k8s/deployment-variables.yaml',
  ),
  editFault('ci-variables-file', 'a key that is not there', ci, 's/IMAGE_TAG: .*/', 's/TAG_OF_IMAGE: .*/'),
  editFault(
    'ci-variables-file',
    'another key whose name ends alike',
    'k8s/base/deployment-variables.yaml',
    '  IMAGE_TAG:',
    '  PROXY_IMAGE_TAG: v1\n  IMAGE_TAG:',
  ),
  editFault('ci-artifact-path', 'a folder that is not there', ci, '"./k8s"', '"./deploy"'),
  editFault('ci-artifact-path', 'only the overlays', ci, '"./k8s"', '"./k8s/overlays"'),
  editFault(
    'dockerfile-command',
    'a CMD',
    docker,
    '# no CMD/ENTRYPOINT: the Job states the command',
    'CMD ["node", "dist/main.js"]',
  ),
  editFault(
    'dockerfile-command',
    'an ENTRYPOINT',
    docker,
    '# no CMD/ENTRYPOINT: the Job states the command',
    'ENTRYPOINT ["npm"]',
  ),
  editFault('dockerfile-drift', 'another version of the base image', docker, 'node:20-alpine', 'node:18-alpine'),
  editFault('dockerfile-drift', 'another version for the service', 'Dockerfile', 'node:20-alpine', 'node:22-alpine'),
  editFault(
    'image-user',
    'a migration that must not run as root, and does',
    'k8s/base/migration-job.yaml',
    '      restartPolicy: Never\n',
    '      restartPolicy: Never\n      securityContext: {runAsNonRoot: true, runAsUser: 0}\n',
  ),
  editFault('dockerfile-client', 'no client', docker, 'RUN npx prisma generate\n', ''),
  editFault('dockerfile-client', 'no tool', docker, 'npm ci', 'npm ci --omit=dev'),
  editFault('dockerfile-client', 'no tool, as it used to be written', docker, 'npm ci', 'npm ci --only=production'),
];

/** What can be wrong with the Flux Kustomizations; for the repository with Flux. */
export const fluxFaults: readonly Fault[] = [
  {
    rule: 'flux-decryption',
    title: 'a Secret encrypted with SOPS, and no key',
    apply: (files) => {
      const path = 'k8s/base/secret.yaml';
      files.set(path, `${files.get(path)}sops: {version: 3.9.4}\n`);
    },
  },
  editFault('flux-depends-on', 'a slip in dependsOn', flux, '    - name: databases\n', '    - name: database\n'),
  editFault(
    'flux-depends-on',
    'dependsOn in another namespace',
    flux,
    '    - name: databases\n',
    '    - name: databases\n      namespace: apps\n',
  ),
  editFault(
    'flux-ttl-interval',
    'a short time to live',
    'k8s/base/migration-job.yaml',
    'Finished: 86400',
    'Finished: 300',
  ),
  editFault(
    'flux-ttl-interval',
    'a long interval',
    flux,
    '  interval: 10m\n  path: ./k8s',
    '  interval: 48h\n  path: ./k8s',
  ),
  editFault(
    'flux-substitute-missing',
    'a slip in substituteFrom',
    flux,
    'name: cluster-settings',
    'name: cluster-setting',
  ),
  editFault(
    'flux-substitute-missing',
    'variables in another namespace',
    'databases/settings.yaml',
    'namespace: flux-system',
    'namespace: databases',
  ),
];

const pipeline = 'azure-pipelines.yml';

/** The same in pipelines of Azure DevOps. */
export const azureFaults: readonly Fault[] = [
  editFault('ci-variables-file', 'a file that is not there', pipeline, 'k8s/base\n', 'k8s\n'),
  editFault('ci-variables-file', 'a key that is not there', pipeline, 's/IMAGE_TAG: .*/', 's/TAG_OF_IMAGE: .*/'),
  editFault('ci-image-version', 'latest for the migration', pipeline, 'tag: $(imageTag) # migration', 'tag: latest'),
  editFault(
    'ci-image-push',
    'an image that is only built',
    pipeline,
    'command: buildAndPush # migration',
    'command: build',
  ),
  editFault('ci-skip', 'no [skip ci]', pipeline, ' [skip ci]', ''),
  editFault('ci-artifact-path', 'a folder that is not there', pipeline, '--path ./k8s', '--path ./deploy'),
];

const images = 'clusters/images.yaml';
const variables = 'k8s/base/deployment-variables.yaml';

/** What can be wrong with Flux's image automation. */
export const imageAutomationFaults: readonly Fault[] = [
  editFault(
    'flux-image-policy',
    'a marker in another form',
    variables,
    'flux-system:myapp:tag',
    'flux-system/myapp:tag',
  ),
  editFault('flux-image-policy', 'a marker that is no JSON', variables, ':tag"}', ':tag"'),
  editFault('flux-image-policy', 'a marker for a policy that is not there', variables, ':myapp:', ':billing:'),
  editFault(
    'flux-image-policy',
    'a policy for images that nothing looks for',
    images,
    'Ref: {name: myapp}',
    'Ref: {name: billing}',
  ),
  editFault('flux-image-policy', 'an automation for another folder', images, 'path: ./k8s', 'path: ./databases'),
];
