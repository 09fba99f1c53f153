// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux or a shell fills.
import { describe, expect, test } from 'vitest';
import { type FluxKustomization, readFluxKustomization } from '../../src/flux/flux-kustomization.ts';
import type { AppliedBy } from '../../src/model/appliers/applier.ts';
import { findRecreation, finishesBefore, isArgoHook, syncWave } from '../../src/model/appliers/recreation.ts';
import { findCommandFault } from '../../src/model/commands/command-fault.ts';
import { findLastingSidecar } from '../../src/model/migrations/job-sidecar.ts';
import { findRiskyCommand } from '../../src/model/migrations/risky-command.ts';
import { findSelfMigrations } from '../../src/model/migrations/self-migration.ts';
import type { Container, Job } from '../../src/model/objects/workload.ts';
import type { RootModel } from '../../src/model/root-model.ts';
import { firstOf } from '../support/first-of.ts';
import { modelFromYaml, rootFromYaml } from './root-from-yaml.ts';

interface Written {
  readonly metadata?: string;
  readonly pod?: string;
  readonly containers?: string;
  readonly spec?: string;
  readonly more?: string;
}

function jobOf({
  metadata = '',
  pod = '',
  containers = '{name: migrate, image: shop}',
  spec = '',
  more = '',
}: Written): {
  model: RootModel;
  job: Job;
} {
  const model = modelFromYaml(`
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop${metadata}}
spec:
  template:
    metadata: {${pod}}
    spec:
      containers: [${containers}]
      ${spec}
${more}`);
  const job = firstOf(model.jobs);
  return { model, job };
}

function containerOf(fields: string): Container {
  const container = firstOf(jobOf({ containers: `{name: migrate, ${fields}}` }).job.pod.containers);
  return container;
}

describe('job-sidecar', () => {
  const own = '{name: migrate, image: shop}';
  const proxy = '{name: proxy, image: "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2"}';
  const namespace = (metadata: string): string =>
    `---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, ${metadata}}`;

  function sidecarOf(written: Written): string {
    const { model, job } = jobOf({ containers: own, ...written });
    const [migrating] = job.pod.containers;
    const namespaces = model.listed.filter(({ kind }) => kind === 'Namespace');
    const found = migrating && findLastingSidecar(job, migrating, namespaces);
    if (found === undefined) return 'none';
    return found.kind === 'container'
      ? `container ${found.container.name.value}`
      : `${found.mesh} by ${found.setting.path}`;
  }

  test.each([
    ['nothing', {}, 'none'],
    ['a proxy', { containers: `${own}, ${proxy}` }, 'container proxy'],
    ['the proxy is what migrates', { containers: proxy }, 'none'],
    ['a helper that ends', { containers: `${own}, {name: copy, image: busybox}` }, 'none'],
    ['an image that ends alike', { containers: `${own}, {name: x, image: mynginx}` }, 'none'],
    ['an image that begins alike', { containers: `${own}, {name: x, image: nginx-config}` }, 'none'],
    ['an image in a folder', { containers: `${own}, {name: x, image: "library/nginx:1"}` }, 'container x'],
    [
      'a proxy that is asked to stop',
      {
        containers: `{name: migrate, image: shop, args: ["npm run x; curl -X POST localhost:9091/quitquitquit"]}, ${proxy}`,
      },
      'none',
    ],
    [
      'a proxy that is killed',
      {
        containers: `{name: migrate, image: shop, command: [sh, -c, "x; pkill proxy"]}, ${proxy}`,
        spec: 'shareProcessNamespace: true',
      },
      'none',
    ],
    [
      'a proxy that a signal does not reach',
      { containers: `{name: migrate, image: shop, command: [sh, -c, "x; pkill proxy"]}, ${proxy}` },
      'container proxy',
    ],
    [
      'a word like it',
      { containers: `{name: migrate, image: shop, command: [sh, -c, "x; skill proxy"]}, ${proxy}` },
      'container proxy',
    ],
    [
      'Istio by a label',
      { pod: 'labels: {sidecar.istio.io/inject: "true"}' },
      'Istio by spec.template.metadata.labels["sidecar.istio.io/inject"]',
    ],
    [
      'Istio by an annotation',
      { pod: 'annotations: {sidecar.istio.io/inject: "True"}' },
      'Istio by spec.template.metadata.annotations["sidecar.istio.io/inject"]',
    ],
    [
      'Istio by both: the annotation is named',
      { pod: 'labels: {sidecar.istio.io/inject: "true"}, annotations: {sidecar.istio.io/inject: "true"}' },
      'Istio by spec.template.metadata.annotations["sidecar.istio.io/inject"]',
    ],
    [
      'Istio switched off',
      { pod: 'labels: {sidecar.istio.io/inject: "false"}', more: namespace('labels: {istio-injection: enabled}') },
      'none',
    ],
    ['Istio by a word like it', { pod: 'labels: {sidecar.istio.io/inject: "untrue"}' }, 'none'],
    ['Istio by a longer word', { pod: 'labels: {sidecar.istio.io/inject: "trueish"}' }, 'none'],
    [
      'Istio as a native sidecar',
      { pod: 'labels: {sidecar.istio.io/inject: "true"}, annotations: {sidecar.istio.io/nativeSidecar: "true"}' },
      'none',
    ],
    [
      'Istio by the namespace',
      { more: namespace('labels: {istio-injection: enabled}') },
      'Istio by metadata.labels.istio-injection',
    ],
    ['Istio switched off by the namespace', { more: namespace('labels: {istio-injection: disabled}') }, 'none'],
    [
      'Istio by another namespace',
      { more: namespace('labels: {istio-injection: enabled}').replace('name: shop', 'name: web') },
      'none',
    ],
    [
      'Linkerd by the namespace',
      { more: namespace('annotations: {linkerd.io/inject: enabled}') },
      'Linkerd by metadata.annotations["linkerd.io/inject"]',
    ],
    [
      'Linkerd with a native sidecar',
      { pod: 'annotations: {linkerd.io/inject: enabled, config.linkerd.io/proxy-enable-native-sidecar: "true"}' },
      'none',
    ],
    [
      'Vault',
      { pod: 'annotations: {vault.hashicorp.com/agent-inject: "true"}' },
      'Vault\'s agent by spec.template.metadata.annotations["vault.hashicorp.com/agent-inject"]',
    ],
    [
      'Vault that only fills in',
      {
        pod: 'annotations: {vault.hashicorp.com/agent-inject: "true", vault.hashicorp.com/agent-pre-populate-only: "true"}',
      },
      'none',
    ],
    [
      'Consul',
      { pod: 'annotations: {consul.hashicorp.com/connect-inject: "true"}' },
      'Consul by spec.template.metadata.annotations["consul.hashicorp.com/connect-inject"]',
    ],
    [
      'Dapr',
      { pod: 'annotations: {dapr.io/enabled: "true"}' },
      'Dapr by spec.template.metadata.annotations["dapr.io/enabled"]',
    ],
    [
      'Istio harmless, Dapr not',
      {
        pod: 'annotations: {dapr.io/enabled: "true", sidecar.istio.io/inject: "true", sidecar.istio.io/nativeSidecar: "true"}',
      },
      'Dapr by spec.template.metadata.annotations["dapr.io/enabled"]',
    ],
  ] as const)('%s', (_, written, expected) => expect(sidecarOf(written)).toBe(expected));
});

describe('command-fault', () => {
  test.each([
    ['command: npx prisma migrate deploy', 'text: npx prisma migrate deploy'],
    ['command: ["npx prisma migrate deploy"]', 'one word: npx prisma migrate deploy'],
    ['command: ["/bin/my migrate", up]', 'one word: /bin/my migrate'],
    ['command: [" migrate "]', 'none'],
    ['command: ["$(RUN) migrate"]', 'none'],
    ['command: ["${RUN} migrate"]', 'none'],
    ['args: ["prisma migrate deploy"]', 'none'],
    ['command: [sh, -c, npx, prisma, migrate]', 'lost words: npx'],
    ['command: [/bin/bash, -c], args: [./migrate.sh, up]', 'lost words: ./migrate.sh'],
    ['command: [sh, -c, npx]', 'none'],
    ['command: [sh, -c, "npx \\"$@\\"", --, up]', 'none'],
    ['command: [sh, -c, "npx $0", up]', 'none'],
    ['command: [sh, -ec, npx, prisma]', 'lost words: npx'],
    ['command: [sh, -c, "cd /app && env"], args: [prisma migrate deploy]', 'unread words: prisma migrate deploy'],
    ['command: [sh, -c, "set -e; env", --, prisma, migrate, deploy]', 'unread words: prisma'],
    ['command: [sh, -c, "exec npx \\"$*\\"", --, up]', 'none'],
    ['command: [sh, -c, "exec npx ${1}", --, up]', 'none'],
    ['command: [sh, -c, "echo $#; env", --, up]', 'none'],
    ['command: [sh, -c, "shift; env", --, up]', 'none'],
    ['command: [sh, -c, "for x; do npx $x; done", --, up]', 'none'],
    ['command: [sh, -c, "cd /app && npx prisma migrate deploy", --]', 'none'],
    ['command: [sh, -c, "cd /app && npx prisma migrate deploy", /bin/sh]', 'none'],
    ['command: [sh, -c, "$(SCRIPT)", prisma migrate deploy]', 'none'],
    ['command: [sh, -e, run, up]', 'none'],
    ['command: [sh, run, up, again]', 'none'],
    ['command: [python, -c, run, up]', 'none'],
    ['command: [sh, -c]', 'none'],
    ['command: []', 'none'],
  ])('%s: %s', (fields, expected) => {
    const fault = findCommandFault(containerOf(fields));
    expect(fault ? `${fault.kind}: ${fault.field.value}` : 'none').toBe(expected);
  });

  test.each([
    ['command: [sh, -c, "cd /app && env", prisma migrate deploy]', true],
    ['command: [sh, -c, "cd /app && env", --, prisma, migrate, deploy]', true],
    ['command: [sh, -c, "npx prisma migrate deploy", --, --verbose]', false],
    ['command: [sh, -c, "npx prisma migrate deploy", prisma migrate status]', false],
    ['command: [sh, -c, "cd /app && ./run.sh", --, --verbose]', false],
  ])('%s: it is the migration that does not run: %s', (fields, expected) => {
    expect(findCommandFault(containerOf(fields))?.isMigration).toBe(expected);
  });
});

describe('risky-command', () => {
  test.each([
    ['npx prisma migrate reset --force', 'destroys: prisma migrate reset'],
    ['npx prisma db push --accept-data-loss', 'destroys: prisma db push --accept-data-loss'],
    ['npx prisma db push', 'develops: prisma db push'],
    ['npx prisma migrate dev', 'develops: prisma migrate dev'],
    ['npx prisma migrate deploy', 'none'],
    ['typeorm -d x schema:drop', 'destroys: typeorm -d x schema:drop'],
    ['typeorm schema:sync', 'destroys: typeorm schema:sync'],
    ['typeorm migration:run', 'none'],
    ['mikro-orm schema:fresh', 'destroys: mikro-orm schema:fresh'],
    ['mikro-orm schema:update', 'develops: mikro-orm schema:update'],
    ['sequelize db:migrate:undo:all', 'destroys: sequelize db:migrate:undo:all'],
    ['drizzle-kit push', 'develops: drizzle-kit push'],
    ['php artisan migrate:fresh --seed', 'destroys: php artisan migrate:fresh'],
    ['bin/rails db:reset', 'destroys: rails db:reset'],
    ['bin/console doctrine:schema:update --force', 'destroys: console doctrine:schema:update --force'],
    ['flyway -x clean migrate', 'destroys: flyway -x clean'],
    ['liquibase --url=x dropAll', 'destroys: liquibase --url=x dropAll'],
    ['migrate -path x drop', 'destroys: migrate -path x drop'],
    ['goose -dir x reset', 'destroys: goose -dir x reset'],
    ['sea-orm-cli migrate fresh', 'destroys: sea-orm-cli migrate fresh'],
    ['mix ecto.reset', 'destroys: mix ecto.reset'],
    ['dotnet ef database drop', 'destroys: dotnet ef database drop'],
    ['python manage.py flush', 'destroys: python manage.py flush'],
    ['echo prisma migrate reset', 'none'],
  ])('%s: %s', (command, expected) => {
    const found = findRiskyCommand(containerOf(`image: shop, command: [sh, -c, "${command}"]`));
    expect(found ? `${found.kind}: ${found.words}` : 'none').toBe(expected);
  });

  test('points at the last of its words, or at the script', () => {
    const pathOf = (command: string): string | undefined =>
      findRiskyCommand(containerOf(`image: shop, command: [${command}]`))?.field.path.replace(
        'spec.template.spec.containers[0].',
        '',
      );
    expect(pathOf('npx, prisma, migrate, reset, --force')).toBe('command[3]');
    expect(pathOf('sh, -c, "true; prisma migrate reset"')).toBe('command[2]');
    expect(pathOf('npx, "prisma migrate", reset')).toBe('command[2]');
  });
});

describe('self-migration', () => {
  test.each([
    ['command: [npx, prisma, migrate, deploy]', ['command at command[0]: npx']],
    [
      'command: [sh, -c, "npx  prisma migrate deploy && node ."]',
      ['command at command[2]: npx  prisma migrate deploy && node .'],
    ],
    ['command: [entry, --], args: [npx, prisma, migrate, deploy]', []],
    ['args: [npx, prisma, migrate, deploy]', ['command at args[0]: npx']],
    ['image: flyway/flyway, args: [migrate]', ['command at args[0]: migrate']],
    ['command: [node, .]', []],
    [
      'command: [node, .], lifecycle: {postStart: {exec: {command: [npx, prisma, migrate, deploy]}}}',
      ['postStart at lifecycle.postStart.exec.command[0]: npx'],
    ],
    [
      'args: [serve], lifecycle: {preStop: {exec: {command: [sh, -c, "alembic upgrade head"]}}}',
      ['preStop at lifecycle.preStop.exec.command[2]: alembic upgrade head'],
    ],
    ['lifecycle: {postStart: {exec: {command: [touch, x]}}}', []],
    [
      'command: [npx, prisma, migrate, deploy], lifecycle: {postStart: {exec: {command: [alembic, upgrade, head]}}}',
      ['command at command[0]: npx'],
    ],
  ])('%s', (fields, expected) => {
    const { job } = jobOf({
      containers: `{name: main, image: shop, ${fields}}`.replace('image: shop, image:', 'image:'),
    });
    const found = findSelfMigrations(job).map(
      ({ where, field }) =>
        `${where} at ${field.path.replace('spec.template.spec.containers[0].', '')}: ${field.value}`,
    );
    expect(found).toEqual(expected);
  });

  test('in an init container, behind a long line, and after blanks', () => {
    const migrationsIn = (yaml: string): string[] =>
      modelFromYaml(`apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: ${yaml}`).workloads.flatMap((workload) =>
        findSelfMigrations(workload).map(({ where, field }) => `${where} at ${field.path}`),
      );
    const main = 'containers: [{name: main, image: shop}]';
    expect(
      migrationsIn(`{initContainers: [{name: a, image: shop, command: [alembic, upgrade, head]}], ${main}}`),
    ).toEqual(['init container at spec.initContainers[0].command[0]']);
    const long = `alembic upgrade head ${'-x a=b '.repeat(20)}`;
    expect(migrationsIn(`{containers: [{name: a, image: shop, command: [sh, -c, "echo; ${long}"]}]}`)).toEqual([
      'command at spec.containers[0].command[2]',
    ]);
    expect(
      migrationsIn('{containers: [{name: a, image: shop, command: [tini, --], args: ["alembic", "upgrade", "head"]}]}'),
    ).toEqual(['command at spec.containers[0].command[0]']);
  });
});

describe('recreation', () => {
  const annotated = (...annotations: readonly string[]): Written => ({
    metadata: `, annotations: {${annotations.join(', ')}}`,
  });
  const force = 'kustomize.toolkit.fluxcd.io/force: enabled';
  const hook = 'argocd.argoproj.io/hook: PreSync';
  const replace = 'argocd.argoproj.io/sync-options: "Prune=false, Replace=true"';
  const helm = 'helm.sh/hook: pre-upgrade';
  /** The Flux Kustomizations that apply the Job, one with each of these fields. */
  const kustomizations = (specs: readonly string[]): FluxKustomization[] =>
    specs
      .map(
        (spec) =>
          `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: x}\nspec: {${spec}}`,
      )
      .flatMap((text) => rootFromYaml(text).resources)
      .flatMap((resource) => readFluxKustomization(resource) ?? []);

  function recreationOf(kind: AppliedBy['kind'], written: Written, specs: readonly string[]): string | undefined {
    const { model, job } = jobOf(written);
    const applier: AppliedBy = {
      kind,
      why: '',
      flux: kustomizations(specs),
      setImages: [],
      hasApplication: false,
      selfHeals: false,
    };
    return findRecreation({ ...model, applier }, job);
  }

  test.each([
    ['flux', annotated(force), [], 'flux force'],
    ['unknown', annotated(force), [], 'flux force'],
    ['kubectl', annotated(force), [], undefined],
    ['argocd', annotated(force), [], undefined],
    ['flux', {}, ['force: true', 'force: true'], 'flux spec.force'],
    ['flux', {}, ['force: true', 'force: false'], undefined],
    ['flux', {}, ['force: true', ''], undefined],
    ['flux', {}, [], undefined],
    ['flux', annotated('kustomize.toolkit.fluxcd.io/ssa: IfNotPresent'), [], 'left alone'],
    ['flux', annotated('kustomize.toolkit.fluxcd.io/ssa: Ignore'), [], 'left alone'],
    ['flux', annotated('kustomize.toolkit.fluxcd.io/ssa: Merge'), [], undefined],
    ['kubectl', annotated('kustomize.toolkit.fluxcd.io/ssa: Ignore'), [], undefined],
    ['argocd', annotated(hook), [], 'argocd hook'],
    ['unknown', annotated(hook), [], 'argocd hook'],
    ['flux', annotated(hook), [], undefined],
    ['argocd', annotated(replace), [], undefined],
    ['argocd', annotated('argocd.argoproj.io/sync-options: Force=true'), [], 'argocd force'],
    ['argocd', annotated('argocd.argoproj.io/sync-options: "Replace=true, Force=true"'), [], 'argocd force'],
    ['argocd', annotated('argocd.argoproj.io/sync-options: NoForce=true'), [], undefined],
    ['argocd', annotated('argocd.argoproj.io/sync-options: Force=trueish'), [], undefined],
    ['unknown', annotated(helm), [], 'helm hook'],
    ['kubectl', annotated(helm), [], undefined],
    ['argocd', {}, [], undefined],
  ] as const)('%s, %j, with %j: %s', (kind, written, specs, expected) => {
    expect(recreationOf(kind, written, specs)).toBe(expected);
  });

  const deployment = (annotations: string): string =>
    `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, annotations: {${annotations}}}`;
  const wave = (number: number): string => `argocd.argoproj.io/sync-wave: "${number}"`;

  test.each([
    ['argocd', '', '', 'beside'],
    ['argocd', hook, '', 'before'],
    ['unknown', hook, '', 'before'],
    ['flux', hook, '', 'beside'],
    ['kubectl', hook, '', 'beside'],
    ['argocd', 'argocd.argoproj.io/hook: PostSync', '', 'after'],
    ['flux', 'argocd.argoproj.io/hook: PostSync', '', 'beside'],
    ['kubectl', 'argocd.argoproj.io/hook: PostSync', '', 'beside'],
    ['argocd', 'argocd.argoproj.io/hook: Sync', '', 'beside'],
    ['argocd', 'argocd.argoproj.io/hook: "Sync,PreSync"', '', 'before'],
    ['argocd', 'argocd.argoproj.io/hook: "Sync, PostSync"', '', 'beside'],
    ['argocd', 'argocd.argoproj.io/hook: PostSync', 'argocd.argoproj.io/hook: PostSync', 'beside'],
    ['argocd', 'argocd.argoproj.io/hook: ","', '', 'beside'],
    ['argocd', helm, '', 'before'],
    ['argocd', 'helm.sh/hook: " pre-install "', '', 'before'],
    ['argocd', 'helm.sh/hook: "post-install,post-upgrade"', '', 'after'],
    ['argocd', 'helm.sh/hook: "pre-install,post-upgrade"', '', 'before'],
    ['argocd', `${helm}, argocd.argoproj.io/hook: Sync`, '', 'beside'],
    ['argocd', wave(-1), '', 'before'],
    ['argocd', wave(1), wave(2), 'before'],
    ['argocd', wave(1), '', 'after'],
    ['argocd', wave(1), wave(1), 'beside'],
    ['flux', wave(-1), '', 'beside'],
    ['kubectl', wave(1), '', 'beside'],
    ['argocd', `${wave(-1)}, argocd.argoproj.io/hook: PostSync`, '', 'after'],
    ['argocd', `${wave(1)}, argocd.argoproj.io/hook: Sync`, '', 'after'],
    ['argocd', `${wave(-1)}, argocd.argoproj.io/hook: Sync`, wave(-2), 'after'],
  ] as const)('%s, {%s} and {%s}: %s', (kind, own, other, expected) => {
    const { model, job } = jobOf({ ...annotated(own), more: deployment(other) });
    const workload = firstOf(model.listed.filter(({ kind: each }) => each === 'Deployment'));
    const applied = {
      ...model,
      applier: { kind, why: '', flux: [], setImages: [], hasApplication: false, selfHeals: false },
    };
    const [before, after] = [
      finishesBefore(applied, job.object, workload),
      finishesBefore(applied, workload, job.object),
    ];
    expect([before && 'before', after && 'after'].filter(Boolean).join() || 'beside').toBe(expected);
  });

  test('hooks and waves', () => {
    expect(isArgoHook(jobOf(annotated(hook)).job.object)).toBe(true);
    expect(isArgoHook(jobOf(annotated(helm)).job.object)).toBe(false);
    expect(syncWave(jobOf(annotated(wave(-3))).job.object)).toBe(-3);
    expect(syncWave(jobOf({}).job.object)).toBe(0);
  });
});
