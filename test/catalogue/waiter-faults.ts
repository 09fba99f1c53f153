import { editFault, type Fault, fieldFaults } from './fault.ts';
import { waiter } from './repositories.ts';
import { replaceText } from './tree.ts';

const deployment = 'k8s/base/deployment.yaml';
const overlay = 'k8s/overlays/production/kustomization.yaml';
const args = [...waiter, 'args'] as const;

/** What can be wrong where `kubectl wait` waits. */
export const kubectlWaitFaults: readonly Fault[] = [
  {
    rule: 'wait-timeout',
    title: 'no timeout',
    apply: (files) => {
      replaceText(
        files,
        deployment,
        '            - --timeout=600s\n',
        '            - --allow-missing-template-keys=true\n',
      );
    },
  },
  ...fieldFaults('wait-mode', 'Deployment', [...args, 1], '--for=condition=failed'),
  ...fieldFaults('wait-mode', 'Deployment', [...args, 1], '--for=condition=completed'),
  ...fieldFaults('wait-mode', 'Deployment', [...args, 1], '--for=delete'),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'verbs'], ['get']),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'verbs'], ['get', 'list']),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'verbs'], ['list', 'watch']),
  ...fieldFaults('wait-image', 'Deployment', [...waiter, 'image'], 'bitnami/kubectl:1.33.0'),
  ...fieldFaults('wait-image', 'Deployment', [...waiter, 'image'], 'registry.k8s.io/kubectl:latest'),
  editFault(
    'wait-job-match',
    'the overlay takes the name from the Deployment',
    overlay,
    'kind: Job #',
    'kind: Deployment #',
  ),
  editFault(
    'wait-namespace',
    'another namespace',
    deployment,
    '            - --timeout=600s\n',
    '            - -ndatabases\n',
    ['wait-timeout'],
  ),
];

/** What can be wrong where k8s-wait-for-multi waits. */
export const waitForMultiFaults: readonly Fault[] = [
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'verbs'], ['get']),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'verbs'], ['list']),
  ...fieldFaults('wait-rbac', 'Deployment', ['spec', 'template', 'spec', 'serviceAccountName'], undefined),
  ...fieldFaults('wait-namespace', 'Deployment', [...args, 3], 'databases'),
  ...fieldFaults('wait-namespace', 'Deployment', [...args, 3], 'default'),
  ...fieldFaults('wait-image', 'Deployment', [...waiter, 'image'], 'erayan/k8s-wait-for-multi:latest'),
  ...fieldFaults('wait-image', 'Deployment', [...waiter, 'image'], 'erayan/k8s-wait-for-multi:nonroot'),
  editFault('wait-mode', 'the overlay writes the name over the kind', overlay, 'index: 1', 'index: 0'),
];

/** What can be wrong where the init container asks the schema. */
export const schemaWaiterFaults: readonly Fault[] = [
  ...fieldFaults('wait-missing', 'Deployment', ['spec', 'template', 'spec', 'initContainers'], undefined),
  ...fieldFaults('service-runs-migration', 'Deployment', [...waiter, 'command'], ['python', 'manage.py', 'migrate']),
  ...fieldFaults('job-backoff-limit', 'Job', ['spec', 'backoffLimit'], 3),
  ...fieldFaults('job-restart-policy', 'Job', ['spec', 'template', 'spec', 'restartPolicy'], 'OnFailure'),
  ...fieldFaults('env-source-match', 'Job', ['spec', 'template', 'spec', 'containers', 0, 'envFrom'], undefined),
];
