import { type Fault, fault, faults } from './fault.ts';

const image = 'image: registry.example.com/shop-migration:v1.4.0';
const version = (given: Fault): Fault => ({ ...given, isVersion: true });

/** What can be wrong with the Job, and with the images. */
export const jobFaults: readonly Fault[] = [
  version(
    faults(
      'no version in the name',
      ['job', 'name: shop-migration-v1.4.0', 'name: ‹job-name-version›shop-migration'],
      ['service', 'shop-migration-v1.4.0', 'shop-migration'],
    ),
  ),
  faults(
    'a capital in the name',
    ['job', 'name: shop-migration-v1.4.0', 'name: ‹job-name-valid›Shop-migration-v1.4.0'],
    ['service', 'shop-migration-v1.4.0', 'Shop-migration-v1.4.0'],
  ),
  fault(
    'no force',
    'job',
    /metadata:\n {2}name: (.*)\n[\s\S]*?spec:/,
    '‹job-force›metadata:\n  name: shop-migration-v1.4.0\nspec:',
  ),
  fault('force that Flux ignores', 'job', 'force: enabled', 'force: ‹job-force›"true"'),
  fault(
    'force of another domain',
    'job',
    'kustomize.toolkit.fluxcd.io/force: enabled',
    'kustomization.toolkit.fluxcd.io/force: ‹job-force›enabled',
  ),
  faults(
    'force of the pods',
    ['job', '  annotations:\n    kustomize.toolkit.fluxcd.io/force: enabled\n', ''],
    [
      'job',
      '  template:\n',
      '  template:\n    metadata:\n      annotations:\n        kustomize.toolkit.fluxcd.io/force: ‹job-force›enabled\n',
    ],
  ),
  fault('tries as a text', 'job', 'backoffLimit: 0', 'backoffLimit: ‹value-unquoted›"0"'),
  fault('more tries', 'job', 'backoffLimit: 0', 'backoffLimit: ‹job-backoff-limit›3'),
  fault('six more tries', 'job', 'spec:\n  backoffLimit: 0\n', '‹job-backoff-limit›spec:\n'),
  fault('started again in place', 'job', 'restartPolicy: Never', 'restartPolicy: ‹job-restart-policy›OnFailure'),
  fault('no restart policy', 'job', '    spec:\n      restartPolicy: Never\n', '    ‹job-restart-policy›spec:\n'),
  fault('side by side', 'job', 'backoffLimit: 0', 'backoffLimit: 0\n  parallelism: ‹job-parallelism›2'),
  fault('never started', 'job', 'backoffLimit: 0', 'backoffLimit: 0\n  suspend: ‹job-parallelism›true'),
  version(fault('an older image', 'job', image, `image: ‹image-version-match›${image.slice(7, -5)}v1.3.0`)),
  version(fault('an image that moves', 'job', image, `image: ‹image-tag-mutable›${image.slice(7, -6)}:latest`)),
  version(
    faults(
      'a newer image of the service',
      ['service', 'com/shop:v1.4.0', 'com/shop:v1.5.0'],
      ['job', image, `image: ‹image-version-match›${image.slice(7)}`],
    ),
  ),
];
