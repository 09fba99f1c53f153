import { describe, expect, test } from 'vitest';
import { buildManifests, buildRoot } from '../../../src/kustomize/build.ts';
import { redact } from '../../../src/lint/secrets/redact.ts';
import { findSecretPlaces } from '../../../src/lint/secrets/secret-places.ts';
import { isReadFailure, SourceCache } from '../../../src/source/source-cache.ts';
import { memoryFileSystem, placeFiles } from '../../support/memory-file-system.ts';

/** The texts of each file with secrets replaced by `<…>`, after a build of the folder `/w`. */
function masked(files: Record<string, string>): Record<string, string> {
  const sources = new SourceCache(memoryFileSystem(placeFiles('/w', files)));
  const root =
    'kustomization.yaml' in files
      ? buildRoot('/w', {}, sources)
      : buildManifests(
          '/w',
          Object.keys(files).map((path) => `/w/${path}`),
          {},
          sources,
        );
  const secrets = findSecretPlaces([root], sources);
  return Object.fromEntries(
    Object.keys(files).map((path) => {
      const file = sources.read(`/w/${path}`);
      if (isReadFailure(file)) throw new Error(file.message);
      const hidden = [...file.text].map((character, index) =>
        secrets.within(file).some(({ start, end }) => index >= start && index < end) ? '\0' : character,
      );
      return [path, hidden.join('').replaceAll(/\0+/g, '<>')];
    }),
  );
}

const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n';

describe('findSecretPlaces', () => {
  test('values of Secrets, also in lists and in JSON', () => {
    expect(
      masked({
        'a.yaml': `${secret}stringData:\n  a: "x"\n  b: |\n    many\n    lines\ndata: {c: eA==}\ntype: Opaque\n`,
      })['a.yaml'],
    ).toBe(`${secret}stringData:\n  a: <>\n  b: <>\ndata: {c: <>}\ntype: Opaque\n`);
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'eA==' } }],
    };
    expect(masked({ 'a.json': JSON.stringify(list) })['a.json']).toContain('"data":{"a":<>}');
  });

  test('generators: literals, files and env files, and of no ConfigMap', () => {
    const generators = (literal: string) =>
      `secretGenerator:\n- name: s\n  literals:\n  - a=${literal}\n  files: [key=tls.key]\n  envs: [.env]\nconfigMapGenerator:\n- name: c\n  literals: [a=b]\n  envs: [c.env]\n`;
    expect(
      masked({ 'kustomization.yaml': generators('xyz'), 'tls.key': 'KEY', '.env': 'A=1\n', 'c.env': 'B=2\n' }),
    ).toEqual({
      'kustomization.yaml': generators('<>'),
      'tls.key': '<>',
      '.env': '<>',
      'c.env': 'B=2\n',
    });
  });

  test('patches of Secrets', () => {
    const kustomization = (patched: string, replaced: string) =>
      `resources: [s.yaml]\npatches:\n- patch: |\n    apiVersion: v1\n    kind: Secret\n    metadata:\n      name: s\n    stringData:\n      a: ${patched}\n- target: {kind: Secret}\n  patch: |\n    - op: add\n      path: /stringData/b\n      value: ${replaced}\n- path: p.yaml\n`;
    const files = {
      'kustomization.yaml': kustomization('x1', 'x2'),
      's.yaml': `${secret}stringData: {}\n`,
      'p.yaml': `${secret}stringData: {a: x3}\n`,
    };
    const shown = masked(files);
    expect(shown['kustomization.yaml']).toBe(kustomization('<>', '<>'));
    expect(shown['p.yaml']).toBe(`${secret}stringData: {a: <>}\n`);
  });

  test('what a replacement puts into a Secret', () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: xyz\n';
    const kustomization =
      'resources: [s.yaml, c.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.a}\n  targets:\n  - select: {kind: Secret}\n    fieldPaths: [stringData.a]\n';
    expect(
      masked({ 'kustomization.yaml': kustomization, 's.yaml': `${secret}stringData:\n  a: old\n`, 'c.yaml': config }),
    ).toEqual({
      'kustomization.yaml': kustomization,
      's.yaml': `${secret}stringData:\n  a: <>\n`,
      'c.yaml': config.replace('xyz', '<>'),
    });
  });

  test('a Secret that cannot be read', () => {
    const broken = (value: string, rest: string) => `${secret}stringData:\n  a: ${value}\n  ${rest}\n`;
    expect(masked({ 'a.yaml': broken('"xyz', 'more text') })['a.yaml']).toBe(broken('<>', '<>'));
    expect(
      masked({ 'kustomization.yaml': 'secretGenerator:\n- name: s\n  literals: [a=b, "c\n' })['kustomization.yaml'],
    ).toBe('secretGenerator:\n- name: s\n  literals: <>\n');
  });

  test('what is listed as a manifest and is none, but not a broken manifest', () => {
    const listed = { 'kustomization.yaml': 'resources: [a.env]\n' };
    expect(masked({ ...listed, 'a.env': '# for us\nA=xyz\n' })['a.env']).toBe('# for us\nA=<>\n');
    expect(masked({ ...listed, 'a.env': 'A: xyz\nB=x\n' })['a.env']).toBe('A: <>\nB=<>\n');
    expect(masked({ ...listed, 'a.env': 'xyz' })['a.env']).toBe('<>');
    const config = 'kind: ConfigMap\ndata:\n  a: x: y\n  b: |\n    A=1\n';
    expect(masked({ ...listed, 'a.env': config })['a.env']).toBe(config);
  });

  test('a broken kustomization that only names the file of one is shown', () => {
    const broken = 'resources: [\n  - secret.yaml\n';
    expect(masked({ 'kustomization.yaml': broken })['kustomization.yaml']).toBe(broken);
  });

  test('passwords in URLs, unless they are variables', () => {
    const config = (password: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  URL: postgres://shop:${password}@db/shop\n  B: postgres://shop:$(PASSWORD)@db/shop\n  C: http://a:80/@x\n`;
    expect(masked({ 'a.yaml': config('xyz') })['a.yaml']).toBe(config('<>'));
  });

  test('redact takes them out of messages', () => {
    const sources = new SourceCache(
      memoryFileSystem({ '/w/kustomization.yaml': 'secretGenerator:\n- name: s\n  literals: ["xyz"]\n' }),
    );
    const root = buildRoot('/w', {}, sources);
    const [problem] = root.problems;
    expect(problem?.message).toContain('xyz');
    expect(problem && redact(problem, findSecretPlaces([root], sources)).message).not.toContain('xyz');
  });
});
