import type { Applier } from '../../../src/config/config.ts';
import { deliveryReader } from '../../../src/delivery/read-delivery.ts';
import { deployTextsReader } from '../../../src/delivery/scripts/find-deploy-scripts.ts';
import { findEvidence } from '../../../src/model/appliers/evidence.ts';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { SourceCache } from '../../../src/source/source-cache.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import { firstOf } from '../../support/first-of.ts';
import { memoryFileSystem, placeFiles } from '../../support/memory-file-system.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';
import { testCases } from '../../support/test-cases.ts';

/** The files of a repository around `k8s/overlays/prod`, which includes `k8s/base`. */
interface Written {
  readonly files?: Readonly<Record<string, string>>;
  /** An annotation of an object. */
  readonly mark?: string;
  /** What another tree says. */
  readonly other?: string;
  readonly configured?: Applier;
}

/** The ranks of the evidence, and how it is known. */
function describeEvidence({ files = {}, mark = 'team: shop', other = '', configured }: Written): string[] {
  const sources = new SourceCache(memoryFileSystem(placeFiles('/repo', { '.git/HEAD': '', ...files })));
  const root = rootFromYaml(
    `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration, annotations: {${mark}}}
spec: {template: {spec: {containers: [{name: main, image: shop, command: [npx, prisma, migrate, deploy]}]}}}`,
    '/repo/k8s/overlays/prod',
  );
  const roots = [
    { ...root, files: [...root.files, new SourceFile('/repo/k8s/base/job.yaml', '')] },
    rootFromYaml(other, '/repo/clusters'),
  ];
  const delivery = deliveryReader(sources, deployTextsReader(sources));
  const model = firstOf(modelRoots(roots, { dialect: '5.8', delivery, ...(configured && { applier: configured }) }));
  const found: string[] = [];
  findEvidence(model, 'marks', ({ applier, rank, why }) => {
    found.push(`${rank}: ${applier}, ${why}`);
    return false;
  });
  return found;
}

const fence = (...commands: string[]): string => `\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n`;
const application =
  'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec: {source: {path: k8s/overlays/prod}}';
const argoMark = 'argocd.argoproj.io/sync-wave: "1"';

testCases<Written>(
  import.meta.dirname,
  'evidence',
  {
    none: {},
    'all that there may be, from the strongest to the weakest': {
      files: {
        'deploy.sh': 'kubectl apply -k k8s/overlays/prod',
        'infra/main.tf': 'data "kustomization_build" "shop" {\n  path = "../k8s/overlays/prod"\n}\n',
        'k8s/fleet.yaml': '',
        'k8s/README.md': fence('kubectl apply -k .'),
        'k8s/DEPLOY.md': fence('kubectl apply -k k8s/overlays/prod'),
      },
      mark: argoMark,
    },
    'an object that points at it instead of marks': { other: application, mark: argoMark },
    'the settings instead of an object': { other: application, configured: 'kubectl' },
    'a script that hands over what kustomize builds before one that hands over files': {
      files: { 'a.sh': 'kubectl apply -f job.yaml', 'b.sh': 'kustomize build . | kubectl apply -f -' },
    },
    'a task of Azure': {
      files: {
        'azure-pipelines.yml':
          'steps:\n  - task: KubernetesManifest@1\n    inputs: {action: deploy, manifests: k8s/base/job.yaml}\n',
      },
    },
    'READMEs of the folders around it': {
      files: {
        'README.md': fence('cd shop', 'kubectl apply -k .'),
        'k8s/overlays/readme-de.md': fence('kubectl apply -f $FILE'),
      },
    },
    'documents beside its files': {
      files: {
        'k8s/base/NOTES.md': fence('kubectl apply -k .'),
        'k8s/base/docs/deploying.md': fence('kubectl apply -k .'),
      },
    },
    'a document that names a folder around it': {
      files: { 'docs/a.md': fence('kubectl apply -k k8s/overlays/<env>') },
    },
    'a document that names a file of its base': { files: { 'docs/a.md': fence('kubectl apply -f ./base/job.yaml') } },
    'a document that fills in a file of its base': {
      files: { 'docs/a.md': fence('envsubst < base/job.yaml | kubectl apply -f -', 'kubectl apply -f $NEXT') },
    },
    'a document that names its folder in a variable': {
      files: { 'docs/a.md': `${fence('PROFILE=k8s/overlays/prod')}\n${fence('kubectl apply -k "$PROFILE"')}` },
    },
    'a document that names an overlay beside it': {
      files: { 'docs/a.md': fence('kubectl apply -k k8s/overlays/staging') },
    },
    'a document that enters its folder': {
      files: { 'docs/a.md': fence('cd "k8s/overlays/prod" && kubectl apply -k .') },
    },
    'a document that names its folder from outside of the repository': {
      files: { 'docs/a.md': fence('kubectl apply -k ~/src/shop/k8s/overlays/prod') },
    },
    'documents about something else': {
      files: {
        'README.md': fence('kubectl apply -f argocd/application.yaml'),
        'docs/cluster.md': fence('kubectl apply -f cert-manager/issuer.yaml'),
        'docs/local.md': fence('kubectl apply -k .', 'kubectl apply -f $FILE'),
        'DEPLOY.md': fence('kubectl apply -k other/overlays/prod2'),
        'other/README.md': fence('kubectl apply -k .'),
        'src/docs/README.md': fence('kubectl apply -k .'),
      },
    },
  },
  describeEvidence,
);
