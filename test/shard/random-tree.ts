import fc from 'fast-check';

/** Texts by absolute path. */
type Files = Record<string, string>;

const names = ['shop', 'web', 'mail'];
const index = fc.nat(names.length - 1);

/** One service, with its parts in its own root, in one beside it, or nowhere. */
const service = fc.record({
  job: fc.constantFrom('own', 'beside', 'none'),
  access: fc.constantFrom('own', 'beside', 'none'),
  config: fc.constantFrom('own', 'beside', 'misspelt', 'misspelt', 'generated', 'none'),
  /** What it does to the names of what is beside it. */
  naming: fc.constantFrom('', 'prefix', 'patch', 'replacement', 'variable'),
  waitsFor: fc.constantFrom('name', 'labels', 'variable'),
  namespace: fc.boolean(),
  sharedObject: fc.boolean(),
});

/** One Flux Kustomization. */
const kustomization = fc.record({
  at: fc.constantFrom('clusters/one', 'clusters/two', 'apps/shop', 'beside/shop'),
  of: index,
  what: fc.constantFrom('apps', 'beside', 'settings', 'clusters/two', 'nowhere'),
  dependsOn: fc.option(index),
  substituteFrom: fc.option(fc.constantFrom('settings', 'settings-of-web', 'config', 'nothing')),
  wait: fc.boolean(),
  targetNamespace: fc.boolean(),
});

/** A repository in /w with services whose parts are spread over its roots, and who applies these. */
export const randomTree = fc.record({
  services: fc.array(service, { minLength: names.length, maxLength: names.length }),
  kustomizations: fc.array(kustomization, { maxLength: 5 }),
  settings: fc.constantFrom('plain', 'prefix', 'generated', 'none'),
  argo: fc.option(index),
});

const head = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';

const variable = (name: string): string => `\u0024{${name}}`;

function jobOf(name: string, version: string): string {
  return `apiVersion: batch/v1
kind: Job
metadata: {name: "${name}-migration-${version}", labels: {job: ${name}}}
spec: {backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "${name}-migration:v1", envFrom: [{configMapRef: {name: ${name}-configuration}}]}]}}}
`;
}

function accessOf(name: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: ${name}}
rules: [{apiGroups: [batch], resources: [jobs], verbs: [get, list, watch]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ${name}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${name}}
subjects: [{kind: ServiceAccount, name: ${name}}]
`;
}

function configOf(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {TAG: v1, A: x}\n`;
}

type Service = typeof service extends fc.Arbitrary<infer T> ? T : never;

function deploymentOf(name: string, { waitsFor, config }: Service): string {
  const target = {
    name: `${name}-migration-v1`,
    labels: `"-ljob=${name}"`,
    variable: `"${name}-migration-${variable('TAG')}"`,
  };
  const env = config === 'none' ? '' : `, envFrom: [{configMapRef: {name: ${name}-configuration}}]`;
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  template:
    spec:
      serviceAccountName: ${name}
      initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${target[waitsFor]}]}]
      containers: [{name: ${name}, image: "${name}:v1"${env}}]
`;
}

/** How the Job beside is written, and what makes its name of that. */
const namings: Record<Service['naming'], (name: string) => readonly [job: string, kustomization: string]> = {
  '': (name) => [jobOf(name, 'v1'), ''],
  prefix: (name) => [jobOf(name.slice(2), 'v1'), `namePrefix: ${name.slice(0, 2)}\n`],
  patch: (name) => [
    jobOf('other', 'v0'),
    `patches:\n- target: {kind: Job}\n  patch: '[{"op": "replace", "path": "/metadata/name", "value": "${name}-migration-v1"}]'\n`,
  ],
  replacement: (name) => [
    `${jobOf(name, 'TAG')}---\n${configOf(`${name}-version`)}`,
    `replacements:
- source: {kind: ConfigMap, name: ${name}-version, fieldPath: data.TAG}
  targets: [{select: {kind: Job}, fieldPaths: [metadata.name], options: {delimiter: "-", index: 2}}]
`,
  ],
  variable: (name) => [jobOf(name, variable('TAG')), ''],
};

function filesOfService(name: string, choices: Service): Files {
  const { job, access, config, naming, namespace, sharedObject } = choices;
  const [besideJob, besideNaming] = namings[naming](name);
  const place = namespace ? `namespace: ${name}\n` : '';
  const generator = `configMapGenerator: [{name: ${name}-configuration, literals: [A=x]}]\n`;
  const own = [
    deploymentOf(name, choices),
    ...(job === 'own' ? [jobOf(name, 'v1')] : []),
    ...(access === 'own' ? [accessOf(name)] : []),
    ...(config === 'own' ? [configOf(`${name}-configuration`)] : []),
    ...(config === 'misspelt' ? [configOf(`${name}-configuratoin`)] : []),
    ...(sharedObject ? [configOf('shared')] : []),
  ];
  const beside = [
    ...(job === 'beside' ? [besideJob] : []),
    ...(access === 'beside' ? [accessOf(name)] : []),
    ...(config === 'beside' || config === 'misspelt' ? [configOf(`${name}-configuration`)] : []),
    configOf(`${name}-other`),
  ];
  return {
    [`/w/apps/${name}/kustomization.yaml`]: `${head}${place}resources: [all.yaml]\n${config === 'generated' ? generator : ''}`,
    [`/w/apps/${name}/all.yaml`]: own.join('---\n'),
    [`/w/beside/${name}/kustomization.yaml`]: `${head}${place}resources: [all.yaml]\n${job === 'beside' ? besideNaming : ''}`,
    [`/w/beside/${name}/all.yaml`]: beside.join('---\n'),
  };
}

type Kustomization = typeof kustomization extends fc.Arbitrary<infer T> ? T : never;

function fluxOf({ of, what, dependsOn, substituteFrom, wait, targetNamespace }: Kustomization, number: number): string {
  const path = what === 'apps' || what === 'beside' ? `${what}/${names[of]}` : what;
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: k${number}, namespace: flux-system}
spec:
  path: ./${path}
  interval: 5m
  prune: true
  wait: ${wait}
  sourceRef: {kind: GitRepository, name: flux-system}
${targetNamespace ? '  targetNamespace: elsewhere\n' : ''}${dependsOn === null ? '' : `  dependsOn: [{name: k${dependsOn}}]\n`}${
  substituteFrom === null ? '' : `  postBuild: {substituteFrom: [{kind: ConfigMap, name: ${substituteFrom}}]}\n`
}`;
}

export type RandomTree = typeof randomTree extends fc.Arbitrary<infer T> ? T : never;

export function filesOf({ services, kustomizations, settings, argo }: RandomTree): Files {
  const files: Files = { '/w/.git/HEAD': '' };
  for (const [at, choices] of services.entries()) Object.assign(files, filesOfService(names[at] ?? '', choices));
  for (const [number, each] of kustomizations.entries()) {
    const text = fluxOf(each, number);
    const all = `/w/${each.at}/all.yaml`;
    files[all] = files[all] === undefined ? text : `${files[all]}---\n${text}`;
  }
  const settingsOf: Record<RandomTree['settings'], readonly [kustomization: string, name: string]> = {
    plain: ['resources: [config.yaml]\n', 'settings'],
    prefix: ['resources: [config.yaml]\nnamePrefix: set\n', 'tings'],
    generated: [
      'generatorOptions: {disableNameSuffixHash: true}\nconfigMapGenerator: [{name: settings, literals: [TAG=v1]}]\n',
      '',
    ],
    none: ['resources: []\n', ''],
  };
  const [text, name] = settingsOf[settings];
  files['/w/settings/kustomization.yaml'] = `${head}${text}namespace: flux-system\n`;
  if (name !== '') files['/w/settings/config.yaml'] = configOf(name);
  if (argo !== null) {
    files['/w/argo/application.yaml'] = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: a, namespace: argocd}
spec: {project: default, source: {path: apps/${names[argo]}}, destination: {namespace: a}}
`;
  }
  return files;
}
