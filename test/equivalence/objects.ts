import { posix } from 'node:path';
import { isMap, isScalar, isSeq, Scalar, visit } from 'yaml';
import { type Equivalence, type Files, rewriteEach } from './equivalence.ts';
import { editKustomizations, listAt, manifests, readDocuments } from './tree.ts';

/** Objects and kustomizations that say the same in other fields. */
export const fields: readonly Equivalence[] = [
  ofKind('StatefulSet'),
  { name: 'the first word as the command, the others as arguments', rewrite: splitCommands },
  { name: 'bash in the place of sh', rewrite: useBash, normalize: (text) => text.replace(/(\/bin\/)?bash/g, 'sh') },
  { name: 'patches in files of their own', rewrite: moveOutPatches, normalize: withoutPatchFiles },
  { name: 'bases', rewrite: useBases },
  { name: 'kustomizations that do not say what they are', rewrite: leaveOutKind },
  { name: 'a service that has nothing to do with it', rewrite: addService },
];

function ofKind(kind: string): Equivalence {
  return {
    name: `a ${kind} for the Deployment`,
    rewrite(files) {
      const texts = [...files.values()];
      if (texts.some((text) => /StatefulSet|Rollout|HorizontalPodAutoscaler|\bdeploy(ment)?s?\b[ /.]/.test(text)))
        return undefined;
      return rewriteEach(files, files.keys(), (text) => text.replaceAll('Deployment', kind));
    },
    normalize: (text) => text.replaceAll(kind, 'Deployment'),
  };
}

/** Not where a patch speaks of a command, as it then patches another list. */
function splitCommands(files: Files): Files | undefined {
  const patched = [...files].some(
    ([path, text]) => !manifests(files).includes(path) && /\b(command|args)\b/.test(text),
  );
  if (patched) return undefined;
  return rewriteEach(files, manifests(files), (text) => {
    const documents = readDocuments(text);
    for (const document of documents ?? []) {
      visit(document, {
        Map(_, map) {
          const command = map.get('command');
          if (!isSeq(command) || command.items.length < 2 || !map.has('image') || map.has('args')) return;
          map.set('args', document.createNode(command.items.slice(1)));
          command.items.splice(1);
        },
      });
    }
    return documents?.map((document) => `---\n${document.toString({ lineWidth: 0, directives: false })}`).join('');
  });
}

function useBash(files: Files): Files | undefined {
  return rewriteEach(files, manifests(files), (text) =>
    text
      .replace(/\[ *["']?sh["']?, *["']?-c["']?,/g, '[bash, -c,')
      .replace(/^( *- )["']?sh["']?(\n *- ["']?-c["']?)$/gm, '$1bash$2'),
  );
}

function moveOutPatches(files: Files): Files | undefined {
  return editKustomizations(files, (document, folder, after) => {
    const patches = listAt(document, 'patches')?.items ?? [];
    let count = 0;
    for (const patch of patches) {
      const text = isMap(patch) ? patch.get('patch') : undefined;
      if (!isMap(patch) || typeof text !== 'string') continue;
      const name = `inline-patch-${count++}.yaml`;
      after.set(posix.join(folder, name), text.endsWith('\n') ? text : `${text}\n`);
      patch.delete('patch');
      patch.set('path', name);
    }
    return count > 0;
  });
}

function withoutPatchFiles(text: string): string {
  return text.replace(/`[\w./-]+\.yaml`/g, '`FILE`');
}

/** Where nothing but folders is listed: kustomize takes `bases` behind `resources`. */
function useBases(files: Files): Files | undefined {
  return editKustomizations(files, (document) => {
    const list = listAt(document, 'resources');
    const isFolder = (item: unknown): boolean => isScalar(item) && !/\.\w+$/.test(String(item.value));
    if (list === undefined || !list.items.every(isFolder) || document.get('kind') === 'Component') return false;
    document.delete('resources');
    document.set('bases', list);
    return true;
  });
}

function leaveOutKind(files: Files): Files | undefined {
  return editKustomizations(files, (document) => {
    if (document.get('kind') !== 'Kustomization' || document.has('vars')) return false;
    document.delete('kind');
    return document.delete('apiVersion');
  });
}

/** Not where a replacement or a patch is for objects of a kind, whatever their names, or all get the same labels. */
function addService(files: Files): Files | undefined {
  if ([...files.values()].some((text) => /replacements:|target:|vars:|commonLabels:|includeSelectors:/.test(text)))
    return undefined;
  return editKustomizations(files, (document, folder, after) => {
    const list = listAt(document, 'resources');
    if (list === undefined || document.get('kind') === 'Component') return false;
    const name = `handbook${folder.replace(/\W+/g, '')}`.toLowerCase();
    after.set(posix.join(folder, 'handbook.yaml'), serviceText(name));
    list.items.push(new Scalar('handbook.yaml'));
    return true;
  });
}

function serviceText(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      containers:
        - name: pages
          image: registry.example.com/handbook:v77
`;
}
