// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import type { Files } from './marks.ts';
import { indent, type Part, type Release, version } from './release.ts';

/** How the objects of a release lie in files. */
export interface Layout {
  readonly name: string;
  /** Whether something in the tree writes the version into names and images, over what stands there. */
  readonly writesVersion?: true;
  /** Whether it writes the name of the Job into the waiter's argument. */
  readonly handsNameOn?: true;
  readonly lay: (release: Release) => Files;
}

const head = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';
const waiterArgument = 'spec.template.spec.initContainers.[name=wait-for-migration].args.1';

/** The Job before the service, which is how a reader goes through the release. */
const order: readonly Part[] = ['settings', 'account', 'role', 'binding', 'job', 'service'];

/** The layout where it does not matter. */
export const folderLayout: Layout = { name: 'a folder', lay: (release) => folder('k8s', release) };

export const layouts: readonly Layout[] = [
  folderLayout,
  { name: 'manifests without a kustomization', lay: (release) => manifests('k8s', release) },
  {
    name: 'one file',
    lay: (release) => ({ ...kustomization('k8s', ['all.yaml']), 'k8s/all.yaml': documents(release) }),
  },
  { name: 'a List', lay: (release) => ({ ...kustomization('k8s', ['all.yaml']), 'k8s/all.yaml': list(release) }) },
  {
    name: 'an overlay with a prefix, which hands the name on',
    handsNameOn: true,
    lay: (release) => ({
      ...folder('k8s/base', release),
      ...kustomization('k8s/production', ['../base'], `namespace: shop\nnamePrefix: eu-\n${handsNameOn}`),
    }),
  },
  {
    name: 'an overlay with nothing in it',
    lay: (release) => ({ ...folder('k8s/base', release), ...kustomization('k8s/production', ['../base']) }),
  },
  {
    name: 'a base two levels up',
    lay: (release) => ({
      ...folder('k8s/base', release),
      ...kustomization('k8s/europe', ['../base'], 'namespace: shop\n'),
      ...kustomization('k8s/production', ['../europe'], 'commonAnnotations:\n  team: shop\n'),
    }),
  },
  {
    name: 'a component',
    lay: (release) => ({
      ...folder('k8s/base', release, ['settings', 'account', 'role', 'binding']),
      ...folder('k8s/release', release, ['job', 'service'], component),
      ...kustomization('k8s/production', ['../base'], 'components:\n  - ../release\n'),
    }),
  },
  {
    name: 'a Job in a folder of its own',
    lay: (release) => ({
      ...folder('k8s/migration', release, ['job']),
      ...folder('k8s/service', release, ['settings', 'account', 'role', 'binding', 'service']),
      ...kustomization('k8s', ['migration', 'service']),
    }),
  },
  {
    name: 'a version that a replacement writes',
    writesVersion: true,
    lay: (release) => ({
      ...folder('k8s', spellVersion(release, 'TAG'), ['version', ...order], `${head}${writesTag}`),
      'k8s/version.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: version\ndata:\n  TAG: ${version}\n`,
    }),
  },
  {
    name: 'a version of vars',
    writesVersion: true,
    lay: (release) => ({
      ...folder('k8s', spellVersion(release, '$(TAG)'), ['version', ...order], `${head}${variables}`),
      'k8s/version.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: version\ndata:\n  TAG: ${version}\n`,
      'k8s/variables.yaml':
        'varReference:\n  - {kind: Job, path: metadata/name}\n  - {kind: Job, path: metadata/labels}\n  - {kind: Job, path: spec/template/spec/containers/image}\n  - {kind: Deployment, path: spec/template/spec/containers/image}\n  - {kind: Deployment, path: spec/template/spec/initContainers/args}\n',
    }),
  },
  {
    name: 'a version that Flux fills in',
    writesVersion: true,
    lay: (release) => ({
      ...folder('k8s', spellVersion(release, '${TAG}')),
      'clusters/shop.yaml': flux(`  postBuild:\n    substitute:\n      TAG: ${version}\n`),
    }),
  },
  {
    name: 'a version that only the cluster knows',
    writesVersion: true,
    lay: (release) => ({
      ...folder('k8s', spellVersion(release, '${TAG}')),
      'clusters/shop.yaml': flux(
        '  postBuild:\n    substituteFrom:\n      - kind: Secret\n        name: versions\n        optional: true\n',
      ),
    }),
  },
  {
    name: 'a kustomization that Flux generates',
    lay: (release) => ({ ...manifests('k8s', release), 'clusters/shop.yaml': flux('  targetNamespace: shop\n') }),
  },
  {
    name: 'images that Flux keeps up to date, and a suffix of the same tag',
    handsNameOn: true,
    writesVersion: true,
    lay: (release) => ({
      ...folder('k8s', spellVersion(release, ''), order, `${head}${keepsTag}`),
    }),
  },
];

const handsNameOn = `replacements:
  - source:
      kind: Job
      fieldPath: metadata.name
    targets:
      - select:
          kind: Deployment
        fieldPaths:
          - ${waiterArgument}
`;

const writesTag = `replacements:
  - source:
      kind: ConfigMap
      name: version
      fieldPath: data.TAG
    targets:
      - select:
          kind: Job
        fieldPaths:
          - metadata.name
          - metadata.labels.release
        options:
          delimiter: "-"
          index: 2
      - select:
          kind: Deployment
        fieldPaths:
          - ${waiterArgument}
        options:
          delimiter: "-"
          index: 2
      - select:
          kind: Job
        fieldPaths:
          - spec.template.spec.containers.[name=migrate].image
        options:
          delimiter: ":"
          index: 1
      - select:
          kind: Deployment
        fieldPaths:
          - spec.template.spec.containers.[name=shop].image
        options:
          delimiter: ":"
          index: 1
`.replace('          - metadata.labels.release\n', '');

const keepsTag = `namespace: shop
nameSuffix: -${version} # {"$imagepolicy": "flux-system:shop:tag"}
images:
  - name: registry.example.com/shop
    newTag: ${version} # {"$imagepolicy": "flux-system:shop:tag"}
  - name: registry.example.com/shop-migration
    newTag: ${version} # {"$imagepolicy": "flux-system:shop:tag"}
${handsNameOn}`;

const variables = `configurations:
  - variables.yaml
vars:
  - name: TAG
    objref:
      apiVersion: v1
      kind: ConfigMap
      name: version
    fieldref:
      fieldpath: data.TAG
`;

function flux(more: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  path: ./k8s
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${more}`;
}

/** The release with another text in the place of the version; none leaves nothing of it. */
function spellVersion(release: Release, placeholder: string): Release {
  const pattern = placeholder === '' ? new RegExp(`[-:]${version.replaceAll('.', '\\.')}`, 'g') : version;
  return new Map([...release].map(([part, text]) => [part, text.replaceAll(pattern, placeholder)]));
}

function manifests(path: string, release: Release, parts: readonly string[] = order): Files {
  const files: Files = {};
  for (const [part, text] of release) {
    if (parts.includes(part) && text !== '') files[`${path}/${part}.yaml`] = text;
  }
  return files;
}

function folder(path: string, release: Release, parts: readonly string[] = order, top = head): Files {
  const files = manifests(path, release, parts);
  const listed = parts.filter((part) => part === 'version' || `${path}/${part}.yaml` in files);
  return {
    ...files,
    ...kustomization(
      path,
      listed.map((part) => `${part}.yaml`),
      '',
      top,
    ),
  };
}

function kustomization(path: string, resources: readonly string[], more = '', top = head): Files {
  return {
    [`${path}/kustomization.yaml`]: `${top}${more}resources:\n${resources.map((each) => `  - ${each}\n`).join('')}`,
  };
}

function documents(release: Release): string {
  return texts(release).join('---\n');
}

function list(release: Release): string {
  const objects = texts(release).flatMap((text) => text.split('---\n'));
  return `apiVersion: v1\nkind: List\nitems:\n${objects.map((text) => `  - ${indent(4, text).trimStart()}\n`).join('')}`;
}

function texts(release: Release): string[] {
  return order.flatMap((part) => release.get(part) || []);
}
