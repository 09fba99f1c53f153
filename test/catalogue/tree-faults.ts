// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { editFault, type Fault } from './fault.ts';
import { type Files, replaceText } from './tree.ts';

const base = 'k8s/base/kustomization.yaml';
const overlay = 'k8s/overlays/production/kustomization.yaml';

/** Every place in a file, as the placeholder stands in several. */
function everywhere(files: Files, from: string, to: string): void {
  for (const [path, text] of files) if (path.startsWith('k8s/')) files.set(path, text.replaceAll(from, to));
}

const imageTarget = `          kind: Job
          name: myapp-migration-TAG
        fieldPaths:
          - spec.template.spec.containers.[name=migrate].image
`;
const serviceImage =
  '          - spec.template.spec.containers.[name=service].image\n        options:\n          delimiter: ":"\n          index: 1\n';
const jobName = '          - metadata.name\n        options:\n          delimiter: "-"\n          index: 2\n';

/** What can be wrong with the way the tree is put together. */
export const treeFaults: readonly Fault[] = [
  editFault('build-error', 'a resource that is not there', base, '  - secret.yaml\n', '  - secrets.yaml\n'),
  editFault('build-error', 'a wrong apiVersion', base, 'kustomize.config.k8s.io/v1beta1', 'kustomize.config.k8s.io/v1'),
  editFault('build-error', 'an index in brackets', overlay, '.args.1', '.args.[1]'),
  editFault(
    'build-error',
    'a source that is not there',
    base,
    '      name: deployment-variables\n      fieldPath',
    '      name: variables\n      fieldPath',
  ),
  editFault('build-error', 'a field that is not there', base, 'data.IMAGE_TAG', 'data.TAG'),
  editFault(
    'build-error',
    'a patch without a target',
    'k8s/overlays/production/config.yaml',
    'name: myapp-config',
    'name: settings',
  ),
  editFault('build-error', 'broken YAML', 'k8s/base/config.yaml', '  NODE_ENV: production', '  NODE_ENV: [production'),
  editFault('build-error', 'a path into a list without the item', base, '[name=migrate]', '[name=migration]'),
  editFault('build-error', 'the same object twice', base, '  - secret.yaml\n', '  - secret.yaml\n  - secret.yaml\n'),
  editFault(
    'build-incomplete',
    'a remote base',
    overlay,
    '  - ../../base\n',
    '  - ../../base\n  - https://example.com/monitoring.yaml\n',
  ),
  editFault(
    'resource-order',
    'the Job is listed last',
    base,
    '  - migration-job.yaml # before the deployment that waits for it\n  - deployment.yaml\n',
    '  - deployment.yaml\n  - migration-job.yaml\n',
  ),
  editFault(
    'replacement-segment',
    'the image is replaced as a whole',
    base,
    `${imageTarget}        options:\n          delimiter: ":"\n          index: 1\n`,
    imageTarget,
  ),
  editFault(
    'replacement-segment',
    "the service's image is replaced as a whole",
    base,
    serviceImage,
    serviceImage.slice(0, serviceImage.indexOf('        options')),
  ),
  editFault(
    'replacement-segment',
    "the Job's name is replaced as a whole",
    base,
    jobName,
    '          - metadata.name\n',
  ),
  editFault(
    'replacement-segment',
    'another part of the image',
    base,
    serviceImage,
    serviceImage.replace('index: 1', 'index: 0'),
  ),
  editFault(
    'replacement-segment',
    "another part of the Job's name",
    base,
    jobName,
    jobName.replace('index: 2', 'index: 1'),
  ),
  {
    rule: 'replacement-segment',
    title: 'a registry with a port',
    apply: (files) =>
      replaceText(files, 'k8s/base/deployment.yaml', 'registry.example.com/', 'registry.example.com:5000/'),
  },
  {
    rule: 'replacement-multi-match',
    title: 'a container whose name holds the other',
    apply: (files) =>
      replaceText(
        files,
        'k8s/base/deployment.yaml',
        '      containers:\n',
        '      containers:\n        - name: service-metrics\n          image: registry.example.com/metrics:v1.2.0\n',
      ),
  },
  editFault(
    'replacement-dialect',
    'a pattern in the name of a target',
    base,
    imageTarget,
    imageTarget.replace('migration-TAG', 'migration-.*'),
  ),
  editFault('replacement-dialect', 'a pattern in the kind of a target', overlay, 'kind: Deployment', 'kind: Deploy.*'),
  editFault(
    'replacement-no-target',
    'a slip in the name of a target',
    base,
    imageTarget,
    imageTarget.replace('myapp-', 'myap-'),
    ['image-version-match'],
  ),
  editFault(
    'replacement-no-target',
    'a slip in the kind of a target',
    base,
    imageTarget,
    imageTarget.replace('kind: Job', 'kind: CronJob'),
    ['image-version-match'],
  ),
  {
    rule: 'job-name-version',
    title: 'the version is in no name',
    apply: (files) => {
      everywhere(files, 'myapp-migration-TAG', 'myapp-migration');
      const [head, image, , , service] = (files.get(base) ?? '').split('      - select:\n');
      files.set(base, [head, image, service].join('      - select:\n'));
    },
  },
  editFault(
    'job-generate-name',
    'generateName in place of a name',
    'k8s/base/migration-job.yaml',
    '  name: myapp-migration-TAG',
    '  generateName: myapp-migration-',
  ),
  {
    rule: 'replacement-no-target',
    title: 'a variable as placeholder',
    also: ['variable-unresolved', 'image-version-match'],
    apply: (files) => everywhere(files, 'myapp-migration-TAG', 'myapp-migration-${TAG}'),
  },
  editFault(
    'field-type',
    'a text in the place of a list',
    'k8s/base/migration-job.yaml',
    '  backoffLimit: 0',
    '  backoffLimit: 0\n  podFailurePolicy: {rules: Ignore}',
  ),
  editFault(
    'field-type',
    'a number with a unit',
    'k8s/base/migration-job.yaml',
    '  backoffLimit: 0',
    '  backoffLimit: 0\n  completions: 1 pod',
  ),
  editFault(
    'field-value',
    'a word that a field does not take',
    'k8s/base/migration-job.yaml',
    '  backoffLimit: 0',
    '  backoffLimit: 0\n  podReplacementPolicy: Fail',
  ),
  editFault(
    'field-unknown',
    'a slip in a field',
    'k8s/base/migration-job.yaml',
    '  backoffLimit: 0',
    '  backoffLimit: 0\n  paralellism: 1',
  ),
  editFault(
    'field-unknown',
    'a field of the pod beside those of the Job',
    'k8s/base/migration-job.yaml',
    '  backoffLimit: 0',
    '  backoffLimit: 0\n  priorityClassName: high',
  ),
  editFault(
    'field-repeated',
    'a second list of patches',
    overlay,
    'patches:\n',
    'patches:\n  - path: gone.yaml\npatches:\n',
  ),
  editFault(
    'patch-no-target',
    'a namespace that the object gets later',
    overlay,
    '  - path: config.yaml\n',
    '  - path: config.yaml\n    target: {kind: ConfigMap, name: myapp-config, namespace: myapp-production}\n',
  ),
  editFault(
    'patch-no-target',
    'a typo in the name of a target',
    overlay,
    '  - path: config.yaml\n',
    '  - path: config.yaml\n    target: {kind: ConfigMap, name: myapp-confg}\n',
  ),
  editFault(
    'setting-line-break',
    'a password as a block',
    'k8s/base/secret.yaml',
    'DATABASE_PASSWORD: placeholder',
    'DATABASE_PASSWORD: |\n    placeholder',
  ),
  editFault('secret-encoding', 'a password as it is under data', 'k8s/base/secret.yaml', 'stringData:', 'data:'),
  editFault(
    'image-name',
    'an owner with capitals',
    'k8s/base/migration-job.yaml',
    'registry.example.com/myapp-migration',
    'ghcr.io/AcmeShop/myapp-migration',
  ),
  {
    rule: 'image-no-match',
    title: 'an image without its registry',
    apply: (files) => {
      const [head, , ...others] = (files.get(base) ?? '').split('      - select:\n');
      files.set(base, [head, ...others].join('      - select:\n'));
      replaceText(files, 'k8s/base/migration-job.yaml', 'myapp-migration:TAG', 'myapp-migration:v1.2286938253.0');
      const entry = 'images:\n  - name: myapp-migration\n    newTag: v1.2286938254.0\n';
      replaceText(files, overlay, 'namePrefix: prod-\n', `namePrefix: prod-\n${entry}`);
    },
  },
  editFault(
    'value-unquoted',
    'a commit of digits and an e, as a pipeline writes it',
    'k8s/base/deployment-variables.yaml',
    '  IMAGE_TAG:',
    '  COMMIT: 12345e7\n  IMAGE_TAG:',
  ),
];
