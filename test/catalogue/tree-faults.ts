// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import type { Fault } from './fault.ts';
import { type Files, replaceText } from './tree.ts';

const base = 'k8s/base/kustomization.yaml';
const overlay = 'k8s/overlays/production/kustomization.yaml';

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
  edit('build-error', 'a resource that is not there', base, '  - secret.yaml\n', '  - secrets.yaml\n'),
  edit('build-error', 'a wrong apiVersion', base, 'kustomize.config.k8s.io/v1beta1', 'kustomize.config.k8s.io/v1'),
  edit('build-error', 'an index in brackets', overlay, '.args.1', '.args.[1]'),
  edit(
    'build-error',
    'a source that is not there',
    base,
    '      name: deployment-variables\n      fieldPath',
    '      name: variables\n      fieldPath',
  ),
  edit('build-error', 'a field that is not there', base, 'data.IMAGE_TAG', 'data.TAG'),
  edit(
    'build-error',
    'a patch without a target',
    'k8s/overlays/production/config.yaml',
    'name: myapp-config',
    'name: settings',
  ),
  edit('build-error', 'broken YAML', 'k8s/base/config.yaml', '  NODE_ENV: production', '  NODE_ENV: [production'),
  edit('build-error', 'a path into a list without the item', base, '[name=migrate]', '[name=migration]'),
  edit('build-error', 'the same object twice', base, '  - secret.yaml\n', '  - secret.yaml\n  - secret.yaml\n'),
  edit(
    'build-incomplete',
    'a remote base',
    overlay,
    '  - ../../base\n',
    '  - ../../base\n  - https://example.com/monitoring.yaml\n',
  ),
  edit(
    'resource-order',
    'the Job is listed last',
    base,
    '  - migration-job.yaml # before the deployment that waits for it\n  - deployment.yaml\n',
    '  - deployment.yaml\n  - migration-job.yaml\n',
  ),
  edit(
    'replacement-segment',
    'the image is replaced as a whole',
    base,
    `${imageTarget}        options:\n          delimiter: ":"\n          index: 1\n`,
    imageTarget,
  ),
  edit(
    'replacement-segment',
    "the service's image is replaced as a whole",
    base,
    serviceImage,
    serviceImage.slice(0, serviceImage.indexOf('        options')),
  ),
  edit('replacement-segment', "the Job's name is replaced as a whole", base, jobName, '          - metadata.name\n'),
  edit(
    'replacement-segment',
    'another part of the image',
    base,
    serviceImage,
    serviceImage.replace('index: 1', 'index: 0'),
  ),
  edit(
    'replacement-segment',
    "another part of the Job's name",
    base,
    jobName,
    jobName.replace('index: 2', 'index: 1'),
    ['job-name-valid'],
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
  edit(
    'replacement-dialect',
    'a pattern in the name of a target',
    base,
    imageTarget,
    imageTarget.replace('migration-TAG', 'migration-.*'),
  ),
  edit('replacement-dialect', 'a pattern in the kind of a target', overlay, 'kind: Deployment', 'kind: Deploy.*'),
  edit(
    'replacement-no-target',
    'a slip in the name of a target',
    base,
    imageTarget,
    imageTarget.replace('myapp-', 'myap-'),
    ['image-version-match'],
  ),
  edit(
    'replacement-no-target',
    'a slip in the kind of a target',
    base,
    imageTarget,
    imageTarget.replace('kind: Job', 'kind: CronJob'),
    ['image-version-match'],
  ),
  {
    rule: 'replacement-no-target',
    title: 'a variable as placeholder',
    also: ['variable-unresolved', 'image-version-match'],
    apply: (files) => everywhere(files, 'myapp-migration-TAG', 'myapp-migration-${TAG}'),
  },
];
