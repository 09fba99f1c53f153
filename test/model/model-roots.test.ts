// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { describe, expect, test } from 'vitest';
import type { BuildProblem } from '../../src/kustomize/problem.ts';
import { findAwaitedTtl } from '../../src/model/jobs/job-ttl.ts';
import { modelRoots } from '../../src/model/model-roots.ts';
import { spanText } from '../../src/objects/place.ts';
import { now } from '../../src/source/clock.ts';
import { firstOf } from '../support/first-of.ts';
import { modelFromYaml, rootFromYaml } from '../support/root-from-yaml.ts';

const job = (name: string, spec = '', init = ''): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {${spec}template: {spec: {restartPolicy: Never, initContainers: [${init}], containers: [{name: main, image: x, command: [npm, run, ${name}]}]}}}`;
const service = (name: string, waitsFor: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {template: {spec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: ${waitsFor}}], containers: [{name: main, image: x}]}}}`;

describe('model-roots', () => {
  test('what each root says of itself', () => {
    const root = rootFromYaml(job('migrate'), '/tree/shop');
    const { kustomization: _, ...plain } = root;
    const models = modelRoots(
      [
        { ...root, order: 'fifo' },
        { ...plain, kustomization: undefined, path: '/tree/plain' },
      ],
      { dialect: '5.7' },
    );
    expect(
      models.map(({ root: { path }, dialect, kustomized, order, complete }) => ({
        path,
        dialect,
        kustomized,
        order,
        complete,
      })),
    ).toEqual([
      { path: '/tree/shop', dialect: '5.7', kustomized: true, order: 'fifo', complete: true },
      { path: '/tree/plain', dialect: '5.7', kustomized: false, order: undefined, complete: true },
    ]);
  });

  test('a root that could not be built as a whole', () => {
    const root = rootFromYaml(job('migrate'));
    const problems = root.files.map((file): BuildProblem => {
      return { kind: 'incomplete', message: 'x', at: { file, start: 0, end: 1 }, related: [] };
    });
    expect(modelRoots([{ ...root, problems }], { dialect: '5.8' }).map(({ complete }) => complete)).toEqual([false]);
  });

  test('roots whose turn comes after the time are left out', () => {
    const roots = [rootFromYaml(job('migrate'), '/a'), rootFromYaml(job('migrate'), '/b')];
    const modelled = (end: number): number => modelRoots(roots, { dialect: '5.8', time: { end, seconds: 1 } }).length;
    expect([modelled(now() + 60_000), modelled(0)]).toEqual([2, 0]);
  });

  describe('a Flux Kustomization in another root', () => {
    const kustomization = (path: string, postBuild: string): string =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: shop, namespace: flux-system}\nspec: {path: ${path}, postBuild: ${postBuild}}`;
    const versions =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: versions, namespace: flux-system}\ndata: {TAG: v3}';

    /** Who applies a service, and whether what it waits for is the Job that is built beside it. */
    function modelShop(...others: readonly string[]): string {
      const shop = rootFromYaml(
        [job('migrate-v3'), service('shop', '[job, "migrate-${TAG}"]')].join('\n---\n'),
        '/w/shop',
      );
      const roots = others.map((text, index) => rootFromYaml(text, `/w/clusters/${index}`));
      const model = firstOf(modelRoots([shop, ...roots], { dialect: '5.8' }));
      return `${model.applier.kind}, ${model.matches.map(({ exact }) => exact.length).join()}`;
    }

    test.each([
      ['nothing', [], 'unknown, 0'],
      ['its variable', [kustomization('./shop', '{substitute: {TAG: v3}}')], 'flux, 1'],
      ['another value', [kustomization('./shop', '{substitute: {TAG: v4}}')], 'flux, 0'],
      ['another folder', [kustomization('./web', '{substitute: {TAG: v3}}')], 'unknown, 0'],
      [
        'the ConfigMap of a third root',
        [kustomization('./shop', '{substituteFrom: [{kind: ConfigMap, name: versions}]}'), versions],
        'flux, 1',
      ],
      [
        'another ConfigMap',
        [
          kustomization('./shop', '{substituteFrom: [{kind: ConfigMap, name: versions}]}'),
          versions.replace('v3', 'v2'),
        ],
        'flux, 0',
      ],
    ])('%s', (_, others, expected) => expect(modelShop(...others)).toBe(expected));
  });

  test('what somebody waits for is a migration, and so is what the settings name', () => {
    const reasonsOf = (migrationJobs: readonly string[], ...objects: readonly string[]): unknown =>
      modelFromYaml(objects.join('\n---\n'), { migrationJobs }).migrations.map(({ job: { object }, reasons }) => [
        object.name.value,
        reasons.length,
      ]);
    const jobs = [job('report'), job('"setup[1]"')];
    expect(reasonsOf([], ...jobs)).toEqual([]);
    expect(reasonsOf([], ...jobs, service('shop', '[job, report]'))).toEqual([['report', 1]]);
    expect(reasonsOf(['rep*'], ...jobs)).toEqual([['report', 1]]);
    expect(reasonsOf(['r?port', 'setup[1]'], ...jobs)).toEqual([
      ['report', 1],
      ['setup[1]', 1],
    ]);
    expect(reasonsOf(['', 'setup[a', 'rep'], ...jobs)).toEqual([]);
  });

  test('who delivers a folder is asked only where there is a migration', () => {
    const asked: string[] = [];
    const delivery = (folder: string): undefined => void asked.push(folder);
    modelRoots([rootFromYaml(job('migrate'), '/a'), rootFromYaml(job('report'), '/b')], { dialect: '5.8', delivery });
    expect(asked).toEqual(['/a']);
  });

  test('the scripts of the folder’s package.json are looked into', () => {
    const file = firstOf(rootFromYaml('scripts: {}').files);
    const folders: string[] = [];
    const at = { file, start: 0, end: 7 };
    const model = modelFromYaml(job('setup'), {
      scripts: (folder) => {
        folders.push(folder);
        return ({ manager, name }) => ({ call: `${manager} run ${name}`, text: 'npx prisma migrate deploy', at });
      },
    });
    expect([folders, model.migrations.map(({ reasons }) => reasons)]).toEqual([
      ['/tree'],
      [['its container `main` runs `npm run setup`, which runs `npx prisma migrate deploy` (Prisma)']],
    ]);
  });

  test('a Job that waits for one of its own name waits for another', () => {
    const wait = '{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job, migrate]}';
    expect(modelFromYaml(job('migrate', '', wait)).matches.map(({ exact }) => exact.length)).toEqual([0]);
    expect(
      modelFromYaml([job('seed', '', wait), job('migrate')].join('\n---\n')).matches.map(({ exact }) => exact.length),
    ).toEqual([1]);
  });

  test('roots that are not modelled are built where somebody asks what they bring', () => {
    let built = 0;
    const there = rootFromYaml(
      `${job('migrate')}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: there}`,
      '/elsewhere',
    );
    const elsewhere = {
      holding() {
        built++;
        return [there];
      },
      binding: () => [],
      positionOf: () => 0,
    };
    const [model] = modelRoots([rootFromYaml(service('shop', '[job, migrate]'))], { dialect: '5.8' }, elsewhere);
    expect(built).toBe(0);
    expect(model?.otherRoots.jobsNamed('migrate').map(({ object }) => object.name.value)).toEqual(['migrate']);
    expect(model?.configInAllRoots('Secret').map(({ name }) => name)).toEqual(['there']);
    expect(built).toBe(2);
  });
});

describe('unnamed-migration', () => {
  test('Jobs with a part of a name, of which kustomize builds nothing', () => {
    const unnamed = (kind: string, prefix: string, command: string): string =>
      `apiVersion: batch/v1\nkind: ${kind}\nmetadata: {generateName: ${prefix}}\nspec: {template: {spec: {containers: [{name: main, image: x, command: ${command}}]}}}`;
    const { resources } = rootFromYaml(
      [
        unnamed('Job', 'shop-migration-', '[run]'),
        unnamed('Job', 'setup-', '[npx, prisma, migrate, deploy]'),
        unnamed('Job', 'report-', '[run]'),
        unnamed('Workflow', 'web-migration-', '[run]'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: migration-}',
      ].join('\n---\n'),
    );
    const [model] = modelRoots([{ ...rootFromYaml(''), unnamed: resources }], { dialect: '5.8' });
    expect(
      model?.unnamedMigrations.map(({ job: { object }, reasons }) => [object.name.value, object.name.path, ...reasons]),
    ).toEqual([
      ['shop-migration-', 'metadata.generateName', 'its name `shop-migration-` says so'],
      ['setup-', 'metadata.generateName', 'its container `main` runs `npx prisma migrate deploy` (Prisma)'],
    ]);
    expect(model?.releases).toEqual([]);
  });
});

describe('job-ttl', () => {
  function ttlOf(objects: readonly string[]): string | undefined {
    const model = modelFromYaml(objects.join('\n---\n'));
    const [found] = model.jobs.flatMap((each) => findAwaitedTtl(model, each) ?? []);
    if (found === undefined) return undefined;
    const {
      seconds,
      workload,
      found: { at, related, object, field },
    } = found;
    const notes = related.map((one) => `${one.note} at ${spanText(one.at)}`).join(', ');
    return `${seconds} for ${workload.object.name.value}; ${field} of ${object.name} at ${spanText(at)}; ${notes}`;
  }

  test.each([
    [
      'a waiter by name',
      [
        job('migrate', 'ttlSecondsAfterFinished: 60, '),
        service('shop', '[job, migrate]'),
        service('web', '[job, migrate]'),
      ],
      '60 for shop; spec.ttlSecondsAfterFinished of migrate at 60; container `wait` waits for it at wait',
    ],
    [
      'a waiter by labels',
      [
        job('migrate', 'ttlSecondsAfterFinished: 60, ').replace('name: migrate}', 'name: migrate, labels: {a: b}}'),
        service('shop', '[job, -la=b]'),
      ],
      undefined,
    ],
    [
      'a waiter for another',
      [job('migrate', 'ttlSecondsAfterFinished: 60, '), service('shop', '[job, other]')],
      undefined,
    ],
    ['no time', [job('migrate'), service('shop', '[job, migrate]')], undefined],
    [
      'at once',
      [job('migrate', 'ttlSecondsAfterFinished: 0, '), service('shop', '[job, migrate]')],
      '0 for shop; spec.ttlSecondsAfterFinished of migrate at 0; container `wait` waits for it at wait',
    ],
  ] as const)('%s', (_, objects, expected) => expect(ttlOf(objects)).toBe(expected));
});
