// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanRepository, editBase, type Files, replaceText } from './tree.ts';

const pod = ['spec', 'template', 'spec'] as const;
export const waiter = [...pod, 'initContainers', 0] as const;
const base = 'k8s/base/kustomization.yaml';
const overlays = ['production', 'staging'].map((name) => `k8s/overlays/${name}/kustomization.yaml`);

/** The repository with Flux Kustomizations, and what they take their variables from. */
export function withFlux(): Files {
  const files = cleanRepository();
  files.set('clusters/production.yaml', readFileSync(join(import.meta.dirname, 'flux/production.yaml'), 'utf8'));
  files.set(
    'databases/settings.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cluster-settings\n  namespace: flux-system\ndata:\n  REGION: eu\n',
  );
  return files;
}

/** The same, and Flux writes the version itself when there is a new image. */
export function withImageAutomation(): Files {
  const files = withFlux();
  files.set('clusters/images.yaml', readFileSync(join(import.meta.dirname, 'flux/images.yaml'), 'utf8'));
  replaceText(
    files,
    'k8s/base/deployment-variables.yaml',
    'IMAGE_TAG: "v1.2286938253.0"',
    'IMAGE_TAG: "v1.2286938253.0" # {"$imagepolicy": "flux-system:myapp:tag"}',
  );
  return files;
}

/** The pipeline is one of Azure DevOps, with a template for its images. */
export function withAzure(): Files {
  const files = cleanRepository();
  files.delete('.gitlab-ci.yml');
  for (const name of ['azure-pipelines.yml', 'ci/image.yml']) {
    files.set(name, readFileSync(join(import.meta.dirname, 'azure', name), 'utf8'));
  }
  return files;
}

/** The same, and nothing to find under the strict preset either: Flux leaves the Jobs of older versions. */
export function withFluxThatKeepsJobs(): Files {
  const files = withFlux();
  editBase(files, 'Job', ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune'], 'disabled');
  return files;
}

/** The version is a variable of Flux, and no replacement writes it. */
export function withSubstitution(): Files {
  const files = withFlux();
  for (const path of files.keys()) if (path.startsWith('k8s/overlays/staging')) files.delete(path);
  const text = files.get(base) ?? '';
  files.set(base, text.slice(0, text.indexOf('replacements:')));
  for (const path of ['k8s/base/deployment.yaml', 'k8s/base/migration-job.yaml']) {
    files.set(path, (files.get(path) ?? '').replaceAll('TAG', '${IMAGE_TAG}'));
  }
  replaceText(
    files,
    'clusters/production.yaml',
    'postBuild:\n',
    'postBuild:\n    substitute:\n      IMAGE_TAG: v1.4.0\n',
  );
  return files;
}

/** kubectl applies the tree, in the order of the list, and nothing deletes a Job. */
export function appliedByKubectl(): Files {
  const files = cleanRepository();
  for (const path of overlays) replaceText(files, path, 'namePrefix:', 'sortOptions:\n  order: fifo\nnamePrefix:');
  editBase(files, 'Job', ['spec', 'ttlSecondsAfterFinished'], undefined);
  return files;
}

/** Argo CD runs the Job before it applies the service, and nothing waits; what the Job needs is there before both. */
export function appliedByArgo(): Files {
  const files = cleanRepository();
  files.set(
    'apps/myapp.yaml',
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: myapp\nspec:\n  source:\n    path: k8s/overlays/production\n',
  );
  files.delete('k8s/overlays/staging/kustomization.yaml');
  files.delete('k8s/overlays/staging/config.yaml');
  removeWaiter(files);
  editBase(files, 'Job', ['metadata', 'annotations'], {
    'argocd.argoproj.io/hook': 'PreSync',
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
  });
  for (const name of ['config', 'secret', 'service-account']) {
    const annotations =
      '  annotations:\n    argocd.argoproj.io/hook: PreSync\n    argocd.argoproj.io/sync-wave: "-1"\n';
    replaceText(files, `k8s/base/${name}.yaml`, 'metadata:\n', `metadata:\n${annotations}`);
  }
  return files;
}

/** `kubectl wait` waits. */
export function withKubectlWait(): Files {
  const files = cleanRepository();
  editBase(files, 'Deployment', [...waiter, 'image'], 'registry.k8s.io/kubectl:v1.34.0');
  editBase(
    files,
    'Deployment',
    [...waiter, 'args'],
    ['wait', '--for=condition=complete', '--timeout=600s', 'job', 'myapp-migration-TAG'],
  );
  for (const path of [base, ...overlays]) replaceText(files, path, '.args.1', '.args.4');
  return files;
}

/** k8s-wait-for-multi waits for the Job and for a cache. */
export function withWaitForMulti(): Files {
  const files = cleanRepository();
  editBase(files, 'Deployment', [...waiter, 'image'], 'erayan/k8s-wait-for-multi:1.6.0');
  editBase(
    files,
    'Deployment',
    [...waiter, 'args'],
    ['service,cache', 'job,myapp-migration-TAG', '-n', '$(POD_NAMESPACE)'],
  );
  editBase(
    files,
    'Deployment',
    [...waiter, 'env'],
    [{ name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }],
  );
  for (const path of overlays) {
    files.set(
      path,
      `${(files.get(path) ?? '').trimEnd()}\n        options:\n          delimiter: ","\n          index: 1\n`,
    );
  }
  return files;
}

/** Django, whose init container asks the database whether all migrations are applied. */
export function withSchemaWaiter(): Files {
  const files = cleanRepository();
  removeWaiter(files);
  editBase(
    files,
    'Deployment',
    [...pod, 'initContainers'],
    [
      {
        name: 'wait-for-schema',
        image: 'registry.example.com/myapp:v1.2286938253.0',
        command: ['python', 'manage.py', 'migrate', '--check'],
      },
    ],
  );
  editBase(files, 'Job', [...pod, 'containers', 0, 'command'], ['python', 'manage.py', 'migrate']);
  return files;
}

/** The settings are generated, under names with a content hash. */
export function withGenerators(): Files {
  const files = cleanRepository();
  files.delete('k8s/base/config.yaml');
  replaceText(files, base, '  - config.yaml\n', '');
  replaceText(
    files,
    base,
    'replacements:\n',
    'configMapGenerator:\n  - name: myapp-config\n    literals:\n      - DATABASE_HOST=postgres.databases.svc\n      - DATABASE_NAME=myapp\nreplacements:\n',
  );
  for (const path of overlays) {
    replaceText(
      files,
      path,
      'patches:\n  - path: config.yaml\n',
      'configMapGenerator:\n  - name: myapp-config\n    behavior: merge\n    literals:\n      - DATABASE_HOST=postgres.example.com\n',
    );
  }
  return files;
}

/** Nothing waits, and nothing hands a name to what waits. */
function removeWaiter(files: Files): void {
  editBase(files, 'Deployment', [...pod, 'initContainers'], undefined);
  replaceText(
    files,
    base,
    '          kind: Deployment\n          name: myapp\n        fieldPaths:\n          - spec.template.spec.initContainers.[name=wait-for-migration].args.1\n        options:\n          delimiter: "-"\n          index: 2\n      - select:\n',
    '',
  );
  for (const path of overlays) {
    const text = files.get(path);
    if (text !== undefined) files.set(path, text.slice(0, text.indexOf('replacements:')));
  }
}
