import { describe, expect, test } from 'vitest';
import { fixTree } from './fix-tree.ts';

/** A migration Job with some of its fields; each is a line or more of its own. */
function job(spec: string, podSpec = 'restartPolicy: Never', metadata = ''): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: shop-migration-v1${metadata}
spec:${spec}
  template:
    spec:
      ${podSpec}
      containers:
        - name: migrate
          image: registry.example.com/shop-migration:v1
          command: [sh, -c, ./migrate.sh]
`;
}

const list = 'resources:\n  - job.yaml\n';
const limit = 'job-backoff-limit';

/** Fixes what one rule finds in `/job.yaml` and its kustomization; returns both. */
async function fixRule(rule: string, text: string, kustomization = list, more: Record<string, string> = {}) {
  const { tree, outcome } = await fixTree(
    { '/kustomization.yaml': kustomization, '/job.yaml': text, ...more },
    { rule },
  );
  expect(outcome.linted.result.crashes).toEqual([]);
  return {
    job: tree['/job.yaml'],
    kustomization: tree['/kustomization.yaml'],
    tree,
    refused: outcome.refused.map(({ why }) => why),
    left: outcome.linted.result.findings.filter((finding) => finding.rule === rule).length,
  };
}

describe('a value keeps what is around it', () => {
  test.each([
    ['a comment', '\n  backoffLimit: 3   # retries', '\n  backoffLimit: 0   # retries'],
    ['odd blanks', '\n  backoffLimit :   3', '\n  backoffLimit :   0'],
    ['quotes that a number has none of', '\n  backoffLimit: "3"', '\n  backoffLimit: 0'],
    ['another base', '\n  backoffLimit: 0x3', '\n  backoffLimit: 0'],
    ['an anchor that nobody uses', '\n  backoffLimit: &limit 3', '\n  backoffLimit: &limit 0'],
    ['a quoted key', '\n  "backoffLimit": 3', '\n  "backoffLimit": 0'],
  ])('%s', async (_, before, after) => {
    expect(await fixRule(limit, job(before))).toMatchObject({ job: job(after), left: 0 });
  });

  test.each([
    ["restartPolicy: 'OnFailure'", "restartPolicy: 'Never'"],
    ['restartPolicy: "OnFailure"', 'restartPolicy: "Never"'],
    ['restartPolicy: !!str OnFailure', 'restartPolicy: !!str Never'],
    ['restartPolicy:\n        OnFailure', 'restartPolicy:\n        Never'],
  ])('%s', async (before, after) => {
    expect(await fixRule('job-restart-policy', job('\n  backoffLimit: 0', before))).toMatchObject({
      job: job('\n  backoffLimit: 0', after),
      left: 0,
    });
  });

  test('line breaks of Windows and a byte-order mark', async () => {
    const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
    expect((await fixRule(limit, windows(job('')))).job).toBe(windows(job('\n  backoffLimit: 0')));
    expect((await fixRule('job-force', windows(job('')))).job).toBe(
      windows(job('', 'restartPolicy: Never', '\n  annotations:\n    kustomize.toolkit.fluxcd.io/force: Enabled')),
    );
  });

  test('no line break at the end', async () => {
    const text =
      'kind: Job\napiVersion: batch/v1\nmetadata: {name: db-migration-v1}\nspec:\n  template:\n    spec:\n      containers: [{name: a, image: b}]';
    expect((await fixRule('job-restart-policy', text)).job).toBe(
      text.replace('      containers', '      restartPolicy: Never\n      containers'),
    );
  });
});

describe('a new key', () => {
  test.each([
    [
      'goes after the scalars at the start',
      '\n  ttlSecondsAfterFinished: 900 # a while\n  # the pods',
      '\n  ttlSecondsAfterFinished: 900 # a while\n  backoffLimit: 0\n  # the pods',
    ],
    ['goes first if there are none', ' # of the Job\n  # the pods', ' # of the Job\n  backoffLimit: 0\n  # the pods'],
    ['takes the place of nothing', '\n  backoffLimit:', '\n  backoffLimit: 0'],
    ['takes the place of null', '\n  backoffLimit: ~ # none', '\n  backoffLimit: 0 # none'],
  ])('%s', async (_, before, after) => {
    expect(await fixRule(limit, job(before))).toMatchObject({ job: job(after), left: 0 });
  });

  test.each([
    ['below no annotations', '', '\n  annotations:\n    kustomize.toolkit.fluxcd.io/force: Enabled'],
    [
      'behind others',
      '\n  annotations:\n     a: b # c',
      '\n  annotations:\n     a: b # c\n     kustomize.toolkit.fluxcd.io/force: Enabled',
    ],
    ['in braces', '\n  annotations: {a: b}', '\n  annotations: {a: b, kustomize.toolkit.fluxcd.io/force: Enabled}'],
    ['in empty braces', '\n  annotations: {}', '\n  annotations: {kustomize.toolkit.fluxcd.io/force: Enabled}'],
    [
      'below an empty key',
      '\n  annotations: # none',
      '\n  annotations: # none\n    kustomize.toolkit.fluxcd.io/force: Enabled',
    ],
    [
      'below null',
      '\n  annotations: null # yet',
      '\n  annotations: # yet\n    kustomize.toolkit.fluxcd.io/force: Enabled',
    ],
    [
      'before a block of text',
      '\n  annotations:\n    note: |-\n      two\n      lines',
      '\n  annotations:\n    kustomize.toolkit.fluxcd.io/force: Enabled\n    note: |-\n      two\n      lines',
    ],
    [
      'behind an alias',
      '\n  labels: &all {a: b}\n  annotations:\n    c: d\n    e: &x f',
      '\n  labels: &all {a: b}\n  annotations:\n    c: d\n    e: &x f\n    kustomize.toolkit.fluxcd.io/force: Enabled',
    ],
  ])('%s', async (_, before, after) => {
    const never = 'restartPolicy: Never';
    expect(await fixRule('job-force', job('', never, before))).toMatchObject({ job: job('', never, after), left: 0 });
  });

  test('is indented as the file is', async () => {
    const wide =
      'apiVersion: batch/v1\nkind: Job\nmetadata:\n    name: db-migration-v1\nspec:\n    template:\n        spec: {restartPolicy: Never, containers: [{name: a, image: b}]}\n';
    expect((await fixRule('job-force', wide)).job).toBe(
      wide.replace('\nspec:', '\n    annotations:\n        kustomize.toolkit.fluxcd.io/force: Enabled\nspec:'),
    );
  });

  test('in JSON is JSON', async () => {
    const text = (limits: string) =>
      `{"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "db-migration-v1"},\n "spec": {\n   "completions": 1,\n   "template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "a", "image": "b"}]}}${limits}\n }}\n`;
    expect((await fixRule(limit, text(''))).job).toBe(text(',\n   "backoffLimit": 0'));
  });
});

describe('in a patch', () => {
  const patched = (patch: string) => `${list}patches:\n  - target: {kind: Job}\n    ${patch}\n`;
  test.each([
    [
      'of operations',
      'patch: |-\n      # more tries\n      - op: add\n        path: /spec/backoffLimit\n        value: 3 # or so',
      'value: 3',
      'value: 0',
    ],
    ['in JSON', `patch: '[{"op": "add", "path": "/spec/backoffLimit", "value": 3}]'`, '"value": 3', '"value": 0'],
    [
      'in quotes with escapes',
      'patch: "[\\n{\\"op\\": \\"add\\", \\"path\\": \\"/spec/backoffLimit\\", \\"value\\": 3}\\n]"',
      'value\\": 3',
      'value\\": 0',
    ],
    ['on one line', 'patch: "- {op: add, path: /spec/backoffLimit, value: 3}"', 'value: 3', 'value: 0'],
    [
      'to merge',
      'patch: |\n      kind: Job\n      apiVersion: batch/v1\n      metadata: {name: any}\n      spec: {backoffLimit: 3}',
      'Limit: 3',
      'Limit: 0',
    ],
  ])('%s', async (_, patch, from, to) => {
    const before = patched(patch);
    const outcome = await fixRule(limit, job('\n  backoffLimit: 0'), before);
    expect(outcome).toMatchObject({ kustomization: before.replace(from, to), left: 0 });
  });

  test.each([
    ['/patch.json', '[\n  {"op": "replace", "path": "/spec/backoffLimit", "value": 3}\n]\n'],
    ['/patch.yaml', '- op: replace\n  path: /spec/backoffLimit\n  value: 3\n'],
    ['/patch.yaml', 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: any\nspec:\n  backoffLimit: 3\n'],
  ])('in a file, %s', async (path, patch) => {
    const { tree, left } = await fixRule(limit, job('\n  backoffLimit: 0'), patched(`path: .${path}`), {
      [path]: patch,
    });
    expect(tree[path]).toBe(patch.replace(/3(?=\D*$)/, '0'));
    expect(left).toBe(0);
  });

  test('a key is added to the object itself', async () => {
    const before = patched('patch: |-\n      - op: remove\n        path: /spec/completions');
    const { job: after, kustomization, left } = await fixRule(limit, job('\n  completions: 1'), before);
    expect({ after, kustomization, left }).toEqual({
      after: job('\n  completions: 1\n  backoffLimit: 0'),
      kustomization: before,
      left: 0,
    });
  });

  test('lines that are added to a block of text are indented with it', async () => {
    const patch =
      'patch: |-\n      apiVersion: batch/v1\n      kind: Job\n      metadata:\n        name: any\n        annotations:\n          a: b';
    const { kustomization, left } = await fixRule('job-force', job(''), patched(patch));
    expect(kustomization).toBe(patched(`${patch}\n          kustomize.toolkit.fluxcd.io/force: Enabled`));
    expect(left).toBe(0);
  });
});

describe('nothing is changed, with a reason,', () => {
  const other = job('\n  backoffLimit: 3')
    .replace('shop-migration', 'report')
    .replaceAll('shop-migration', 'report')
    .replace('./migrate.sh', './report.sh');

  test('where an anchor is used elsewhere', async () => {
    const text = job('\n  completions: &three 3\n  backoffLimit: *three');
    expect(await fixRule(limit, text)).toMatchObject({
      job: text,
      refused: ['an anchor reuses the same text in several places'],
    });
  });

  test('where a patch is for other objects as well', async () => {
    const patches = `${list}  - other.yaml\npatches:\n  - target: {kind: Job}\n    patch: |-\n      - {op: replace, path: /spec/backoffLimit, value: 3}\n`;
    const outcome = await fixRule(limit, job('\n  backoffLimit: 0'), patches, { '/other.yaml': other });
    expect(outcome).toMatchObject({ kustomization: patches, refused: ['Job `report-v1` would change too'] });
  });

  test('where a block of text ends in blank lines that count', async () => {
    const text = job('', 'restartPolicy: Never', '\n  note: |+\n    lines\n');
    expect(await fixRule('job-force', text)).toMatchObject({
      job: text,
      refused: ['the text block before it keeps its trailing blank lines'],
    });
  });

  test('where roots need different values', async () => {
    const waiter = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      initContainers:
        - name: wait
          image: groundnuty/k8s-wait-for:v2.0
          args: [job-wr, shop-migration]
      containers: [{name: shop, image: "registry.example.com/shop:v1"}]
`;
    const overlay = (version: string) =>
      `resources: [../base]\npatches:\n  - target: {kind: Job}\n    options: {allowNameChange: true}\n    patch: '- {op: replace, path: /metadata/name, value: shop-migration-${version}}'\n`;
    const tree = {
      '/base/kustomization.yaml': 'resources: [job.yaml, deployment.yaml]\n',
      '/base/job.yaml': job('\n  backoffLimit: 0'),
      '/base/deployment.yaml': waiter,
      '/a/kustomization.yaml': overlay('a1'),
      '/b/kustomization.yaml': overlay('b1'),
    };
    const { tree: after, outcome } = await fixTree(tree, { rule: 'wait-job-prefix' });
    expect(after).toEqual(tree);
    expect(outcome.refused.map(({ why }) => why)).toEqual(
      ['a', 'b'].map(() => 'the roots that build it need different values'),
    );
  });
});

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: shop, image: "registry.example.com/shop:v1"}]
`;

test('plain manifests that contain another object twice are fixed', async () => {
  const other = deployment.replace('shop:v1', 'shop:v2');
  const { tree, outcome } = await fixTree(
    { '/job.yaml': job('\n  backoffLimit: 3'), '/one.yaml': deployment, '/two.yaml': other },
    { rule: limit },
  );
  expect(outcome.refused).toEqual([]);
  expect(tree['/job.yaml']).toBe(job('\n  backoffLimit: 0'));
});

test('a list in brackets keeps its form when an item moves', async () => {
  const before = 'resources: [ deployment.yaml , job.yaml ] # all\n';
  const { kustomization } = await fixRule('resource-order', job('\n  backoffLimit: 0'), before, {
    '/deployment.yaml': deployment,
  });
  expect(kustomization).toBe('resources: [ job.yaml , deployment.yaml ] # all\n');
});

test('an item of a list takes its comments along', async () => {
  const before =
    'resources:\n# all of it\n- deployment.yaml\n\n# the migration,\n# once for each version\n- job.yaml # last';
  const { kustomization } = await fixRule('resource-order', job('\n  backoffLimit: 0'), before, {
    '/deployment.yaml': deployment,
  });
  expect(kustomization).toBe(
    'resources:\n# all of it\n# the migration,\n# once for each version\n- job.yaml # last\n- deployment.yaml\n',
  );
});

test('what Flux builds is fixed: a patch in its Kustomization, and a file in a folder that it applies whole', async () => {
  const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
  patches:
    - target: {kind: Job}
      patch: |
        # retries
        - op: replace
          path: /spec/backoffLimit
          value: 3
`;
  const waiting = deployment.replace(
    'containers:',
    'initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration-v1]}]\n      containers:',
  );
  const { tree, outcome } = await fixTree({
    '/clusters/shop.yaml': kustomization,
    '/clusters/source.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec: {url: https://example.com/x.git}\n',
    '/apps/job.yaml': job('\n  backoffLimit: 0'),
    '/apps/deployment.yaml': waiting,
  });
  expect(outcome.refused).toEqual([]);
  expect(outcome.linted.result.findings).toEqual([]);
  expect(tree['/clusters/shop.yaml']).toBe(kustomization.replace('value: 3', 'value: 0'));
  expect(tree['/apps/default-reads-jobs.yaml']).toContain('kind: RoleBinding');
});

test('a fix that leaves a pipeline unreadable is refused', async () => {
  const pipeline = `release: {script: ["sed -i 's/:v1/:v2/' k8s/job.yaml", git commit -am release, git push origin main]}\n`;
  const { tree, outcome } = await fixTree({
    '/.git/HEAD': 'ref: refs/heads/main\n',
    '/.gitlab-ci.yml': pipeline,
    '/k8s/job.yaml': job('\n  backoffLimit: 0'),
  });
  expect(outcome.refused.map(({ finding, why }) => [finding.rule, why])).toEqual([
    ['ci-skip', 'a file could no longer be read'],
  ]);
  expect(tree['/.gitlab-ci.yml']).toBe(pipeline);
});
