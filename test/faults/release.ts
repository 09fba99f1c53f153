import { type Settings, settingsOf } from './settings.ts';
import type { Tool } from './tools.ts';
import type { Waiter } from './waiters.ts';

/** The objects that a release is made of. */
export type Part = 'job' | 'service' | 'account' | 'role' | 'binding' | 'settings';

/** The YAML of each object, which faults are put into before a layout puts it into files. */
export type Release = Map<Part, string>;

/** How the parts of a release are spelled. */
export interface Spelling {
  readonly tool: Tool;
  readonly waiter: Waiter;
  readonly settings: Settings;
}

/** The version that a release carries everywhere. */
export const version = 'v1.4.0';

/** A release with nothing wrong in it. */
export function makeRelease({ tool, waiter, settings }: Spelling): Release {
  return new Map<Part, string>([
    ['job', jobText(tool, settings)],
    ['service', serviceText(waiter, settings)],
    ['account', accountText],
    ['role', roleText],
    ['binding', bindingText],
    ['settings', settings.objects],
  ]);
}

function jobText(tool: Tool, settings: Settings): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: shop-migration-${version}
  labels:
    app: shop
  annotations:
    kustomize.toolkit.fluxcd.io/force: enabled
spec:
  backoffLimit: 0
  ttlSecondsAfterFinished: 86400
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: registry.example.com/shop-migration:${version}
${indent(10, tool.command)}
${indent(10, settingsOf(settings, tool))}
`;
}

function serviceText(waiter: Waiter, settings: Settings): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  labels:
    app: shop
spec:
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      serviceAccountName: shop
      initContainers:
        - name: wait-for-migration
${indent(10, waiter.text)}
      containers:
        - name: shop
          image: registry.example.com/shop:${version}
${indent(10, settings.container)}
`;
}

const accountText = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: shop
`;

const roleText = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: shop-jobs
rules:
  - apiGroups: [batch]
    resources: [jobs]
    verbs: [get, list, watch]
`;

const bindingText = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: shop-jobs
subjects:
  - kind: ServiceAccount
    name: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: shop-jobs
`;

/** Every line of a text behind so many spaces. */
export function indent(width: number, text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `${' '.repeat(width)}${line}`))
    .join('\n');
}
