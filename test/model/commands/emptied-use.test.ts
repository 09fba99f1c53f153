// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { lintRule } from '../../support/lint-rule.ts';
import { migrationJob } from '../../support/manifests.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  /** Further fields of the Job's container. */
  readonly container: string;
  /** The Job's image. */
  readonly image?: string;
  /** The variables that Flux has. */
  readonly variables?: string;
  /** The keys of a ConfigMap that the Job mounts. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What `variable-unresolved` says of a migration Job that Flux applies. */
function lintJob({ container, image = 'shop:v1', variables = 'TAG: v1', files }: Written): Promise<string[]> {
  return lintRule(
    'variable-unresolved',
    {
      'clusters/shop.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 1h
  prune: true
  path: ./app
  sourceRef: {kind: GitRepository, name: flux-system}
  postBuild: {substitute: {${variables}}}
`,
      'app/kustomization.yaml': 'resources: [job.yaml]\n',
      'app/job.yaml': `${migrationJob({ name: 'main', image, fields: container, ...(files && mounted) })}${files ? configMap(files) : ''}`,
    },
    ['clusters'],
  );
}

const mounted = {
  mounts: '{name: scripts, mountPath: /scripts}',
  volumes: '{name: scripts, configMap: {name: scripts}}',
};

function configMap(files: Readonly<Record<string, string>>): string {
  const keys = Object.entries(files).map(([key, text]) => `  ${key}: |\n${text.replace(/^/gm, '    ')}\n`);
  return `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: scripts}\ndata:\n${keys.join('')}`;
}

const command = 'command: [npx, prisma, migrate, deploy]';

testCases<Written>(
  import.meta.dirname,
  'emptied-use',
  {
    'no variables': { container: command },
    'a variable that is set': { container: `${command}\n          env: [{name: A, value: "\${TAG}"}]` },
    'in the command': { container: 'command: [sh, -c, "npx prisma migrate deploy --schema ${FILE}"]' },
    'in an argument': { container: 'command: [npx, prisma]\n          args: [migrate, deploy, "${FLAGS}"]' },
    'two in an argument': {
      container: 'command: [sh, -c]\n          args: ["npx prisma migrate deploy ${A} ${B} ${A}"]',
    },
    'in two arguments': { container: 'command: [npx, prisma, migrate]\n          args: ["${A}", "x${B}"]' },
    'one of two that is set': { container: 'command: [sh, -c, "npx prisma migrate deploy ${TAG} ${FILE}"]' },
    'in a variable': { container: `${command}\n          env: [{name: A, value: x}, {name: B, value: "\${HOST}/x"}]` },
    'in a variable that has become empty': { container: `${command}\n          env: [{name: A, value: "\${HOST}"}]` },
    'in a variable that is only two of them': {
      container: `${command}\n          env: [{name: A, value: "\${USER}\${HOST}"}, {name: B, value: '\${PORT}'}]`,
    },
    'in a variable without quotes': {
      container: `${command}\n          env:\n            - name: A\n              value: \${HOST}\n            - name: B\n              value: '\${PORT}'`,
    },
    'a value that is empty in the file': {
      container: `${command}\n          env: [{name: A, value: }]`,
      image: 'shop:v1${SUFFIX}',
    },
    'in a variable of JSON': { container: `${command}\n          env: [{"value":"\${HOST}", "name": "A"}]` },
    'in a variable behind one without a value': {
      container: `${command}\n          env: [{name: A}, {name: B, value: }, {name: C, value: "\${HOST}"}]`,
    },
    'in the name of a Secret': {
      container: `${command}\n          env: [{name: A, valueFrom: {secretKeyRef: {name: "db-\${HOST}", key: url}}}]`,
    },
    'in a field of the pod': {
      container: `${command}\n          env: [{name: A, valueFrom: {fieldRef: {fieldPath: "x\${HOST}"}}}]`,
    },
    'in the image': { container: command, image: 'shop:v1${SUFFIX}' },
    'in a mounted script': { container: command, files: { 'up.sh': 'echo ${HOST}' } },
    'in a mounted script without an ending': { container: command, files: { up: '#!/usr/bin/env bash\necho ${HOST}' } },
    'in a mounted file that is no script': {
      container: command,
      files: { 'up.sql': 'select ${HOST}', 'up.sh.txt': 'echo ${HOST}', text: 'echo x\n#!/bin/sh ${HOST}' },
    },
    'in one of two mounted scripts': {
      container: command,
      files: { 'a.sh': 'echo ${TAG}', 'b.sh': 'echo ${PORT}', 'c.txt': 'x ${HOST}' },
    },
    'of the container itself': {
      container:
        'command: [sh, -c, "npx prisma migrate deploy --schema ${FILE}"]\n          env: [{name: FILE, value: x}]',
    },
  },
  lintJob,
);
