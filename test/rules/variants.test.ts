// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

/** What one rule says of these objects. */
function judge(id: string, ...objects: readonly string[]): string[] {
  const messages: string[] = [];
  const rule = rules.find((each) => each.id === id);
  rule?.check(modelFromYaml(objects.join('\n---\n')), ({ message }) => messages.push(message));
  return messages;
}

const database = 'env: [{name: DATABASE_URL, value: "postgres://db/shop"}]';

/** The migration Job of the service `shop`. */
function job({ name = 'shop-migration-v1', image = 'registry/shop-migration:v1', more = '' } = {}): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata: {name: "${name}"${more}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "${image}", command: [npx, prisma, migrate, deploy], ${database}}]}}}`;
}

const waiter = '{name: wait, image: groundnuty/k8s-wait-for:v2.0, args: [job-wr, shop-migration-v1]}';

/** A Deployment with these init containers and containers. */
function service(
  init: readonly string[],
  containers = [`{name: shop, image: "registry/shop:v1", ${database}}`],
): string {
  const list = (items: readonly string[]): string => items.map((item) => `\n      - ${item}`).join('');
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      serviceAccountName: shop\n      initContainers:${list(init)}\n      containers:${list(containers)}`;
}

describe('wait-order', () => {
  const early = (init: string) => judge('wait-order', job(), service([init, waiter]));
  const own = (more: string) => `{name: seed, image: "registry/shop:v1", ${database}, ${more}}`;

  test('an init container of the service that comes first', () => {
    expect(early(own('command: [node, seed.js]'))).toEqual([
      'Init container `seed` of Deployment `shop` uses the database and runs before `wait` has waited for the migration: it works on the old schema, or fails on it and the waiter never runs.',
    ]);
    expect(judge('wait-order', job(), service([waiter, own('command: [node, seed.js]')]))).toEqual([]);
    const second = ['{name: proxy, image: "envoy:v1"}', `{name: shop, image: "registry/shop:v1", ${database}}`];
    expect(judge('wait-order', job(), service([own('args: [seed]'), waiter], second))).toHaveLength(1);
  });

  test.each([
    ['another image', `{name: seed, image: "registry/tools:v1", ${database}}`],
    ['the migration itself', own('command: [npx, prisma, migrate, deploy]')],
    ['one that waits for the server', own('command: [sh, -c, "until pg_isready; do sleep 1; done"]')],
    ['one that is called so', `{name: wait-for-db, image: "registry/shop:v1", ${database}, command: [node, db.js]}`],
    ['one that copies files', own('args: [cp, -r, static, /static]')],
    ['one without a database', '{name: seed, image: "registry/shop:v1"}'],
  ])('is fine: %s', (_, init) => {
    expect(early(init)).toEqual([]);
  });

  const kubectl = (more: string) => `{name: wait, image: "kubectl:v1", command: ${more}}`;
  const app = '{name: shop, image: "registry/shop:v1"}';

  test('a waiter among the containers', () => {
    expect(judge('wait-order', job(), service([], [waiter, app]))).toEqual([
      'Container `wait` of Deployment `shop` waits for the migration, but is one of `containers`, which all start together: the service does not wait.',
    ]);
    expect(judge('wait-order', job(), service([], [waiter]))).toEqual([]);
    expect(
      judge(
        'wait-order',
        job(),
        service([], [kubectl('[kubectl, wait, --for=condition=complete, job/shop-migration-v1]'), app]),
      ),
    ).toHaveLength(1);
  });

  test('one that goes on to start the service', () => {
    const script = '[sh, -c, "kubectl wait --for=condition=complete job/shop-migration-v1 && exec node main.js"]';
    expect(judge('wait-order', job(), service([], [kubectl(script), app]))).toEqual([]);
  });

  test('a waiter that runs beside the others', () => {
    const sidecar = waiter.replace('{', '{restartPolicy: Always, ');
    expect(judge('wait-order', job(), service([sidecar], [app]))[0]).toContain(
      'is an init container with `restartPolicy: Always`, and the others start alongside it: the service does not wait.',
    );
  });
});

describe('wait-rbac', () => {
  const access = (rules: string, namespace = '') =>
    `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: shop}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r${namespace}}\nrules: [${rules}]\n---\n` +
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b${namespace}}\nsubjects: [{kind: ServiceAccount, name: shop}]\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}`;
  const allow = (verbs: string, more = '') => `{apiGroups: [batch], resources: [jobs], verbs: [${verbs}]${more}}`;
  const of = (container: string, rules: string) => judge('wait-rbac', job(), service([container]), access(rules));
  const withArgs = (args: string) => `{name: wait, image: groundnuty/k8s-wait-for:v2.0, args: [${args}]}`;
  const kubectl =
    '{name: wait, image: "kubectl:v1", command: [kubectl, wait, --for=condition=complete, --timeout=1h, job/shop-migration-v1]}';

  test.each([
    ['by name', waiter, 'get, list, watch'],
    ['by selector', withArgs('job-wr, "-lapp=shop"'), 'get, list, watch'],
    ['kubectl wait', kubectl, 'get, list, watch'],
  ])('all that is needed: %s', (_, container, verbs) => {
    expect(of(container, allow(verbs))).toEqual([]);
  });

  test.each([
    ['by name, get alone', waiter, 'get', /may not `list` or `watch` Jobs.*needs only `get` as long as the Job exists/],
    ['by name, without get', waiter, 'list, watch', /may not `get` Jobs.*init container `wait` is refused/],
    [
      'by selector, without list',
      withArgs('job-wr, "-lapp=shop"'),
      'get, watch',
      /may not `list` Jobs.*is refused, and the pods/,
    ],
    [
      'by selector, without watch',
      withArgs('job-wr, "-lapp=shop"'),
      'get, list',
      /may not `watch` Jobs.*does without it, but `kubectl wait` would be refused/,
    ],
    ['kubectl wait, without watch', kubectl, 'get, list', /may not `watch` Jobs.*is refused, and the pods/],
    ['kubectl wait, without list', kubectl, 'get, watch', /may not `list` Jobs.*is refused, and the pods/],
    ['nothing', waiter, 'create', /may not `get`, `list` or `watch` Jobs/],
  ])('%s', (_, container, verbs, message) => {
    const reported = of(container, allow(verbs));
    expect(reported).toEqual([expect.stringMatching(message)]);
  });

  test('names that a rule is narrowed to', () => {
    const narrowed = (name: string) => of(waiter, `${allow('get, list, watch', `, resourceNames: [${name}]`)}`);
    expect(narrowed('shop-migration-v1')).toEqual([]);
    expect(narrowed('cart-migration-v1')).toHaveLength(1);
  });

  test('a container that waits is no init container', () => {
    const reported = judge(
      'wait-rbac',
      job(),
      service([], [waiter, '{name: shop, image: "registry/shop:v1"}']),
      access(allow('list')),
    );
    expect(reported[0]).toContain(': container `wait` is refused');
  });
});

describe('image-version-match', () => {
  const of = (own: string, ...theirs: readonly string[]) =>
    judge(
      'image-version-match',
      job({ image: own }),
      service(
        [waiter],
        theirs.map((image, index) => `{name: c${index}, image: "${image}"}`),
      ),
    );
  const [a, b] = ['ab', 'cd'].map((digits) => `sha256:${digits.repeat(32)}`);

  test.each([
    ['another tag', 'registry/shop-migration:v1', 'registry/shop:v2'],
    ['another tag of the same image', 'registry/shop:v1', 'registry/shop:v2'],
    ['another digest of the same image', `registry/shop@${a}`, `registry/shop@${b}`],
    ['another word and another version', 'registry/shop:v1-migration', 'registry/shop:v2'],
  ])('%s', (_, own, other) => {
    expect(of(own, other)).toEqual([
      `Job \`shop-migration-v1\` runs \`${own}\` but Deployment \`shop\` runs \`${other}\`: the service runs on the schema of another version.`,
    ]);
  });

  test.each([
    ['the same tag', 'registry/shop-migration:v1', ['registry/shop:v1']],
    ['a word more', 'registry/shop:v1-migration', ['registry/shop:v1']],
    ['tags that move', 'registry/shop-migration:latest', ['registry/shop:v1']],
    ['tags that move on the other side', 'registry/shop-migration:v1', ['registry/shop:main']],
    ['digests of two images', `registry/shop-migration@${a}`, [`registry/shop@${b}`]],
    ['a digest on one side', `registry/shop@${a}`, ['registry/shop:v1']],
    ['a digest on one side, and nothing on the other', 'registry/shop', [`registry/shop@${a}`]],
    ['a digest behind a tag', `registry/shop:v1@${a}`, [`registry/shop@${b}`]],
    ['the same digest', `registry/shop@${a}`, [`registry/shop@${a}`]],
    ['no tag', 'registry/shop-migration', ['registry/shop:v1']],
    ['a variable', 'registry/shop-migration:${TAG}', ['registry/shop:v1']],
    ['something else', 'registry/tools:v1', ['registry/shop:v2']],
    ['one container of the version', 'registry/shop-migration:v1', ['registry/shop:v2', 'registry/shop:v1']],
  ])('is fine: %s', (_, own, theirs) => {
    expect(of(own, ...theirs)).toEqual([]);
  });
});

describe('two releases in one tree', () => {
  const release = (name: string, image = `registry/${name}:v1`) => [
    job({ name: `${name}-migration-v1`, image: `registry/${name}-migration:v1` }).replaceAll('db/shop', `db/${name}`),
    service([waiter.replace('shop-migration', `${name}-migration`)], [`{name: main, image: "${image}"}`]).replaceAll(
      '{name: shop}',
      `{name: ${name}}`,
    ),
  ];

  test('each service belongs to its own migration', () => {
    for (const id of ['image-version-match', 'job-command', 'env-source-match', 'wait-job-match', 'wait-missing'])
      expect(judge(id, ...release('shop'), ...release('cart')), id).toEqual([]);
    expect(judge('image-version-match', ...release('shop'), ...release('cart', 'registry/cart:v2'))).toEqual([
      'Job `cart-migration-v1` runs `registry/cart-migration:v1` but Deployment `cart` runs `registry/cart:v2`: the service runs on the schema of another version.',
    ]);
  });

  test('the order of the lists is asked of each pair', () => {
    const [jobOfShop = '', shop = '', jobOfCart = '', cart = ''] = [...release('shop'), ...release('cart')];
    expect(judge('resource-order', jobOfShop, shop, jobOfCart, cart)).toEqual([]);
    const reported = judge('resource-order', jobOfShop, cart, shop, jobOfCart);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toContain('`cart-migration-v1`');
    expect(reported[0]).not.toContain('`shop');
  });
});

describe('job-name-valid', () => {
  const of = (name: string) => judge('job-name-valid', job({ name }), service([waiter]));
  const long = 'a'.repeat(50);

  test.each([
    ['shop-Migration', 'capitals in its name'],
    ['shop_migration', '`_` in its name'],
    ['shop_migration+1', '`_` and `+` in its name'],
    ['Shop_migration', '`_` and capitals in its name'],
    [`${long}-migration-1234`, 'a name of 65 characters, 2 too many'],
    ['-shop-migration', ''],
    ['shop-migration-', ''],
    ['shop..migration', ''],
  ])('%s', (name, what) => {
    const reported = of(name);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toContain(what);
  });

  test.each(['shop-migration', 'shop.migration', '0-migration', `${long}-migration-12`, 'shop-migration-${TAG}x'])(
    '%s is fine',
    (name) => {
      expect(of(name).filter((reported) => !reported.includes('$'))).toEqual([]);
    },
  );
});

describe('what waits is a container', () => {
  const beside = '{name: shop, image: "registry/shop:v1"}';
  const of = (id: string, args: string, more = '') =>
    judge(
      id,
      job({ more }),
      service([], [`{name: wait, image: groundnuty/k8s-wait-for:v2.0, args: [${args}]}`, beside]),
    );

  test('for a Job that is not there', () => {
    const [reported] = of('wait-job-match', 'job-wr, shop-migration-v2');
    expect(reported).toContain('The container never gets past it.');
    expect(judge('wait-job-match', job(), service([waiter.replace('v1]', 'v2]')]))[0]).toContain(
      'The pods never get past `Init`.',
    );
  });

  test('in another namespace, by name and by selector', () => {
    const inShop = (args: string) =>
      judge(
        'wait-namespace',
        job({ more: ', namespace: shop, labels: {app: shop}' }),
        service([], [`{name: wait, image: groundnuty/k8s-wait-for:v2.0, args: [${args}]}`, beside]).replace(
          '{name: shop}',
          '{name: shop, namespace: shop}',
        ),
      );
    expect(inShop('job-wr, shop-migration-v1')).toEqual([]);
    expect(inShop('job-wr, shop-migration-v1, -n, other')[0]).toMatch(
      /Job `shop-migration-v1`.*The container never gets past it/,
    );
    expect(inShop('job-wr, "-lapp=shop", -n, other')[0]).toContain('Jobs with `app=shop`');
  });
});

describe('wait-deadlock', () => {
  const later = ', annotations: {argocd.argoproj.io/sync-wave: "1"}';
  const waiting = (init: string) => judge('wait-deadlock', job({ more: later }), service([init]));

  test('a Job of a later wave', () => {
    expect(waiting(waiter)).toEqual([
      'Argo CD runs Job `shop-migration-v1` only once Deployment `shop` is healthy, and its pods wait for the Job: neither ever starts.',
    ]);
    expect(judge('wait-deadlock', job(), service([waiter]))).toEqual([]);
  });

  test.each([
    ['a sidecar', waiter.replace('name: wait,', 'name: wait, restartPolicy: Always,')],
    [
      'a wait that may fail',
      '{name: wait, image: "kubectl:1", command: [sh, -c, "kubectl wait --for=condition=complete job/shop-migration-v1 || true"]}',
    ],
  ])('%s holds nothing back', (_, init) => {
    expect(waiting(init)).toEqual([]);
  });

  test('a wait for two Jobs by a label', () => {
    const both = waiter.replace('shop-migration-v1', '"-lapp=shop"');
    const labelled = (name: string) => job({ name, more: `${later}, labels: {app: shop}` });
    expect(judge('wait-deadlock', labelled('one-migration'), service([both]))).toHaveLength(1);
    expect(judge('wait-deadlock', labelled('one-migration'), labelled('two-migration'), service([both]))).toEqual([]);
  });

  /** What is said of a workload that waits for the Job, and that a Service `db` leads to. */
  function judgeServer({ image = 'postgres:16', selector = 'app: db', name = 'db' } = {}): string[] {
    const server = service([waiter], [`{name: db, image: "${image}"}`])
      .replace('kind: Deployment', 'kind: StatefulSet')
      .replace('template:\n', 'template:\n    metadata: {labels: {app: db}}\n');
    const other = 'apiVersion: v1\nkind: Service\nmetadata: {name: other}\nspec: {selector: {app: db}}';
    const leading = `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {${selector}}}`;
    return judge('wait-deadlock', job(), server, other, leading);
  }

  test('the database of the Job', () => {
    expect(judgeServer()).toEqual([expect.stringContaining('StatefulSet `shop`')]);
    expect(judgeServer({ image: 'shop:v1' })).toEqual([]);
    expect(judgeServer({ selector: 'app: web' })).toEqual([]);
    expect(judgeServer({ name: 'cache' })).toEqual([]);
  });
});

describe('wait-job-match', () => {
  const missing = (argument: string, ...labels: readonly string[]) =>
    judge(
      'wait-job-match',
      ...labels.map((each, i) => job({ name: `shop-migration-${i}`, more: `, labels: {${each}}` })),
      service([waiter.replace('shop-migration-v1', argument)]),
    );

  test('labels that no Job has', () => {
    expect(missing('"-lapp=shop"', 'app: web')).toEqual([
      expect.stringContaining('waits for Jobs with `app=shop`, but no Job of this build has these labels.'),
    ]);
    expect(missing('"-lapp=shop"', 'app: web', 'app: shop')).toEqual([]);
    expect(missing('"-lapp in (shop)"', 'app: web')).toEqual([]);
  });

  test('a Job that has some of the labels is shown', () => {
    const notes: string[] = [];
    const rule = rules.find(({ id }) => id === 'wait-job-match');
    const jobs = ['app: web', 'app: shop, tier: old'].map((labels, i) =>
      job({ name: `shop-migration-${i}`, more: `, labels: {${labels}}` }),
    );
    const text = [...jobs, service([waiter.replace('shop-migration-v1', '"-lapp=shop,tier=new"')])].join('\n---\n');
    rule?.check(modelFromYaml(text), ({ related }) => notes.push(...related.map(({ note }) => note)));
    expect(notes).toEqual(['Job `shop-migration-1` has some of them']);
  });
});

describe('wait-timeout', () => {
  const untimed = (script: string) =>
    judge('wait-timeout', job(), service([`{name: wait, image: "kubectl:1", command: [sh, -c, "${script}"]}`]));
  const wait = 'kubectl wait --for=condition=complete job/shop-migration-v1';

  test.each([
    [wait, 'the container fails and is restarted with growing pauses'],
    [`${wait} || true`, 'the service starts anyway'],
  ])('%s: %s', (script, consequence) => {
    expect(untimed(script)).toEqual([expect.stringContaining(`If the migration takes longer, ${consequence}.`)]);
  });

  test('not with a timeout, in a loop, or of what does not wait for Jobs', () => {
    expect(untimed(`${wait} --timeout=600s`)).toEqual([]);
    expect(untimed(`until ${wait}; do sleep 1; done`)).toEqual([]);
    expect(untimed('until nc -z db 5432; do sleep 1; done')).toEqual([]);
  });
});
