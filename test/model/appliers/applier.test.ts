import type { Applier } from '../../../src/config/config.ts';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { firstOf } from '../../support/first-of.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  /** What stands beside the Deployment in `/repo/apps/shop`. */
  readonly own?: string;
  /** What another tree says. */
  readonly other?: string;
  readonly configured?: Applier;
}

function describeApplier({ own = '', other = '', configured }: Written): string[] {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec: {template: {spec: {containers: [{name: main, image: shop}]}}}`;
  const roots = [rootFromYaml(`${deployment}\n---\n${own}`, '/repo/apps/shop'), rootFromYaml(other, '/repo/clusters')];
  const settings = { dialect: '5.8', ...(configured && { applier: configured }) } as const;
  const { kind, why, flux } = firstOf(modelRoots(roots, settings)).applier;
  return [kind, why, ...flux.map(({ object }) => `Flux Kustomization ${object.name.value}`)];
}

const flux = (path: string, name = 'shop'): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}}\nspec: {path: ${path}, prune: true}`;
const argo = (source: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec: {${source}}`;
const applicationSet = (source: string, generator = 'list: {elements: [{app: shop}]}'): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: shop}\nspec: {generators: [{${generator}}], template: {spec: {source: {${source}}}}}`;
const marked = (metadata: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, ${metadata}}`;
const [fluxMark, argoMark] = ['kustomize.toolkit.fluxcd.io/prune: disabled', 'argocd.argoproj.io/hook: PreSync'];

testCases<Written>(
  import.meta.dirname,
  'applier',
  {
    'no sign of one': {},
    'as configured: Flux': { other: flux('./apps/shop'), configured: 'flux' },
    'as configured: kubectl, whatever the tree says': { other: flux('./apps/shop'), configured: 'kubectl' },
    'as configured: Argo CD': { configured: 'argocd' },
    'a Flux Kustomization that points at it': { other: flux('./apps/shop') },
    'Flux Kustomizations that point at it': { other: `${flux('./apps/shop')}\n---\n${flux('apps/shop', 'second')}` },
    'a Flux Kustomization that points elsewhere': { other: flux('./apps/web') },
    'a Flux Kustomization before an Application': {
      other: `${argo('source: {path: apps/shop}')}\n---\n${flux('./apps/shop')}`,
    },
    'an Application that points at it': { other: argo('source: {path: apps/shop}') },
    'an Application with several sources': { other: argo('sources: [{chart: db}, {path: apps/shop}]') },
    'an Application that points elsewhere': { other: argo('source: {path: apps/web}') },
    'an Application of something else': {
      other: argo('source: {path: apps/shop}').replace('argoproj.io', 'example.com'),
    },
    'another kind of Argo’s': { other: argo('source: {path: apps/shop}').replace('Application', 'Workflow') },
    'an ApplicationSet with a parameter in its path': { other: applicationSet('path: "apps/{{.app}}"') },
    'an ApplicationSet with parameters in a part of its path': { other: applicationSet('path: "apps/s{{a}}o{{b}}"') },
    'an ApplicationSet with a parameter that would be two folders': { other: applicationSet('path: "repo/{{app}}"') },
    'an ApplicationSet that points elsewhere': { other: applicationSet('path: "web/{{.app}}"') },
    'an ApplicationSet without parameters': { other: applicationSet('path: apps/shop') },
    'an ApplicationSet for the folders of a Git generator': {
      other: applicationSet('path: "{{.path.path}}"', 'git: {directories: [{path: apps/*}]}'),
    },
    'an ApplicationSet for the folders of a Git generator in another one': {
      other: applicationSet(
        'path: "{{path}}"',
        'matrix: {generators: [{list: {}}, {git: {directories: [{path: apps/*}]}}]}',
      ),
    },
    'an ApplicationSet for all but one folder': {
      other: applicationSet(
        'path: "{{path}}"',
        'git: {directories: [{path: apps/shop, exclude: true}, {path: web/*}]}',
      ),
    },
    'an ApplicationSet for all folders of any name': {
      other: applicationSet('path: "{{path}}"', 'git: {directories: [{path: "*"}]}'),
    },
    'an ApplicationSet for files': { other: applicationSet('path: "{{path}}"', 'git: {files: [{path: apps/*.json}]}') },
    'an Application before marks of Flux': {
      own: marked(`labels: {${fluxMark}}`),
      other: argo('source: {path: apps/shop}'),
    },
    'an annotation of Flux’s': { own: marked(`annotations: {${fluxMark}}`) },
    'a label of Flux’s': { own: marked(`labels: {${fluxMark}}`) },
    'an object of Flux’s': {
      own: 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: shop}',
    },
    'an object of the toolkit itself': { own: 'apiVersion: toolkit.fluxcd.io/v1\nkind: Odd\nmetadata: {name: shop}' },
    'an annotation of Argo CD’s': { own: marked(`annotations: {${argoMark}}`) },
    'an annotation below Argo CD’s domain': { own: marked('annotations: {x.argocd.argoproj.io/hook: x}') },
    'marks of both': { own: marked(`annotations: {${argoMark}, ${fluxMark}}`) },
    'annotations with names alike': {
      own: marked(
        'annotations: {my-toolkit.fluxcd.io/a: b, toolkit.fluxcd.io.example.com/a: b, my-argocd.argoproj.io/a: b, argocd.argoproj.io.example.com/a: b}',
      ),
    },
  },
  describeApplier,
);
