import { type Fault, fieldFaults } from './fault.ts';
import { type Files, patchOverlay, replaceText } from './tree.ts';

const pod = ['spec', 'template', 'spec'] as const;
const waiter = [...pod, 'initContainers', 0] as const;
const overlay = 'k8s/overlays/production/kustomization.yaml';

/** The overlay no longer hands the Job's name to the init container. */
function dropReplacements(files: Files): void {
  const text = files.get(overlay) ?? '';
  files.set(overlay, text.slice(0, text.indexOf('replacements:')));
}

/** What can be wrong with the init container that waits, and with what it may do. */
export const waitFaults: readonly Fault[] = [
  ...fieldFaults('wait-mode', 'Deployment', [...waiter, 'args', 0], 'job'),
  ...fieldFaults('wait-mode', 'Deployment', [...waiter, 'args', 0], 'job-we'),
  ...fieldFaults('wait-mode', 'Deployment', [...waiter, 'args', 0], 'job-rw'),
  ...fieldFaults('wait-mode', 'Deployment', [...waiter, 'args', 0], 'pod-wr'),
  ...fieldFaults('wait-mode', 'Deployment', [...waiter, 'args', 0], 'v1.2286938253.0'),
  ...fieldFaults('wait-job-match', 'Deployment', [...waiter, 'args', 2], 'myapp-seed'),
  ...fieldFaults('wait-image', 'Deployment', [...waiter, 'image'], 'groundnuty/k8s-wait-for:v1.6'),
  ...fieldFaults('wait-image', 'Deployment', [...waiter, 'image'], 'groundnuty/k8s-wait-for:v1.7'),
  ...fieldFaults('wait-image', 'Deployment', [...waiter, 'image'], 'groundnuty/k8s-wait-for:latest'),
  ...fieldFaults('wait-image', 'Deployment', [...waiter, 'image'], 'groundnuty/k8s-wait-for'),
  ...fieldFaults('wait-rbac', 'Deployment', [...pod, 'serviceAccountName'], undefined),
  ...fieldFaults('wait-rbac', 'Deployment', [...pod, 'serviceAccountName'], 'another'),
  ...fieldFaults('wait-rbac', 'Deployment', [...pod, 'automountServiceAccountToken'], false),
  ...fieldFaults('wait-rbac', 'ServiceAccount', ['automountServiceAccountToken'], false),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'verbs'], ['create']),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'verbs'], ['GET', 'LIST', 'WATCH']),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'resources'], ['pods']),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'resources'], ['job']),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'apiGroups'], ['']),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'apiGroups'], ['batch/v1']),
  ...fieldFaults('wait-rbac', 'Role', ['rules', 0, 'resourceNames'], ['myapp-migration']),
  ...fieldFaults('wait-rbac', 'Role', ['rules'], []),
  ...fieldFaults('wait-rbac', 'RoleBinding', ['subjects', 0, 'name'], 'another'),
  ...fieldFaults('wait-rbac', 'RoleBinding', ['subjects', 0, 'kind'], 'User'),
  ...fieldFaults('wait-rbac', 'RoleBinding', ['subjects'], []),
  {
    title: 'no init container in the overlay',
    rule: 'wait-missing',
    apply: (files) => {
      dropReplacements(files);
      patchOverlay(files, 'Deployment', [...pod, 'initContainers'], undefined);
    },
  },
  {
    title: "the overlay waits for a beginning of the Job's name",
    rule: 'wait-job-prefix',
    apply: (files) => {
      dropReplacements(files);
      patchOverlay(files, 'Deployment', [...waiter, 'args', 1], 'prod-myapp-migration');
    },
  },
  {
    title: 'an init container that needs the schema, before the waiter',
    rule: 'wait-order',
    apply: (files) =>
      replaceText(
        files,
        'k8s/base/deployment.yaml',
        '      initContainers:\n',
        '      initContainers:\n        - name: seed\n          image: registry.example.com/myapp:v1.2286938253.0\n          command: [npm, run, db:seed]\n          envFrom:\n            - configMapRef:\n                name: myapp-config\n',
      ),
  },
  {
    title: 'nothing hands the prefixed name to the argument',
    rule: 'wait-job-match',
    apply: dropReplacements,
  },
  {
    title: 'a name suffix after the replacement',
    rule: 'wait-job-match',
    apply: (files) => {
      files.set('k8s/overlays/canary/kustomization.yaml', 'resources: [../production]\nnameSuffix: -canary\n');
    },
  },
  {
    title: 'a prefix around the overlay',
    rule: 'wait-job-match',
    apply: (files) => {
      files.set('k8s/overlays/canary/kustomization.yaml', 'resources: [../production]\nnamePrefix: eu-\n');
    },
  },
  {
    title: 'the overlay takes the name from the ConfigMap',
    rule: 'wait-job-match',
    apply: (files) => replaceText(files, overlay, 'kind: Job #', 'kind: ConfigMap\n      name: deployment-variables #'),
  },
  {
    title: 'a waiter in another namespace',
    rule: 'wait-namespace',
    apply: (files) =>
      replaceText(
        files,
        'k8s/base/deployment.yaml',
        '            - myapp-migration-TAG\n',
        '            - myapp-migration-TAG\n            - -n\n            - databases\n',
      ),
  },
];
