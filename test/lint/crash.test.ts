import { expect, test } from 'vitest';
import type { LintOptions } from '../../src/lint-options.ts';
import { run } from '../../src/run.ts';
import type { FileSystem } from '../../src/source/files/file-system.ts';
import { retriedJob } from '../support/manifests.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

const fluxKustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 5m, prune: true, path: ./elsewhere, sourceRef: { kind: GitRepository, name: elsewhere } }
`;

/** Three repositories with a migration each; the pipelines of the first are read with a fault of ours. */
function faultyFileSystem(): FileSystem {
  const repositories = ['a', 'b', 'c'].flatMap((name) => [
    [`/w/${name}/.git/HEAD`, ''],
    [`/w/${name}/job.yaml`, retriedJob()],
  ]);
  const system = memoryFileSystem({ ...Object.fromEntries(repositories), '/w/flux.yaml': fluxKustomization });
  return {
    ...system,
    realPath(path) {
      if (path === '/w/a/.gitlab-ci.yml') throw new Error('a fault of ours');
      return system.realPath(path);
    },
  };
}

async function lint(options: LintOptions): Promise<{ found: string[]; crashed: string[]; roots: string[] }> {
  const { findings, crashes, roots } = await run(['/w'], '/w', { repository: '/w', ...options }, faultyFileSystem());
  return {
    found: findings.map((finding) => `${finding.rule} ${finding.roots.join(' ')}`),
    crashed: crashes.map(({ doing }) => doing),
    roots: roots.map(({ path }) => path),
  };
}

test('a fault of ours in one root costs no other root its findings', async () => {
  const { found, crashed } = await lint({ rules: { 'job-backoff-limit': 'error' } });
  expect(crashed).toEqual(['while modelling the releases', 'while modelling /w/a']);
  expect(found).toEqual(expect.arrayContaining(['job-backoff-limit /w/b', 'job-backoff-limit /w/c']));
  expect(found.filter((each) => each.endsWith(' /w/a'))).toEqual([]);
});

test('nor does it in a share of the roots, and each share has the findings of its own roots', async () => {
  const shares = await Promise.all([1, 2, 3].map((index) => lint({ shard: { index, count: 3 } })));
  const whole = await lint({});
  expect(shares.flatMap(({ found }) => found).sort()).toEqual([...whole.found].sort());
  for (const { found, roots } of shares) {
    expect(found.filter((each) => !roots.includes(each.slice(each.indexOf(' ') + 1)))).toEqual([]);
  }
});
