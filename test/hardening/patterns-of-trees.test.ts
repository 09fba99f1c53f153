import { expect, test } from 'vitest';
import { matchAnywhere, matchWhole } from '../../src/kustomize/selectors/go-regexp.ts';
import { run } from '../../src/run.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { buildFiles, configMap, problemsOf } from '../kustomize/build-files.ts';
import { startCpuTime } from '../support/cpu-time.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

const at = { file: new SourceFile('/k.yaml', ''), start: 0, end: 0 };
const long = 'ab'.repeat(20_000);
const slow = [
  '.*a.*b.*c',
  '.+a.+b.+c',
  '.*a.*a.*ac',
  '(a+)+$',
  '(a|a)*$',
  '(a|ab)*c',
  '(.*)*c',
  '((((((a*)*)*)*)*)*)*c',
  'a{0,500}a{0,500}c',
  '(?:a?){50}a{50}c',
];

test.each(slow)('%s takes no longer than its text is long', (pattern) => {
  const cpuTime = startCpuTime();
  expect(matchWhole(pattern, at)(long)).toBe(false);
  matchAnywhere(pattern, at)(long);
  expect(cpuTime()).toBeLessThan(2000);
});

test('even where a name is as long as Kubernetes allows', () => {
  const cpuTime = startCpuTime();
  for (const pattern of slow) {
    const matches = matchAnywhere(pattern, at);
    for (let i = 0; i < 100; i++) matches('a'.repeat(253));
  }
  expect(cpuTime()).toBeLessThan(2000);
});

test('a short name and a long one are matched alike', () => {
  for (const length of [10, 253, 254, 1000]) {
    const name = 'a'.repeat(length - 2);
    expect(matchWhole('.*a-b', at)(`${name}-b`)).toBe(true);
    expect(matchWhole('.*a-b', at)(`${name}-c`)).toBe(false);
    expect(matchAnywhere('a.*b|c-', at)(`${name}-b`)).toBe(true);
  }
});

test('a tree cannot hang a build with the patterns of its patches and replacements', () => {
  const cpuTime = startCpuTime();
  for (const pattern of slow) {
    const target = `{kind: ConfigMap, name: ${JSON.stringify(pattern)}}`;
    const built = buildFiles({
      '/kustomization.yaml': `resources: [m.yaml]
patches: [{target: ${target}, patch: "- {op: add, path: /data/x, value: y}"}]
replacements: [{source: {kind: ConfigMap}, targets: [{select: ${target}, fieldPaths: [data.a]}]}]
images: [{name: ${JSON.stringify(pattern)}, newTag: "1"}]
`,
      '/m.yaml': configMap(long),
    });
    for (const problem of problemsOf(built)) expect(problem).toMatch(/^\/kustomization\.yaml:\d+:\d+ error: /);
  }
  expect(cpuTime()).toBeLessThan(2000 * slow.length);
});

test('nor can its settings, its pipelines, or the names that a replacement was meant for', async () => {
  const stars = '*a'.repeat(40);
  const job = configMap('x').replace('ConfigMap', 'Job').replace('v1', 'batch/v1').replace('name: x', `name: ${long}`);
  const files = {
    '/.git/HEAD': '',
    '/k/kustomization.yaml': `resources: [m.yaml]\nreplacements: [{source: {kind: Job}, targets: [{select: {kind: Job, name: "(a+)+c"}, fieldPaths: [metadata.name]}]}]\n`,
    '/k/m.yaml': job,
    '/migrate-lint.yaml': `migrations: {jobs: ["${stars}c"]}\n`,
    '/.gitlab-ci.yml': `deploy:\n  script:\n  - sed -i 's/\\(a+\\)+c/x/' k/m.yaml\n  - kubectl delete job ${stars}c\n  - kustomize edit set image ${stars}=x\n`,
  };
  const cpuTime = startCpuTime();
  const { crashes } = await run(['/'], '/', {}, memoryFileSystem(files));
  expect(crashes).toEqual([]);
  expect(cpuTime()).toBeLessThan(2000);
});

test('nor can the intervals and URLs of Flux', async () => {
  const [digits, dots] = ['0', '.'].map((letter) => `"${letter.repeat(100_000)}!"`);
  const source = 'sourceRef: {kind: GitRepository, name: a}';
  const cpuTime = startCpuTime();
  const { findings } = await run(
    ['/w'],
    '/w',
    {},
    memoryFileSystem({
      '/w/.git/config': '[remote "origin"]\n\turl = git@example.com:shop/deploy.git\n',
      '/w/flux.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: a, namespace: flux-system}
spec: {interval: 1m, url: ${dots}}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: a, namespace: flux-system}
spec: {interval: ${digits}, path: ., ${source}}
`,
    }),
  );
  expect(findings.filter(({ rule }) => rule === 'build-error')).toEqual([]);
  expect(cpuTime()).toBeLessThan(2000);
});
