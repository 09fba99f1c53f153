// Generates trees to measure, the same for the same seed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const overlays = ['development', 'testing', 'staging', 'canary', 'production'];

/** A generator of pseudo-random numbers in [0, 1), by mulberry32. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Writes files, given as an object of names and texts, to a folder. */
export function writeTree(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/**
 * A monorepo. Each service has a base with a migration Job, and five overlays. Every base includes the platform's base, and
 * every overlay includes one or two shared components. About one service in ten has one of the usual faults.
 * @param services a fifth of the build roots
 */
export function monorepo(services, seed = 1) {
  const random = randomNumbers(seed);
  const files = { ...platform() };
  for (let i = 0; i < services; i++) Object.assign(files, service(`svc-${i}`, random));
  return files;
}

function platform() {
  return {
    'platform/base/kustomization.yaml': 'resources:\n  - network-policy.yaml\n  - quota.yaml\n',
    'platform/base/network-policy.yaml': `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`,
    'platform/base/quota.yaml': `apiVersion: v1
kind: ResourceQuota
metadata:
  name: quota
spec:
  hard:
    requests.cpu: "4"
    requests.memory: 8Gi
    limits.cpu: "8"
    limits.memory: 16Gi
`,
    'components/monitoring/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target:
      kind: Deployment
    patch: |-
      - op: add
        path: /spec/template/metadata/annotations
        value:
          prometheus.io/scrape: "true"
          prometheus.io/port: "9090"
`,
    'components/pull-secret/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources:
  - alert.yaml
labels:
  - pairs:
      platform.example.com/registry: internal
`,
    'components/pull-secret/alert.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: registry
data:
  REGISTRY: registry.example.com
`,
  };
}

function service(name, random) {
  const version = `v1.${Math.floor(random() * 1e9)}.${Math.floor(random() * 20)}`;
  const fault = random() < 0.1 ? Math.floor(random() * 3) : undefined;
  const base = `services/${name}/base`;
  const files = {
    [`${base}/kustomization.yaml`]: baseKustomization(name),
    [`${base}/deployment.yaml`]: deployment(name, fault === 0 ? 'job' : 'job-wr'),
    [`${base}/migration-job.yaml`]: migrationJob(name, fault === 1 ? 3 : 0),
    [`${base}/service.yaml`]: clusterService(name),
    [`${base}/rbac.yaml`]: access(name, fault === 2 ? 'list' : 'get, list, watch'),
    [`${base}/config.yaml`]: config(name, 5 + Math.floor(random() * 30), version),
  };
  for (const overlay of overlays) Object.assign(files, overlayOf(name, overlay, random));
  return files;
}

function baseKustomization(name) {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../../platform/base
  - rbac.yaml
  - config.yaml
  - migration-job.yaml
  - deployment.yaml
  - service.yaml
labels:
  - pairs:
      app.kubernetes.io/part-of: ${name}
replacements:
  - source:
      kind: ConfigMap
      name: deployment-variables
      fieldPath: data.IMAGE_TAG
    targets:
      - select:
          kind: Job
          name: ${name}-migration-TAG
        fieldPaths:
          - spec.template.spec.containers.[name=migrate].image
        options:
          delimiter: ":"
          index: 1
      - select:
          kind: Job
          name: ${name}-migration-TAG
        fieldPaths:
          - metadata.name
        options:
          delimiter: "-"
          index: ${name.split('-').length + 1}
      - select:
          kind: Deployment
          name: ${name}
        fieldPaths:
          - spec.template.spec.containers.[name=service].image
        options:
          delimiter: ":"
          index: 1
`;
}

function overlayOf(name, overlay, random) {
  const folder = `services/${name}/overlays/${overlay}`;
  const components = random() < 0.5 ? ['monitoring'] : ['monitoring', 'pull-secret'];
  const files = {
    [`${folder}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}-${overlay}
namePrefix: ${overlay.slice(0, 4)}-
resources:
  - ../../base
components:
${components.map((component) => `  - ../../../../components/${component}\n`).join('')}patches:
  - path: deployment.yaml
configMapGenerator:
  - name: ${name}-features
    literals:
      - STAGE=${overlay}
      - WORKERS=${1 + Math.floor(random() * 9)}
replacements:
  - source:
      kind: Job
      fieldPath: metadata.name
    targets:
      - select:
          kind: Deployment
          name: ${name}
        fieldPaths:
          - spec.template.spec.initContainers.[name=wait-for-migration].args.1
`,
    [`${folder}/deployment.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${1 + Math.floor(random() * 5)}
  template:
    spec:
      containers:
        - name: service
          env:
            - name: STAGE
              value: ${overlay}
`,
  };
  return files;
}

function deployment(name, mode) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: &labels
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/component: service
spec:
  replicas: 2
  selector:
    matchLabels: *labels
  template:
    metadata:
      labels: *labels
    spec:
      serviceAccountName: ${name}
      initContainers:
        - name: wait-for-migration
          image: groundnuty/k8s-wait-for:v2.0
          args:
            - ${mode}
            - ${name}-migration-TAG
      containers:
        - name: service
          image: registry.example.com/${name}:TAG
          ports:
            - name: http
              containerPort: 3000
          envFrom:
            - configMapRef:
                name: ${name}-config
            - configMapRef:
                name: ${name}-features
            - secretRef:
                name: ${name}-secrets
          readinessProbe:
            httpGet:
              path: /ready
              port: http
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {cpu: "1", memory: 512Mi}
`;
}

function migrationJob(name, backoffLimit) {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}-migration-TAG
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/component: migration
  annotations:
    kustomize.toolkit.fluxcd.io/force: Enabled
spec:
  backoffLimit: ${backoffLimit}
  ttlSecondsAfterFinished: 86400
  template:
    spec:
      restartPolicy: Never
      serviceAccountName: ${name}
      containers:
        - name: migrate
          image: registry.example.com/${name}-migration:TAG
          command: ["npm", "run", "db:migrate:deploy"]
          envFrom:
            - configMapRef:
                name: ${name}-config
            - secretRef:
                name: ${name}-secrets
`;
}

function clusterService(name) {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function access(name, verb) {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: ${name}-jobs
rules:
  - apiGroups: [batch]
    resources: [jobs]
    verbs: [${verb}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}-jobs
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}-jobs
subjects:
  - kind: ServiceAccount
    name: ${name}
`;
}

function config(name, settings, version) {
  const lines = Array.from({ length: settings }, (_, i) => `  SETTING_${i}: "value ${i} of ${name}"\n`);
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-config
data:
  DATABASE_HOST: postgres.databases.svc
  DATABASE_NAME: ${name}
${lines.join('')}---
apiVersion: v1
kind: ConfigMap
metadata:
  name: deployment-variables
data:
  IMAGE_TAG: "${version}"
---
apiVersion: v1
kind: Secret
metadata:
  name: ${name}-secrets
stringData:
  DATABASE_PASSWORD: not-a-password
`;
}

/** One root with many objects, and replacements that each select one of them. */
export function largeRoot(resources, replacements) {
  const objects = Array.from({ length: resources }, (_, i) => {
    return i % 2 === 0 ? deployment(`app-${i}`, 'job-wr') : clusterService(`app-${i - 1}`);
  });
  const entries = Array.from({ length: replacements }, (_, i) => {
    const name = `app-${2 * i}`;
    const select = `      - select: {kind: Deployment, name: ${name}}\n`;
    const field = '        fieldPaths: [spec.template.spec.containers.0.image]\n';
    return `  - source: {kind: ConfigMap, name: versions, fieldPath: data.TAG}\n    targets:\n${select}${field}        options: {delimiter: ":", index: 1}\n`;
  });
  return {
    'kustomization.yaml': `namePrefix: big-\nresources:\n  - all.yaml\n  - versions.yaml\nreplacements:\n${entries.join('')}`,
    'all.yaml': objects.join('---\n'),
    'versions.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: versions\ndata:\n  TAG: "1.2.3"\n',
  };
}

/** One root whose result has at least this many bytes, in several files that each stay below the size limit. */
export function heavyRoot(bytes) {
  const files = {};
  const names = [];
  let size = 0;
  for (let part = 0; size < bytes; part++) {
    const objects = [];
    for (let i = 0; i < 400 && size < bytes; i++) {
      const text = config(`app-${part}-${i}`, 60, '1.0').split('---\n')[0];
      objects.push(text);
      size += text.length;
    }
    names.push(`part-${part}.yaml`);
    files[`part-${part}.yaml`] = objects.join('---\n');
  }
  return {
    'kustomization.yaml': `namespace: heavy\nresources:\n${names.map((name) => `  - ${name}\n`).join('')}`,
    ...files,
  };
}
