// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { lintRule } from '../support/lint-rule.ts';
import { testCases } from '../support/test-cases.ts';

interface Written {
  readonly jobName?: string;
  readonly jobImage?: string;
  readonly image?: string;
  readonly waitsFor?: string;
  /** What else the kustomization says. */
  readonly kustomization?: string;
  readonly more?: string;
  readonly flux?: boolean;
}

/** What the rule says of a migration and a service that waits for it. */
function lint({
  jobName = 'shop-migration-v1',
  jobImage = 'shop:v1',
  image = 'shop:v1',
  waitsFor = jobName,
  kustomization = '',
  more = '',
  flux = false,
}: Written): Promise<string[]> {
  return lintRule('variable-unresolved', {
    'app/kustomization.yaml': `resources: [all.yaml]\n${kustomization}`,
    'app/all.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: "${jobName}"}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "${jobImage}", command: [npx, prisma, migrate, deploy]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec: {template: {spec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, "${waitsFor}"]}], containers: [{name: shop, image: "${image}"}]}}}
${more}`,
    ...(flux && {
      'flux.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: shop, namespace: flux-system}\nspec: {interval: 1h, prune: true, path: ./app, sourceRef: {kind: GitRepository, name: flux-system}}\n',
    }),
  });
}

const versions = (kind: string) => `---\napiVersion: v1\nkind: ${kind}\nmetadata: {name: versions}\ndata: {TAG: v1}\n`;
const fill = (target: string) =>
  `replacements:\n- source: {kind: ConfigMap, name: versions, fieldPath: data.TAG}\n  targets:\n  - select: {kind: Job}\n    fieldPaths: [${target}]\n    options: {delimiter: ':', index: 1}\n`;
/** The image of the service, and of a container beside it. */
const beside = 'shop:v1"}, {name: tools, image: "tools:TAG';
const containerImage = 'spec.template.spec.containers.0.image';

testCases<Written>(
  import.meta.dirname,
  'variable-unresolved',
  {
    'a variable in the tag': { image: 'shop:${TAG}' },
    'a variable in the tag, after a port': { image: 'registry:5000/shop:${TAG}', more: versions('ConfigMap') },
    'a variable in the tag, which a ConfigMap has': { image: 'shop:${TAG}', more: versions('ConfigMap') },
    'a variable in the tag, which a Secret has': { image: 'shop:${TAG}', more: versions('Secret') },
    'a variable in the tag, which a replacement fills elsewhere': {
      jobImage: 'shop:${TAG}',
      image: 'shop:${TAG}',
      more: versions('ConfigMap'),
      kustomization: fill(containerImage),
    },
    'a variable in the tag, while a replacement fills something else': {
      jobImage: 'shop:v0',
      image: 'shop:${TAG}',
      more: versions('ConfigMap'),
      kustomization: fill(containerImage),
    },
    'a variable in the middle of an image': { image: '${REGISTRY}/shop:v1' },
    'a variable in the name and the argument': { jobName: 'shop-migration-${TAG}' },
    'a variable in the name, by Flux': { jobName: 'shop-migration-${TAG}', flux: true },
    'a word in the tag of a container beside the service, which a replacement fills in the Job': {
      jobImage: 'shop:TAG',
      image: beside,
      more: versions('ConfigMap'),
      kustomization: fill(containerImage),
    },
    'a word in the tag of a container beside the service, by Flux': {
      jobImage: 'shop:TAG',
      image: beside,
      more: versions('ConfigMap'),
      kustomization: fill(containerImage),
      flux: true,
    },
    'a word in a tag, which `images` fills in another image': {
      jobImage: 'shop-migration:TAG',
      image: beside,
      kustomization: 'images: [{name: shop-migration, newTag: v1}]\n',
    },
    'a word in a tag, which `images` fills in another image of the pods': {
      image: beside.replace('shop:v1', 'shop:TAG'),
      kustomization: 'images: [{name: shop, newTag: v1}]\n',
    },
    'a word in the tag that is filled nowhere': { jobImage: 'shop:TAG', image: beside },
  },
  lint,
);
