import { join } from 'node:path';
import { type Document, parseAllDocuments, parseDocument } from 'yaml';
import type { LintOptions } from '../../src/lint-options.ts';
import { readFolder } from '../support/disk.ts';
import { lintFiles } from '../support/lint-files.ts';

/** The files of a repository by their path from its top. */
export type Files = Map<string, string>;

const example = join(import.meta.dirname, '../../examples/correct');

/** The example under `k8s`, with a pipeline, Dockerfiles and a Flux Kustomization around it: nothing is wrong with it. */
export function cleanRepository(): Files {
  const files: Files = new Map([['.git/HEAD', 'ref: refs/heads/main\n']]);
  for (const [path, text] of readFolder(example)) files.set(`k8s/${path}`, text);
  for (const [path, text] of readFolder(join(import.meta.dirname, 'repository'))) files.set(path, text);
  return files;
}

/** The ids of the rules that find something, sorted. */
export async function findRules(files: Files, options: LintOptions = {}): Promise<string[]> {
  const { findings } = await lintFiles(files, { options });
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}

/** Exchanges a text that stands once in a file. */
export function replaceText(files: Files, path: string, from: string, to: string): void {
  const text = files.get(path) ?? '';
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${path} holds ${from} ${parts.length - 1} times`);
  files.set(path, parts.join(to));
}

/** Where the base of the example keeps each kind: its file, and the document in it. */
const homes: Readonly<Record<string, readonly [file: string, document: number]>> = {
  Job: ['k8s/base/migration-job.yaml', 0],
  Deployment: ['k8s/base/deployment.yaml', 0],
  Role: ['k8s/base/rbac.yaml', 0],
  RoleBinding: ['k8s/base/rbac.yaml', 1],
  ServiceAccount: ['k8s/base/service-account.yaml', 0],
};

export type Path = readonly (string | number)[];

/** Sets a field of an object in the base's own file; undefined removes it. */
export function editBase(files: Files, kind: string, path: Path, value: unknown): void {
  const [file, index] = homes[kind] ?? ['', 0];
  const documents = parseAllDocuments(files.get(file) ?? '');
  const document = documents[index];
  if (document === undefined || !('setIn' in document)) throw new Error(`no ${kind} in ${file}`);
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  files.set(file, documents.map((each) => String(each)).join(''));
}

/** The same by a JSON patch of the overlay for production. */
export function patchOverlay(files: Files, kind: string, path: Path, value: unknown): void {
  addPatch(files, jsonPatch(files, kind, path, value));
}

function jsonPatch(files: Files, kind: string, path: Path, value: unknown): object {
  const [file, index] = homes[kind] ?? ['', 0];
  const exists = parseAllDocuments(files.get(file) ?? '')[index]?.hasIn(path) === true;
  const pointer = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const operation = { op: value === undefined ? 'remove' : exists ? 'replace' : 'add', path: pointer, value };
  return { target: { kind }, patch: JSON.stringify([operation]) };
}

/** The same by a strategic merge patch of the overlay; only for paths without indices. */
export function mergeOverlay(files: Files, kind: string, path: Path, value: unknown): void {
  const patch = path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value ?? null);
  const document = parseAllDocuments(files.get(homes[kind]?.[0] ?? '') ?? '')[homes[kind]?.[1] ?? 0];
  const head = { apiVersion: document?.getIn(['apiVersion']), kind, metadata: { name: 'any' } };
  const text = JSON.stringify(mergeObjects(head, patch));
  addPatch(files, { target: { kind }, patch: text });
}

/** The same by a patch in a component that the overlay takes. */
export function patchByComponent(files: Files, kind: string, path: Path, value: unknown): void {
  const component = 'k8s/components/settings/kustomization.yaml';
  const document = parseDocument(files.get(overlay) ?? '');
  document.set('components', ['../../components/settings']);
  files.set(overlay, String(document));
  const head = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' };
  files.set(component, JSON.stringify({ ...head, patches: [jsonPatch(files, kind, path, value)] }));
}

/** The same by a patch of the Flux Kustomization; for the repository with Flux. */
export function patchByFlux(files: Files, kind: string, path: Path, value: unknown): void {
  const file = 'clusters/production.yaml';
  const documents = parseAllDocuments(files.get(file) ?? '');
  const document = documents.find((each) => each.getIn(['metadata', 'name']) === 'myapp');
  if (document === undefined || !('addIn' in document)) throw new Error(`no Kustomization in ${file}`);
  addItem(document, ['spec', 'patches'], jsonPatch(files, kind, path, value));
  files.set(file, documents.map((each) => String(each)).join(''));
}

const overlay = 'k8s/overlays/production/kustomization.yaml';

function addItem(document: Document, path: readonly string[], item: object): void {
  if (document.hasIn(path)) document.addIn(path, document.createNode(item));
  else document.setIn(path, document.createNode([item]));
}

function addPatch(files: Files, patch: object): void {
  const document = parseDocument(files.get(overlay) ?? '');
  addItem(document, ['patches'], patch);
  files.set(overlay, String(document));
}

function mergeObjects(a: unknown, b: unknown): unknown {
  if (!isObject(a) || !isObject(b)) return b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, key in b ? mergeObjects(a[key], b[key]) : a[key]]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
