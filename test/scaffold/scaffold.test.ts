import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { inspectModels } from '../../src/inspect/inspect-models.ts';
import { buildRoot } from '../../src/kustomize/build.ts';
import { type Dialect, dialects } from '../../src/kustomize/dialect.ts';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { readTrees } from '../../src/read-trees.ts';
import { run } from '../../src/run.ts';
import { describeService, environments } from '../../src/scaffold/new-service.ts';
import { pipelines } from '../../src/scaffold/pipeline.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { scaffoldTools } from '../../src/scaffold/tools/index.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { temporaryFolder, writeFiles } from '../support/disk.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';
import { update } from '../support/update.ts';
import { buildWithReal, findRealKustomize } from './real-kustomize.ts';

/** The real kustomize's output for the production overlay; UPDATE=1 records it again. */
const recordings = fileURLToPath(new URL('../../fixtures/new/', import.meta.url));

const programs = new Map(dialects.map((dialect) => [dialect, findRealKustomize(dialect)]));

type Options = Parameters<typeof describeService>[2];

/** The files of a new service in a repository of its own. */
function repositoryOf(tool: string, options: Options = {}, name = 'shop') {
  const files = scaffold(describeService(name, tool, options));
  const atTop = [...files].map(([path, text]): [string, string] => [`/w/${path}`, text]);
  return memoryFileSystem({ '/w/.git/HEAD': '', ...Object.fromEntries(atTop) });
}

function build(fileSystem: ReturnType<typeof memoryFileSystem>, environment: string, dialect: Dialect): string {
  const root = buildRoot(`/w/k8s/overlays/${environment}`, { dialect }, new SourceCache(fileSystem));
  const { text, problems } = printBuild(root);
  expect(problems).toEqual([]);
  return text;
}

describe.each(scaffoldTools)('a new service with $id', ({ id, name, dockerfile }) => {
  test.each(pipelines)('is clean under every rule, with the pipeline of %s', async (ci) => {
    const { findings, roots, crashes } = await run(['.'], '/w', { preset: 'strict' }, repositoryOf(id, { ci }));
    expect({ findings: findings.map(({ rule, message }) => `${rule}: ${message}`), crashes }).toEqual({
      findings: [],
      crashes: [],
    });
    expect(roots.map(({ path, releases }) => ({ path, releases }))).toEqual([
      { path: '/w/k8s/overlays/production', releases: 1 },
      { path: '/w/k8s/overlays/staging', releases: 1 },
    ]);
  });

  test('has a migration whose tool is recognised', async () => {
    const { models } = await readTrees(['.'], '/w', {}, repositoryOf(id));
    const releases = inspectModels([...models.values()], (path) => path).roots.flatMap((root) => root.releases);
    expect(releases.flatMap(({ migrations }) => migrations.map(({ tool }) => tool))).toEqual([name, name]);
  });

  test.each(dialects)('is built as by kustomize %s', (dialect) => {
    const recording = join(recordings, `${id}.yaml`);
    const program = programs.get(dialect);
    const real = program === undefined ? undefined : buildAllWithReal(program, id);
    if (update && real) writeFileSync(recording, real['production'] ?? '');
    const own = Object.fromEntries(environments.map((each) => [each, build(repositoryOf(id), each, dialect)]));
    expect(own['production']).toBe(readFileSync(recording, 'utf8'));
    if (real !== undefined) expect(own).toEqual(real);
  });

  test('has an image with versions that do not move, and nothing that it runs by itself', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(bases).not.toEqual([]);
    for (const image of bases) expect(image).toMatch(/:v?\d+\.\d+\.\d+|:bookworm-\d{8}/);
    expect(dockerfile).not.toMatch(/^(CMD|ENTRYPOINT)/m);
  });
});

function buildAllWithReal(program: string, tool: string): Record<string, string> {
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(scaffold(describeService('shop', tool, {}))));
  const overlay = (environment: string) => join(folder, 'k8s/overlays', environment);
  return Object.fromEntries(environments.map((each) => [each, buildWithReal(program, overlay(each))]));
}

test.each([
  ['a', 'a'],
  ['my-online-shop', 'registry.example.com:5000/team/my-online-shop'],
  ['shop', 'ghcr.io/acme-corp/web.shop'],
])('the version reaches all four places of %s with the image %s', async (name, image) => {
  const fileSystem = repositoryOf('prisma', { image }, name);
  const text = build(fileSystem, 'staging', '5.8');
  expect(text).toContain(`\n  name: ${name}-migration-v1.0.0\n`);
  expect(text).toContain(`\n        - ${name}-migration-v1.0.0\n`);
  expect(text).toContain(`\n        image: ${image}:v1.0.0\n`);
  expect(text).toContain(`\n        image: ${image}-migration:v1.0.0\n`);
  expect(text).not.toContain('TAG\n');
  expect((await run(['.'], '/w', { preset: 'strict' }, fileSystem)).findings).toEqual([]);
});

test('it stays clean where Flux applies it', async () => {
  const files = scaffold(describeService('shop', 'prisma', { ci: 'gitlab' }));
  const cluster = environments.map(
    (each) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop-${each}, namespace: flux-system}
spec:
  interval: 10m
  path: ./k8s/overlays/${each}
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
`,
  );
  const fileSystem = memoryFileSystem({
    '/w/.git/HEAD': '',
    '/w/clusters/shop.yaml': cluster.join('---\n'),
    ...placeFiles('/w', files),
  });
  const { findings, roots } = await run(['.'], '/w', { preset: 'strict' }, fileSystem);
  expect(findings).toEqual([]);
  expect(roots.filter(({ kind, releases }) => kind === 'flux' && releases === 1)).toHaveLength(2);
});

test.each([
  ['Shop', '"Shop" is not a valid object name'],
  ['shop-', '"shop-" is not a valid object name'],
  ['1shop', '"1shop" is not a valid object name'],
  ['a.b', '"a.b" is not a valid object name'],
  ['', '"" is not a valid object name'],
  ['s'.repeat(38), 'use at most 37'],
])('%j is no name for a service', (name, message) => {
  expect(() => describeService(name, 'prisma', {})).toThrow(message);
});

test('the longest name leaves a Job name of 63 characters', () => {
  const { name } = describeService('s'.repeat(37), 'prisma', {});
  expect(`${name}-migration-v1.2286938253.0`).toHaveLength(63);
});

test.each(['shop:v1', 'registry.example.com/Shop', 'shop@sha256:0', 'a//b', '$(id)', 'shop '])(
  '%j is no image',
  (image) => {
    expect(() => describeService('shop', 'prisma', { image })).toThrow('is not an image name');
  },
);

test('a tool that is not known is met with the nearest one', () => {
  expect(() => describeService('shop', 'prism', {})).toThrow('There is no tool "prism". Did you mean "prisma"?');
});

test('README.md names every tool', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const list = /`--tool` is one of ([^.]*)\./.exec(readme)?.[1]?.split(/,\s+/);
  expect(list).toEqual(scaffoldTools.map(({ id }) => id));
});
