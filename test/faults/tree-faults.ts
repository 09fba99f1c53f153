// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.

/** A mistake in how a tree is put together. */
export interface TreeFault {
  readonly title: string;
  /** The name of the layout that it is made in. */
  readonly layout: string;
  /** The file, what stands once in it, and what stands there instead. */
  readonly edits: readonly (readonly [path: string, from: string, to: string])[];
}

const k8s = 'k8s/kustomization.yaml';
const overlay = 'k8s/production/kustomization.yaml';
const waiter = 'spec.template.spec.initContainers.[name=wait-for-migration].args.1';

export const treeFaults: readonly TreeFault[] = [
  {
    title: 'the Job after the service',
    layout: 'a folder',
    edits: [[k8s, '  - job.yaml\n  - service.yaml\n', '  - service.yaml\n  - ‹resource-order›job.yaml\n']],
  },
  {
    title: 'the folder of the Job after that of the service',
    layout: 'a Job in a folder of its own',
    edits: [[k8s, '  - migration\n  - service\n', '  - service\n  - ‹resource-order›migration\n']],
  },
  {
    title: 'a prefix for the Job alone',
    layout: 'a Job in a folder of its own',
    edits: [
      ['k8s/migration/kustomization.yaml', 'resources:', 'namePrefix: eu-\nresources:'],
      ['k8s/service/service.yaml', 'shop-migration', '‹wait-job-match›shop-migration'],
    ],
  },
  {
    title: 'a namespace for the Job alone',
    layout: 'a Job in a folder of its own',
    edits: [
      ['k8s/migration/kustomization.yaml', 'resources:', 'namespace: jobs\nresources:'],
      ['k8s/service/kustomization.yaml', 'resources:', 'namespace: web\nresources:'],
      ['k8s/service/service.yaml', 'shop-migration', '‹wait-namespace›shop-migration'],
      ['k8s/migration/job.yaml', 'name: shop-database', 'name: ‹env-source-missing›shop-database'],
    ],
  },
  {
    title: 'nothing that hands the name on',
    layout: 'an overlay with a prefix, which hands the name on',
    edits: [
      [
        overlay,
        `          - ${waiter}`,
        '          - metadata.annotations.waits-for\n        options:\n          create: true',
      ],
      ['k8s/base/service.yaml', 'shop-migration', '‹wait-job-match›shop-migration'],
    ],
  },
  {
    title: 'a target that is no Deployment',
    layout: 'an overlay with a prefix, which hands the name on',
    edits: [
      [overlay, 'kind: Deployment', 'kind: ‹replacement-no-target›StatefulSet'],
      ['k8s/base/service.yaml', 'shop-migration', '‹wait-job-match›shop-migration'],
    ],
  },
  {
    title: 'the name in the place of the mode',
    layout: 'an overlay with a prefix, which hands the name on',
    edits: [[overlay, waiter, `‹wait-mode›${waiter.replace('args.1', 'args.0')}`]],
  },
  {
    title: 'a prefix between',
    layout: 'a base two levels up',
    edits: [
      ['k8s/europe/kustomization.yaml', 'resources:', 'namePrefix: eu-\nresources:'],
      ['k8s/base/service.yaml', 'shop-migration', '‹wait-job-match›shop-migration'],
    ],
  },
  {
    title: 'a version for the Job alone',
    layout: 'a version that a replacement writes',
    edits: [
      [
        k8s,
        `        fieldPaths:\n          - ${waiter}\n        options:\n          delimiter: "-"\n          index: 2\n`,
        '        fieldPaths:\n          - metadata.annotations.version\n        options:\n          create: true\n',
      ],
      ['k8s/service.yaml', 'shop-migration', '‹wait-job-match›shop-migration'],
    ],
  },
  {
    title: 'an argument that is replaced whole',
    layout: 'a version that a replacement writes',
    edits: [
      [
        k8s,
        `- ${waiter}\n        options:\n          delimiter: "-"\n          index: 2\n`,
        `- ‹wait-job-match›${waiter}\n`,
      ],
    ],
  },
  {
    title: 'another part of the argument',
    layout: 'a version that a replacement writes',
    edits: [
      [
        k8s,
        `- ${waiter}\n        options:\n          delimiter: "-"\n          index: 2\n`,
        `- ‹wait-job-match›${waiter}\n        options:\n          delimiter: "-"\n          index: 1\n`,
      ],
    ],
  },
  {
    title: 'a Deployment that Flux leaves as it is',
    layout: 'a version that Flux fills in',
    edits: [
      [
        'k8s/service.yaml',
        '  labels:\n    app: shop\nspec:',
        '  labels:\n    app: shop\n  annotations:\n    kustomize.toolkit.fluxcd.io/substitute: disabled\nspec:',
      ],
      ['k8s/service.yaml', 'shop-migration-${TAG}', 'shop-migration-‹variable-unresolved›${TAG}'],
      ['k8s/service.yaml', 'shop:${TAG}', 'shop:‹variable-unresolved›${TAG}'],
    ],
  },
  {
    title: 'an older suffix',
    layout: 'images that Flux keeps up to date, and a suffix of the same tag',
    edits: [[k8s, 'nameSuffix: -v1.4.0', 'nameSuffix: -‹job-name-version›v1.3.0']],
  },
  {
    title: 'an older tag of one image',
    layout: 'images that Flux keeps up to date, and a suffix of the same tag',
    edits: [
      [
        k8s,
        '  - name: registry.example.com/shop-migration\n    newTag: v1.4.0',
        '  - name: registry.example.com/shop-migration\n    newTag: ‹image-version-match›v1.3.0',
      ],
    ],
  },
];
