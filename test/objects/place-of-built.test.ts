// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import type { Resource } from '../../src/kustomize/resources/resource.ts';
import { historyOf, type Place, spanText } from '../../src/objects/place.ts';
import { View } from '../../src/objects/view.ts';
import { followTree, kustomization } from '../flux/tree.ts';
import { buildTree } from '../kustomize/build-tree.ts';
import { testCases } from '../support/test-cases.ts';

interface Written {
  readonly kustomization: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Kind and path of the value. */
  readonly value: string;
  /** Variables of a Flux Kustomization that builds the folder. */
  readonly substitute?: string;
}

const pod = `apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  serviceAccountName: shop
  containers:
  - name: main
    image: registry.example.com/shop:TAG
    args: [migration-TAG]
`;
const versions = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: versions}\ndata: {tag: v2, name: web}\n';
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: shop}\n';

/** The value, where one would mend it, and every step that made it. */
function describePlace({ kustomization: text, files = {}, value, substitute }: Written): string[] {
  const tree = { 'kustomization.yaml': text, 'pod.yaml': pod, 'versions.yaml': versions, 'account.yaml': account };
  const resources =
    substitute === undefined ? buildTree({ ...tree, ...files }).resources : substituted(tree, substitute);
  const [kind, path = ''] = value.split(' ');
  const object = resources.find((resource) => resource.kind === kind);
  const view = object && walk(View.ofResource(object), path);
  if (view === undefined) return ['nothing'];
  const { place } = view.text();
  return [
    `${view.text().value} at ${show(place.at)}`,
    ...place.steps.map(({ by, at }) => `${by}: ${show(at)}`),
    ...historyOf(place, 'value').map(({ note, at }) => `note: ${note} (${show(at)})`),
  ];
}

function substituted(tree: Readonly<Record<string, string>>, substitute: string): readonly Resource[] {
  const files = Object.entries(tree).map(([path, text]) => [`shop/${path}`, text]);
  const flux = kustomization('shop', './shop', `postBuild: {substitute: {${substitute}}}`);
  return followTree({ ...Object.fromEntries(files), 'flux.yaml': flux }).flux.get('shop')?.resources ?? [];
}

function walk(view: View, path: string): View | undefined {
  return path
    .split('.')
    .reduce<View | undefined>((at, step) => (/^\d+$/.test(step) ? at?.items()[Number(step)] : at?.get(step)), view);
}

function show(at: Place['at']): string {
  return `${at.file.path.replace(/^\/(tree|repo)\//, '')} ${JSON.stringify(spanText(at))}`;
}

const image = 'Pod spec.containers.0.image';
const argument = 'Pod spec.containers.0.args.0';
const replace = (
  path: string,
  options = '',
  source = '{kind: ConfigMap, name: versions, fieldPath: data.tag}',
): string =>
  `resources: [pod.yaml, versions.yaml]\nreplacements:\n- source: ${source}\n  targets:\n  - select: {kind: Pod}\n    fieldPaths: [${path}]\n${options}`;
const base = { 'base/kustomization.yaml': 'resources: [pod.yaml]\nnamePrefix: web-\n', 'base/pod.yaml': pod };

testCases<Written>(
  import.meta.dirname,
  'place',
  {
    'a value as it is written': { kustomization: 'resources: [pod.yaml]\n', value: image },
    'a name with a prefix and a suffix': {
      kustomization: 'resources: [base]\nnamePrefix: dev-\nnameSuffix: -v2\n',
      files: base,
      value: 'Pod metadata.name',
    },
    'a name that follows another': {
      kustomization: 'resources: [pod.yaml, account.yaml]\nnamePrefix: dev-\n',
      value: 'Pod spec.serviceAccountName',
    },
    'a namespace': {
      kustomization: 'resources: [pod.yaml]\nnamespace: shop\n',
      value: 'Pod metadata.namespace',
    },
    'an image': {
      kustomization: 'resources: [pod.yaml]\nimages:\n- {name: registry.example.com/shop, newTag: v2}\n',
      value: image,
    },
    'a patch': {
      kustomization:
        'resources: [pod.yaml]\npatches:\n- target: {kind: Pod}\n  patch: |-\n    - {op: replace, path: /spec/containers/0/args/0, value: other}\n',
      value: argument,
    },
    'a patch, and a replacement of it': {
      kustomization: `${replace('spec.serviceAccountName')}patches:\n- patch: '{apiVersion: v1, kind: Pod, metadata: {name: shop}, spec: {serviceAccountName: x}}'\n`,
      value: 'Pod spec.serviceAccountName',
    },
    'a replacement of the whole': { kustomization: replace('spec.containers.0.args.0'), value: argument },
    'a replacement of a part': {
      kustomization: replace('spec.containers.0.args.0', "    options: {delimiter: '-', index: 1}\n"),
      value: argument,
    },
    'a replacement of the first part': {
      kustomization: replace('spec.containers.0.image', "    options: {delimiter: '/', index: 0}\n"),
      value: image,
    },
    'two replacements, each of a part': {
      kustomization: `${replace('spec.containers.0.image', "    options: {delimiter: ':', index: 1}\n")}- source: {kind: ConfigMap, name: versions, fieldPath: data.name}\n  targets:\n  - select: {kind: Pod}\n    fieldPaths: [spec.containers.0.image]\n    options: {delimiter: '/', index: 1}\n`,
      value: image,
    },
    'a replacement that adds the field': {
      kustomization: replace('metadata.labels.version', '    options: {create: true}\n'),
      value: 'Pod metadata.labels.version',
    },
    'a replacement by what a prefix was added to': {
      kustomization: `${replace('spec.containers.0.args.0', '', '{kind: Pod, fieldPath: metadata.name}')}namePrefix: dev-\n`,
      value: argument,
    },
    'a replacement by a text of its own': {
      kustomization:
        'resources: [pod.yaml]\nreplacements:\n- sourceValue: fixed\n  targets:\n  - select: {kind: Pod}\n    fieldPaths: [spec.containers.0.args.0]\n',
      value: argument,
    },
    'a var': {
      kustomization:
        'resources: [pod.yaml, versions.yaml]\nvars:\n- name: TAG\n  objref: {apiVersion: v1, kind: ConfigMap, name: versions}\n  fieldref: {fieldpath: data.tag}\n',
      files: { 'pod.yaml': pod.replace('migration-TAG', '"migration-$(TAG)"') },
      value: argument,
    },
    'a label': {
      kustomization: 'resources: [pod.yaml]\nlabels:\n- pairs: {app: shop}\n',
      value: 'Pod metadata.labels.app',
    },
    'the name of a generated object': {
      kustomization: 'configMapGenerator:\n- name: settings\n  literals: [a=b]\n',
      value: 'ConfigMap metadata.name',
    },
    'a value of a generated object': {
      kustomization: 'configMapGenerator:\n- name: settings\n  literals: [a=b]\n',
      value: 'ConfigMap data.a',
    },
    'a variable that Flux fills': {
      kustomization: 'resources: [pod.yaml]\nnamePrefix: ${ENVIRONMENT}-\n',
      value: 'Pod metadata.name',
      substitute: 'ENVIRONMENT: dev',
    },
  },
  describePlace,
);
