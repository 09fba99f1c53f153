import { describe, expect, test } from 'vitest';
import { describeWaiter, mayHoldBack, type Waiter } from '../../../src/model/waiters/waiter.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

interface Written {
  readonly role?: 'init' | 'sidecar' | 'main';
  readonly name?: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: string;
}

function waitersOf({
  role = 'init',
  name = 'wait-for-migration',
  image = 'groundnuty/k8s-wait-for:v2.0',
  command,
  args,
  env,
}: Written): readonly Waiter[] {
  const model = modelFromYaml(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec:
  template:
    spec:
      ${role === 'main' ? 'containers' : 'initContainers'}:
        - name: ${name}
          image: ${image}
          ${role === 'sidecar' ? 'restartPolicy: Always' : ''}
          ${command ? `command: ${JSON.stringify(command)}` : ''}
          ${args ? `args: ${JSON.stringify(args)}` : ''}
          ${env ? `env: ${env}` : ''}
      ${role === 'main' ? '' : 'containers: [{name: main, image: shop}]'}
`);
  return model.waiters;
}

/** What a container waits for, in short. */
function describeWaiters(written: Written): string {
  const waiters = waitersOf(written);
  return waiters.length === 0 ? 'none' : waiters.map(inShort).join(' + ');
}

function inShort(waiter: Waiter): string {
  if (waiter.kind === 'unknown' && waiter.wrongMode) return `unknown mode ${waiter.wrongMode.value}`;
  if (waiter.kind !== 'job') return waiter.kind;
  const targets = waiter.targets.map((target) =>
    target.kind === 'name' ? target.name.value : `-l ${target.selector.value}`,
  );
  return [waiter.tool, waiter.mode?.value, ...targets, waiter.namespace && `in ${waiter.namespace.value}`]
    .filter(Boolean)
    .join(' ');
}

describe('waiter-wait-for: k8s-wait-for', () => {
  test.each([
    [{ args: ['job-wr', 'shop-migration'] }, 'k8s-wait-for job-wr shop-migration'],
    [{ args: ['job', 'shop-migration', '-n', 'other'] }, 'k8s-wait-for job shop-migration in other'],
    [{ args: ['job', 'shop-migration', '--namespace=other'] }, 'k8s-wait-for job shop-migration in other'],
    [{ args: ['job-we', '-lapp=shop,role=migrate'] }, 'k8s-wait-for job-we -l app=shop,role=migrate'],
    [{ args: ['job', '-l', 'app=shop'] }, 'k8s-wait-for job -l app=shop'],
    [{ command: ['wait_for.sh'], args: ['job', 'a', 'b'] }, 'k8s-wait-for job a b'],
    [{ command: ['/app/wait_for.sh', 'job', 'a'] }, 'k8s-wait-for job a'],
    [{ image: 'ghcr.io/groundnuty/k8s-wait-for@sha256:abc', args: ['job', 'a'] }, 'k8s-wait-for job a'],
    [{ image: 'registry.example.com/mirror/k8s-wait-for', args: ['job', 'a'] }, 'k8s-wait-for job a'],
    [{ image: 'alpine', command: ['sh', '-c', 'wait_for.sh job a && echo ok'] }, 'k8s-wait-for job a'],
    [{ args: ['job', '$(JOB)'], env: '[{name: JOB, value: shop-migration}]' }, 'k8s-wait-for job shop-migration'],
    [{ args: ['pod', '-lapp=db'] }, 'other'],
    [{ args: ['pod', '-ljob-name=shop-migration'] }, 'unknown'],
    [{ args: ['pod', '-l', 'batch.kubernetes.io/job-name=shop-migration'] }, 'unknown'],
    [{ args: ['service', 'db'] }, 'other'],
    [{ args: [] }, 'unknown'],
    [{ args: ['jobs', 'a'] }, 'unknown mode jobs'],
    [{ args: ['v1.4.0', 'shop-migration-v1.4.0'] }, 'unknown mode v1.4.0'],
    [{ args: ['job-wr shop-migration'] }, 'unknown mode job-wr shop-migration'],
    [{ args: ['job-wr'] }, 'unknown mode job-wr'],
    [{ args: ['sh', '-c', 'wait_for.sh job-wr a'] }, 'unknown mode sh'],
    [{ image: 'ghcr.io/fork/k8s-wait-for', args: ['wait_for.sh', 'job', 'a'] }, 'k8s-wait-for job a'],
    [{ command: ['sh', 'run.sh'], args: ['a'] }, 'unknown'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable that Flux fills.
    [{ args: ['${MODE}', 'a'] }, 'unknown'],
    [{ args: ['$(MODE)', 'a'], env: '[{name: MODE, value: job-wr}]' }, 'k8s-wait-for job-wr a'],
    [{ args: ['job', 'a'], env: '[{name: TREAT_ERRORS_AS_READY, value: "2"}]' }, 'k8s-wait-for job-wr a'],
    [{ args: ['job', 'a', '-n', '$(POD_NAMESPACE)'] }, 'k8s-wait-for job a'],
    [
      { command: ['sh', '-c'], args: ['wait_for.sh job-wr a && wait_for.sh job b -n db && wait_for.sh pod -lx=y'] },
      'k8s-wait-for job-wr a + k8s-wait-for job b in db',
    ],
  ])('%j', (written, expected) => {
    expect(describeWaiters(written)).toBe(expected);
  });
});

describe('waiter-wait-for-multi: k8s-wait-for-multi', () => {
  test.each([
    [['shop,job,a'], 'k8s-wait-for-multi a in shop'],
    [['job,a'], 'k8s-wait-for-multi a in default'],
    [['job,a', '-n', 'shop'], 'k8s-wait-for-multi a in shop'],
    [['-nshop', '--timeout', '300s', 'job,a'], 'k8s-wait-for-multi a in shop'],
    [['--namespace=$(POD_NAMESPACE)', 'job,a'], 'k8s-wait-for-multi a'],
    [
      ['shop,job,a', 'service,db', 'shop,job,b', 'db,job,c'],
      'k8s-wait-for-multi a b in shop + k8s-wait-for-multi c in db',
    ],
    [['-t', '5m', 'shop,service,db', 'shop,pod,x'], 'other'],
    [['pod-0'], 'other'],
    [[], 'unknown'],
  ])('%j', (args, expected) => {
    expect(describeWaiters({ image: 'erayan/k8s-wait-for-multi:1.6.0', args })).toBe(expected);
  });

  test('as a command in any image', () => {
    const image = 'registry.example.com/tools';
    expect(describeWaiters({ image, command: ['/k8s-wait-for-multi', 'shop,job,a'] })).toBe(
      'k8s-wait-for-multi a in shop',
    );
    expect(describeWaiters({ image, command: ['sh', '-c', 'kube-wait-for-multi -n shop job,a'] })).toBe(
      'k8s-wait-for-multi a in shop',
    );
  });
});

describe('waiter-kubectl: kubectl', () => {
  const image = 'bitnami/kubectl';
  test.each([
    [['kubectl', 'wait', '--for=condition=complete', 'job/a'], 'kubectl wait a'],
    [
      ['kubectl', 'wait', 'jobs/a', 'job.batch/b', '--for', 'condition=complete', '--timeout', '10m'],
      'kubectl wait a b',
    ],
    [['kubectl', '-n', 'db', 'wait', 'job', 'a', '--for=condition=complete'], 'kubectl wait a in db'],
    [['kubectl', 'wait', '--for=condition=complete', 'job', '-l', 'app=shop'], 'kubectl wait -l app=shop'],
    [
      ['kubectl', 'wait', '--for=condition=complete', 'jobs', '--selector=app=shop', '--namespace=db'],
      'kubectl wait -l app=shop in db',
    ],
    [['sh', '-c', 'kubectl wait --for=condition=complete --timeout=300s job/a'], 'kubectl wait a'],
    [
      ['sh', '-c', 'until kubectl get job a -o jsonpath="{.status.succeeded}" | grep 1; do sleep 2; done'],
      'kubectl get a',
    ],
    [
      ['sh', '-c', 'while [ "$(kubectl get job/a -o jsonpath={.status.succeeded})" != 1 ]; do sleep 2; done'],
      'kubectl get a',
    ],
    [['kubectl', 'wait', '--for=condition=ready', 'pod', '-l', 'app=db'], 'other'],
    [['sh', '-c', 'kubectl wait job/$NAME --for=condition=complete'], 'kubectl wait'],
    [
      [
        'sh',
        '-c',
        'kubectl wait --for=condition=complete job/a -n $NS\nkubectl wait --for=condition=complete job/b -n db',
      ],
      'kubectl wait a + kubectl wait b in db',
    ],
    [['/usr/local/bin/kubectl', 'wait', '--for', 'condition=complete', '-ndb', 'job/a'], 'kubectl wait a in db'],
  ])('%j', (command, expected) => {
    const name = expected === 'other' ? 'wait-for-db' : 'wait-for-migration';
    expect(describeWaiters({ name, image, command })).toBe(expected);
  });
});

test.each(['registry.k8s.io/kubectl:v1.34.0', 'rancher/kubectl', 'lachlanevenson/k8s-kubectl'])(
  'waiter: the entry point of %s is kubectl',
  (image) => {
    expect(describeWaiters({ image, args: ['wait', '--for=condition=complete', 'job/a'] })).toBe('kubectl wait a');
  },
);

describe('waiter: how its container counts', () => {
  test.each([
    ['init', 'Init container `wait-for-migration` of Deployment `shop`', true],
    ['sidecar', 'Sidecar `wait-for-migration` of Deployment `shop`', false],
    ['main', 'Container `wait-for-migration` of Deployment `shop`', true],
  ] as const)('%s: %s', (role, description, holds) => {
    const [waiter] = waitersOf({ role, args: ['job-wr', 'a'] });
    expect(waiter && [describeWaiter(waiter), mayHoldBack(waiter)]).toEqual([description, holds]);
  });

  test('what waits for a server holds no migration back', () => {
    expect(waitersOf({ args: ['service', 'db'] }).map(mayHoldBack)).toEqual([false]);
  });

  const status = ['sh', '-c', 'npx prisma migrate status'];
  test.each([
    [{ role: 'main', image: 'registry.example.com/waiter' }, 'none'],
    [{ role: 'main', name: 'app', image: 'shop', command: ['sh', '-c', 'alembic current && serve'] }, 'none'],
    [{ role: 'init', name: 'app', image: 'shop', command: ['sh', '-c', 'alembic current && serve'] }, 'schema'],
    [{ role: 'main', name: 'app', image: 'shop', command: status }, 'schema'],
  ] as const)('%j', (written, expected) => expect(describeWaiters(written)).toBe(expected));
});

describe('waiter: recognised only by its name and its words', () => {
  const image = 'registry.example.com/tool';
  test.each([
    [{ name: 'db-wait', image }, 'other'],
    [{ name: 'db-waiter', image }, 'other'],
    [{ name: 'db-waiting', image }, 'other'],
    [{ name: 'app-wait-for-db', image }, 'other'],
    [{ name: 'Wait-db', image }, 'other'],
    [{ name: 'kuwait-tax', image }, 'none'],
    [{ name: 'queue-waiters', image }, 'none'],
    [{ name: 'wait', image, command: ['/wait-for-schema'] }, 'unknown'],
    [{ name: 'wait', image, args: ['--until', 'migrated'] }, 'unknown'],
    [{ name: 'wait-for-jobs', image }, 'unknown'],
    [{ name: 'wait-for-init', image }, 'unknown'],
    [{ name: 'wait', image: 'registry.example.com/wait-for-job:v1' }, 'unknown'],
    [{ name: 'wait', image: 'wait-for-job:v1' }, 'unknown'],
    [{ name: 'wait', image: 'registry.example.com/k8s-waitforjob' }, 'unknown'],
    [{ name: 'wait', image: 'registry.example.com/wait-for-it-all' }, 'unknown'],
    [{ name: 'wait', image: 'registry.example.com/kube-wait-for-multi' }, 'unknown'],
    [{ name: 'wait', image: 'registry.example.com/wait-for-it' }, 'other'],
    [{ name: 'wait', image: 'registry.example.com/await-for-job' }, 'other'],
  ])('%j', (written, expected) => expect(describeWaiters(written)).toBe(expected));
});

describe('waiter: what is a command and what an entry point', () => {
  const wait = ['wait', '--for=condition=complete', 'job/a'];
  test.each([
    [{ name: 'x', image: 'kubectl:1.34', args: wait }, 'kubectl wait a'],
    [{ name: 'x', image: 'bitnami/kubectl', command: ['sh', '-c'], args: ['kubectl wait job/a'] }, 'kubectl wait a'],
    [{ name: 'x', image: 'bitnami/kubectl', command: ['echo'], args: wait }, 'none'],
    [{ name: 'x', image: 'example/kubectl-tools', args: wait }, 'none'],
    [{ name: 'x', image: 'bitnami/kubectl' }, 'none'],
    [{ command: ['wait_for.sh'], args: ['jobs', 'a'] }, 'unknown mode jobs'],
    [{ command: ['sh', '-c', 'echo start; wait_for.sh job a'] }, 'k8s-wait-for job a'],
    [{ name: 'x', image: 'alpine', command: ['sh', '-c', 'wait_for job a'] }, 'k8s-wait-for job a'],
    [{ name: 'x', image: 'alpine', command: ['sh', '-c', 'wait_for_db.sh job a'] }, 'none'],
    [{ name: 'x', image: 'alpine', command: ['sh', '-c', 'no_wait_for.sh job a'] }, 'none'],
    [
      { name: 'x', image: 'alpine', command: ['sh', '-c', 'kube-wait-for-multi shop,job,a'] },
      'k8s-wait-for-multi a in shop',
    ],
  ])('%j', (written, expected) => expect(describeWaiters(written)).toBe(expected));
});

describe('waiter: others', () => {
  const loop = (test: string): string[] => ['sh', '-c', `set -e; until ${test}; do echo wait; sleep 1; done`];
  test.each([
    [{ name: 'wait-for-schema', image: 'busybox', command: loop('nc -z db 5432') }, 'other'],
    [{ name: 'wait-for-migration', image: 'postgres', command: ['pg_isready', '-h', 'db'] }, 'other'],
    [{ name: 'wait-for-schema', image: 'postgres', command: loop('psql -c "select 1 from orders"') }, 'unknown'],
    [{ name: 'wait-for-schema', image: 'postgres', command: loop('pg_isready && ./check') }, 'unknown'],
    [{ name: 'wait-for-schema', image: 'busybox', command: ['sleep', '30'] }, 'unknown'],
    [
      { name: 'wait-for-db', image: 'busybox', command: ['sh', '-c', 'until nc -z db 5432; do sleep 1; done'] },
      'other',
    ],
    [{ name: 'wait-for-migrations', image: 'registry.example.com/waiter' }, 'unknown'],
    [{ name: 'wait', image: 'shop', command: ['python', 'manage.py', 'migrate', '--check'] }, 'schema'],
    [
      { name: 'check', image: 'shop', command: ['bundle', 'exec', 'rails', 'db:abort_if_pending_migrations'] },
      'schema',
    ],
    [{ name: 'copy-assets', image: 'shop', command: ['cp', '-r', 'a', 'b'] }, 'none'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'npx prisma migrate status'] }, 'schema'],
    [
      { name: 'check', image: 'shop', command: ['sh', '-c', 'until npx prisma migrate status; do sleep 5; done'] },
      'schema',
    ],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'alembic check'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'alembic current --check-heads'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'flask db check'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'python manage.py migrate --check'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'npx knex migrate:status'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'npx mikro-orm migration:check'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'dbmate status --exit-code'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'goose -dir m postgres x status'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'flyway validate'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'liquibase status --verbose'] }, 'schema'],
    [
      { name: 'check', image: 'shop', command: ['sh', '-c', 'php bin/console doctrine:migrations:up-to-date'] },
      'schema',
    ],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'php artisan migrate:status'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'atlas migrate status'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'mix ecto.migrations'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'sqlx migrate info'] }, 'schema'],
    [{ name: 'check', image: 'shop', command: ['sh', '-c', 'sqitch verify'] }, 'schema'],
    [{ name: 'seed', image: 'shop', command: ['npx', 'prisma', 'db', 'seed'] }, 'none'],
  ])('%j', (written, expected) => {
    expect(describeWaiters(written)).toBe(expected);
  });
});
