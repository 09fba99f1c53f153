// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { editFault, type Fault, fieldFaults, fluxPatchFault } from './fault.ts';
import { waiter } from './repositories.ts';
import { editBase, replaceText } from './tree.ts';

const hook = ['metadata', 'annotations', 'argocd.argoproj.io/hook'] as const;
const ttl = ['spec', 'ttlSecondsAfterFinished'] as const;
const flux = 'clusters/production.yaml';
const job = 'k8s/base/migration-job.yaml';
const deployment = 'k8s/base/deployment.yaml';

/** What can be wrong where kubectl applies the tree. */
export const kubectlFaults: readonly Fault[] = [
  ...fieldFaults('wait-job-ttl', 'Job', ttl, 86_400),
  ...fieldFaults('wait-job-ttl', 'Job', ttl, 3600),
  ...fieldFaults('job-ttl', 'Job', ttl, 0),
  ...fieldFaults('job-helm-hook', 'Job', ['metadata', 'annotations', 'helm.sh/hook'], 'pre-upgrade'),
  editFault(
    'resource-order',
    'no fifo in the overlay',
    'k8s/overlays/production/kustomization.yaml',
    'sortOptions:\n  order: fifo\n',
    '',
  ),
];

/** What can be wrong where Argo CD applies the tree. */
export const argoFaults: readonly Fault[] = [
  ...fieldFaults('resource-order', 'Job', hook, 'PostSync'),
  ...fieldFaults('wait-missing', 'Job', hook, undefined),
  editFault('job-phase', 'settings that come after the hook', 'k8s/base/config.yaml', 'PreSync', 'Sync'),
  ...fieldFaults('job-backoff-limit', 'Job', ['spec', 'backoffLimit'], 6),
  {
    rule: 'wait-deadlock',
    title: 'a waiter for a Job that runs after the service',
    also: ['wait-rbac'],
    apply: (files) => {
      editBase(files, 'Job', hook, 'PostSync');
      editBase(files, 'Deployment', waiter.slice(0, -1), [
        {
          name: 'wait',
          image: 'groundnuty/k8s-wait-for:v2.0',
          args: ['job-wr', 'prod-myapp-migration-v1.2286938253.0'],
        },
      ]);
      editBase(files, 'Role', ['rules', 0, 'verbs'], ['create']);
    },
  },
];

/** What can be wrong for the preset `strict`, in the repository with Flux. */
export const strictFaults: readonly Fault[] = [
  ...fieldFaults('flux-prune-job', 'Job', ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune'], undefined),
  ...fieldFaults('flux-prune-job', 'Job', ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune'], 'false'),
  ...fieldFaults('job-deadline', 'Job', ['spec', 'activeDeadlineSeconds'], undefined),
];

/** What can be wrong where Flux fills in the version. */
export const substitutionFaults: readonly Fault[] = [
  // What is left of the image, `registry.example.com/myapp:`, is no scalar any more.
  editFault('build-error', 'a slip in the name of the variable', flux, 'IMAGE_TAG:', 'IMAGE_TGA:'),
  editFault(
    'variable-unresolved',
    "a slip in the Job's name",
    job,
    'myapp-migration-${IMAGE_TAG}',
    'myapp-migration-${TAG}',
    ['job-name-valid'],
  ),
  ...fieldFaults(
    'variable-unresolved',
    'Deployment',
    ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/substitute'],
    'disabled',
  ),
  editFault('job-name-valid', 'a version with capitals', flux, 'IMAGE_TAG: v1.4.0', 'IMAGE_TAG: v1.4.0-RC1'),
  editFault('job-name-valid', 'a version with a plus', flux, 'IMAGE_TAG: v1.4.0', 'IMAGE_TAG: v1.4.0+7'),
  editFault('image-tag-mutable', 'a version that moves', flux, 'IMAGE_TAG: v1.4.0', 'IMAGE_TAG: latest'),
  editFault(
    'image-version-match',
    'one image with a version of its own',
    deployment,
    'myapp:${IMAGE_TAG}',
    'myapp:v1.3.0',
  ),
];

/** What a patch of the Flux Kustomization can break. */
export const fluxPatchFaults: readonly Fault[] = [
  fluxPatchFault('job-backoff-limit', 'Job', ['spec', 'backoffLimit'], 3),
  fluxPatchFault('job-restart-policy', 'Job', ['spec', 'template', 'spec', 'restartPolicy'], 'OnFailure'),
  fluxPatchFault('job-parallelism', 'Job', ['spec', 'suspend'], true),
  fluxPatchFault('flux-ttl-interval', 'Job', ttl, 300),
  fluxPatchFault('wait-mode', 'Deployment', [...waiter, 'args', 0], 'job-we'),
  fluxPatchFault('wait-image', 'Deployment', [...waiter, 'image'], 'groundnuty/k8s-wait-for:v1.7'),
  fluxPatchFault('wait-rbac', 'Role', ['rules', 0, 'verbs'], ['list']),
  {
    rule: 'image-version-match',
    title: 'images of the Flux Kustomization',
    apply: (files) =>
      replaceText(
        files,
        flux,
        '  path: ./k8s',
        '  images:\n    - name: registry.example.com/myapp\n      newTag: v1.0.0\n  path: ./k8s',
      ),
  },
];
