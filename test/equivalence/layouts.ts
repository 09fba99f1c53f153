import { posix } from 'node:path';
import { Scalar, stringify } from 'yaml';
import { type Equivalence, type Files, rewriteEach } from './equivalence.ts';
import {
  editKustomizations,
  kustomizations,
  listAt,
  manifests,
  readDocuments,
  resourcesOf,
  type YamlDocument,
} from './tree.ts';

const kustomizationNames = /\bkustomization\.ya?ml\b|`([^`]*\/)?Kustomization`/g;

/** The same objects in other files. */
export const layouts: readonly Equivalence[] = [
  { name: 'a List', rewrite: (files) => rewriteEach(files, manifests(files), toList) },
  { name: 'a file for each object', rewrite: splitFiles, normalize: (text) => text.replace(/-part\d+\b/g, '') },
  { name: 'a base of a kustomization’s own files', rewrite: moveToBase },
  { name: 'a component of a kustomization’s own files', rewrite: moveToComponent },
  { name: 'an overlay with nothing in it', rewrite: wrapRoots },
  ...['kustomization.yml', 'Kustomization'].map((name) => ({
    name: `files called ${name}`,
    rewrite: (files: Files) => renameKustomizations(files, name),
    normalize: (text: string) => text.replace(kustomizationNames, '$1K'),
  })),
];

function toList(text: string): string | undefined {
  const objects = readDocuments(text)?.map((document): { kind?: string } => document.toJS());
  if (objects === undefined || objects.some(({ kind }) => kind?.endsWith('List'))) return undefined;
  return stringify({ apiVersion: 'v1', kind: 'List', items: objects }, { lineWidth: 0 });
}

function splitFiles(files: Files): Files | undefined {
  const movable = new Set(manifests(files));
  return editKustomizations(files, (document, folder, after) => {
    const list = listAt(document, 'resources');
    if (list === undefined) return false;
    const before = list.items.length;
    list.items = list.items.flatMap((item) => {
      const name = item instanceof Scalar ? String(item.value) : '';
      const path = posix.join(folder, name);
      const documents = movable.has(path) ? readDocuments(after.get(path) ?? '') : undefined;
      if (documents === undefined || documents.length < 2) return [item];
      after.delete(path);
      return documents.map((each, index) => {
        const part = name.replace(/(\.\w+)$/, `-part${index}$1`);
        after.set(posix.join(folder, part), each.toString({ lineWidth: 0, directives: false }));
        return new Scalar(part);
      });
    });
    return list.items.length > before;
  });
}

/** The files beside a kustomization, which are listed one behind the other, with the place of the first in the list. */
function ownFiles(
  files: Files,
  document: YamlDocument,
  folder: string,
): { names: string[]; index: number } | undefined {
  const listed = resourcesOf(document.toString());
  const movable = new Set(manifests(files));
  const names = listed.filter((name) => !name.includes('/') && movable.has(posix.join(folder, name)));
  const [first] = names;
  const index = first === undefined ? -1 : listed.indexOf(first);
  return index >= 0 && names.every((name, offset) => listed[index + offset] === name) ? { names, index } : undefined;
}

function moveFiles(after: Map<string, string>, names: readonly string[], from: string, to: string): void {
  for (const name of names) {
    const path = posix.join(from, name);
    after.set(posix.join(to, name), after.get(path) ?? '');
    after.delete(path);
  }
}

function moveToBase(files: Files): Files | undefined {
  return editKustomizations(files, (document, folder, after) => {
    const own = ownFiles(files, document, folder);
    if (own === undefined) return false;
    const base = posix.join(folder, 'own-base');
    moveFiles(after, own.names, folder, base);
    after.set(posix.join(base, 'kustomization.yaml'), stringify({ resources: own.names }));
    listAt(document, 'resources')?.items.splice(own.index, own.names.length, new Scalar('own-base'));
    return true;
  });
}

/** Components come behind the lists of resources and before all that is done to these, but for what other components do. */
function moveToComponent(files: Files): Files | undefined {
  return editKustomizations(files, (document, folder, after) => {
    const own = ownFiles(files, document, folder);
    const only = own !== undefined && listAt(document, 'resources')?.items.length === own.names.length;
    if (!only || document.has('components') || document.get('kind') === 'Component') return false;
    const component = posix.join(folder, 'own-component');
    moveFiles(after, own.names, folder, component);
    const head = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' };
    after.set(posix.join(component, 'kustomization.yaml'), stringify({ ...head, resources: own.names }));
    document.delete('resources');
    document.set('components', ['own-component']);
    return true;
  });
}

/** A new root over each root that lies in a folder of its own. Who applies the old ones names their paths. */
function wrapRoots(files: Files): Files | undefined {
  if ([...files.values()].some((text) => /argoproj\.io|toolkit\.fluxcd\.io\/v|sortOptions/.test(text)))
    return undefined;
  const roots = kustomizations(files).map((path) => posix.dirname(path));
  const inner = new Set(
    kustomizations(files).flatMap((path) => {
      const [document] = readDocuments(files.get(path) ?? '') ?? [];
      const lists =
        document === undefined ? [] : ['resources', 'bases', 'components'].map((key) => listAt(document, key));
      const items = lists.flatMap(
        (list) => list?.items.map((item) => (item instanceof Scalar ? String(item.value) : '')) ?? [],
      );
      const isComponent = document?.get('kind') === 'Component';
      const folders = items.map((item) => posix.join(posix.dirname(path), item).replace(/\/$/, ''));
      return isComponent ? [...folders, posix.dirname(path)] : folders;
    }),
  );
  const outer = roots.filter((root) => !inner.has(root));
  if (outer.length === 0 || outer.includes('.')) return undefined;
  const after = new Map(files);
  for (const [index, root] of outer.entries()) {
    after.set(`around-${index}/kustomization.yaml`, stringify({ resources: [`../${root}`] }));
  }
  return after;
}

function renameKustomizations(files: Files, name: string): Files | undefined {
  const after = new Map(
    [...files].map(([path, text]) => [path.replace(/(^|\/)kustomization\.yaml$/, `$1${name}`), text] as const),
  );
  return [...files.keys()].every((path) => after.has(path)) ? undefined : after;
}
