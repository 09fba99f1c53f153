// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as Dockerfiles and pipelines hold them.
import { describe, expect, test } from 'vitest';
import { findAround, gitlab, messagesAround } from './repository.ts';

const service =
  'FROM node:20-alpine\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY . .\nRUN npx prisma generate\nCMD ["node", "dist/main.js"]\n';
const migration =
  'FROM node:20-alpine\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npx prisma generate\n';

const around = (own: string, other = service) => findAround({ Dockerfile: other, 'Dockerfile.migration': own });
const messagesOf = async (own: string, other = service) =>
  (await messagesAround({ Dockerfile: other, 'Dockerfile.migration': own })).join('\n');

describe('dockerfile-drift', () => {
  const both = (own: string, other: string) =>
    messagesOf(`${migration}${own}\n`, service.replace('CMD', `${other}\nCMD`));

  test('a version by an argument of the base image', async () => {
    const withArgument = (text: string, version: string) =>
      text.replace('FROM node:20-alpine', `ARG NODE=${version}\nFROM node:\${NODE}-alpine`);
    expect(await messagesOf(withArgument(migration, '20'))).toBe('');
    expect(await messagesOf(withArgument(migration, '18'), withArgument(service, '"20"'))).toBe(
      "The migration's image starts from `node:18-alpine`, but the service's from `node:20-alpine`: the migration runs on another version than it is meant for.",
    );
    expect(await messagesOf(migration.replace('node:20-alpine', '${BASE}'))).toBe('');
    expect(await messagesOf(migration.replace('node:20-alpine', 'node:${V:-18}-alpine'))).toContain('`node:18-alpine`');
  });

  test('another package manager', async () => {
    expect(await messagesOf(migration.replace('npm ci', 'yarn install --frozen-lockfile'))).toBe(
      "The migration's image installs its packages with `yarn`, but the service's with `npm`, which has its own lock file: the migration runs with other versions of them than were tested.",
    );
  });

  test('no lock file', async () => {
    const without = migration
      .replace('package.json package-lock.json', 'package.json')
      .replace('npm ci', 'npm install');
    expect(await messagesOf(without)).toBe(
      "The migration's image installs its packages without the lock file that the service's has: the migration runs with other versions of them than were tested.",
    );
    for (const sources of ['package*.json', '.', 'package.json npm-shrinkwrap.json']) {
      expect(await messagesOf(without.replace('COPY package.json', `COPY ${sources}`))).toBe('');
    }
    const mounted = 'RUN --mount=type=bind,source=package-lock.json,target=package-lock.json npm install';
    expect(await messagesOf(without.replace('RUN npm install', mounted))).toBe('');
  });

  test.each([
    ['RUN npm i -g prisma@5.1.0', 'RUN npm i -g prisma@6.0.0', 'prisma', '5.1.0', '6.0.0'],
    ['RUN npm i -g @scope/tool@1', 'RUN npm i -g @scope/tool@2', '@scope/tool', '1', '2'],
    ['RUN pip install alembic==1.12.0', 'RUN pip install "alembic==1.13.0"', 'alembic', '1.12.0', '1.13.0'],
    ['ARG TOOL_VERSION=v1.2', 'ARG TOOL_VERSION=v1.3', 'TOOL_VERSION', 'v1.2', 'v1.3'],
  ])('%s and %s', async (own, other, name, mine, theirs) => {
    expect(await both(own, other)).toBe(
      `The migration's image has \`${name}\` in version \`${mine}\`, but the service's in version \`${theirs}\`: the migration runs on another version than it is meant for.`,
    );
    expect(await both(own, own)).toBe('');
    expect(await both(own, '')).toBe('');
  });

  test('another environment', async () => {
    expect(await both('ENV RAILS_ENV=staging', 'ENV A=b RAILS_ENV="production"')).toBe(
      "The migration's image sets `RAILS_ENV` to `staging`, but the service's to `production`: the migration runs in another environment than the service.",
    );
    expect(await both('ENV TZ Europe/Berlin', 'ENV TZ=UTC')).toContain('`TZ` to `Europe/Berlin`');
    for (const [own, other] of [
      ['ENV TZ=UTC', 'ENV TZ=UTC'],
      ['ENV TZ=$ZONE', 'ENV TZ=UTC'],
      ['ENV PORT=1', 'ENV PORT=2'],
      ['ENV TZ=UTC', ''],
      ['USER migration\nWORKDIR /db', 'USER node\nWORKDIR /app'],
    ] as const) {
      expect(await both(own, other)).toBe('');
    }
  });

  test('each with the service of its name', async () => {
    const old = migration.replace('node:20', 'node:18');
    const files = {
      Dockerfile: undefined,
      'Dockerfile.migration': undefined,
      'Dockerfile.shop': service,
      'Dockerfile.cart': service.replace('node:20', 'node:18'),
      'Dockerfile.cart-migration': old,
    };
    expect(await findAround(files)).toEqual([]);
    expect(await findAround({ ...files, 'Dockerfile.shop-migration': old })).toEqual([
      'dockerfile-drift Dockerfile.shop-migration:1 FROM node:18-alpine',
    ]);
  });
});

describe('dockerfile-client', () => {
  test.each([
    ['a flag', 'RUN npm ci --omit=dev', true],
    ['an older flag', 'RUN npm install --production', true],
    ['NODE_ENV', 'ENV NODE_ENV=production\nRUN npm ci', true],
    ['NODE_ENV in its older form', 'ENV NODE_ENV production\nRUN npm ci', true],
    ['NODE_ENV of the command', 'RUN NODE_ENV=production npm ci', true],
    ['pnpm', 'RUN pnpm install --frozen-lockfile --prod', true],
    ['yarn', 'RUN yarn install --production', true],
    ['pruned later', 'RUN npm ci\nRUN npm prune --omit=dev', true],
    ['installed anew', 'RUN npm ci --omit=dev\nRUN npm ci', false],
    ['NODE_ENV set later', 'RUN npm ci\nENV NODE_ENV=production', false],
    ['NODE_ENV for another step', 'ENV NODE_ENV=production\nRUN NODE_ENV=development npm ci', false],
    ['taken in all the same', 'ENV NODE_ENV=production\nRUN npm ci --include=dev', false],
    ['the tool by name', 'RUN npm ci --omit=dev && npm i prisma@6', false],
    ['one package of several', 'RUN pnpm install --prod --filter shop', false],
  ])('development packages left out: %s', async (_, install, expected) => {
    const found = await around(migration.replace('RUN npm ci', install));
    expect(found.filter((each) => each.startsWith('dockerfile-client'))).toHaveLength(expected ? 1 : 0);
  });

  test('the stage that the packages come from', async () => {
    const stages = (install: string, copy = 'COPY --from=deps /app/node_modules ./node_modules') =>
      `FROM node:20-alpine AS deps\nCOPY package*.json ./\nRUN ${install}\nFROM node:20-alpine AS unused\nCOPY package*.json ./\nRUN npm ci --omit=dev\n` +
      `FROM node:20-alpine AS run\n${copy}\nCOPY . .\nRUN npx prisma generate\n`;
    expect(await around(stages('npm ci'))).toEqual([]);
    expect(await around(stages('npm ci --omit=dev'))).toEqual([
      'dockerfile-client Dockerfile.migration:3 RUN npm ci --omit=dev',
    ]);
    expect(await around(stages('npm ci --omit=dev', 'COPY --from=0 /app ./'))).toHaveLength(1);
    expect(await around(stages('npm ci --omit=dev', 'COPY --from=unused /app/dist ./dist'))).toHaveLength(1);
    expect(await around(stages('npm ci --omit=dev', 'COPY --from=deps /app/schema.prisma .'))).toEqual([]);
  });

  test('a package.json that the Dockerfile writes itself', async () => {
    const text = 'FROM node:20-alpine\nRUN echo "{}" > package.json\nRUN npm install --omit=dev\nCOPY . .\n';
    expect(await around(text)).toEqual([]);
  });

  test.each([
    ['nothing', migration.replace('RUN npx prisma generate\n', ''), true],
    ['the hook of the package, with the schema', 'FROM node:20-alpine\nCOPY . .\nRUN npm ci\n', false],
    ['no hook, with the schema', 'FROM node:20-alpine\nCOPY . .\nRUN npm ci --ignore-scripts\n', true],
    ['a script', migration.replace('npx prisma generate', 'npm run build'), false],
    [
      'an earlier stage',
      `${migration.replace('alpine', 'alpine AS build')}FROM node:20-alpine\nCOPY --from=build /app .\n`,
      false,
    ],
    [
      'nobody who would use it',
      'FROM node:20-alpine\nCOPY package*.json ./\nRUN npm ci\nCOPY prisma ./prisma\n',
      false,
    ],
  ])('the client is made by %s', async (_, text, expected) => {
    const files = {
      'Dockerfile.migration': text,
      'package.json':
        '{"scripts": {"build": "npm run client && tsc", "client": "prisma generate", "db:migrate:deploy": "prisma migrate deploy"},\n' +
        '"dependencies": {"@prisma/client": "6"}, "devDependencies": {"prisma": "6"}}',
    };
    const found = (await findAround(files)).filter((each) => each.startsWith('dockerfile-client'));
    expect(found).toHaveLength(expected ? 1 : 0);
  });

  test.each([
    ['postinstall', 'npm ci', false],
    ['postinstall', 'npm ci --ignore-scripts', true],
    ['preinstall', 'npm ci --ignore-scripts', true],
    ['install', 'npm ci --ignore-scripts', true],
    ['prepare', 'npm ci --ignore-scripts', true],
    ['reinstall', 'npm ci --ignore-scripts && npm run reinstall', false],
    ['installed', 'npm ci --ignore-scripts && npm run installed', false],
    ['prepared', 'npm ci --ignore-scripts && npm run prepared', false],
    ['db:prepare', 'npm ci --ignore-scripts && npm run db:prepare', false],
    ['postinstall', 'npm ci && npx prisma --schema db/schema.prisma generate', false],
  ])('the client is made by the script %s, or not: %s', async (script, install, expected) => {
    const files = {
      'Dockerfile.migration': `FROM node:20-alpine\nCOPY package*.json ./\nRUN ${install}\nCOPY . .\n`,
      'package.json': JSON.stringify({
        scripts: { [script]: 'prisma generate', 'db:migrate:deploy': 'prisma migrate deploy' },
        dependencies: { '@prisma/client': '6', prisma: '6' },
      }),
    };
    const found = (await findAround(files)).filter((each) => each.startsWith('dockerfile-client'));
    expect(found).toHaveLength(expected ? 1 : 0);
  });

  test('the tool that the Job runs, not another', async () => {
    const own = migration.replace('npm ci', 'npm ci --omit=dev');
    const manifest = (script: string) =>
      JSON.stringify({
        scripts: { 'db:migrate:deploy': script },
        dependencies: { knex: '3' },
        devDependencies: { prisma: '6', tsx: '4' },
      });
    const of = async (script: string) =>
      (await messagesAround({ 'Dockerfile.migration': own, 'package.json': manifest(script) })).map(
        (message) => /`([\w-]+)` is one of them/.exec(message)?.[1],
      );
    expect(await of('knex migrate:latest')).toEqual([]);
    expect(await of('prisma migrate deploy')).toEqual(['prisma']);
    expect(await of('npx prisma@6.0.0 migrate deploy')).toEqual([]);
    expect(await of('tsx scripts/migrate.ts')).toEqual(['tsx']);
  });
});

describe('dockerfile-command', () => {
  const of = (text: string) => messagesOf(migration + text);

  test.each([
    ['CMD npm start', 'a CMD (`npm start`): a Job that does not state its command runs it instead of the migration.'],
    [
      'CMD npm start []',
      'a CMD (`npm start []`): a Job that does not state its command runs it instead of the migration.',
    ],
    [
      'ENTRYPOINT ["tini", "--"]',
      'an ENTRYPOINT (`["tini", "--"]`): a Job that states no `command` runs it, with a program in its `args` as a mere argument.',
    ],
    [
      'CMD ["npm", "run", "db:migrate:deploy"]',
      'a CMD (`["npm", "run", "db:migrate:deploy"]`): a Job without a command runs it, and the tree does not show what is run.',
    ],
    [
      'ENTRYPOINT ["dotnet", "ef", "database", "update"]',
      'an ENTRYPOINT (`["dotnet", "ef", "database", "update"]`): a Job without a command runs it, and the tree does not show what is run.',
    ],
  ])('%s', async (text, message) => {
    expect(await of(text)).toBe(`The migration's image has ${message}`);
  });

  test('one that is taken back, and one of another stage', async () => {
    expect(await of('CMD npm start\nCMD []\n')).toBe('');
    expect(await messagesOf(`FROM node:20-alpine AS base\nCMD npm start\n${migration}`)).toBe('');
  });

  test('one of the stage that it starts from', async () => {
    const text = `FROM node:20-alpine AS base\nCMD npm start\n${migration.replace('node:20-alpine', 'base')}`;
    expect(await around(text)).toEqual(['dockerfile-command Dockerfile.migration:2 CMD npm start']);
  });
});

describe('Dockerfiles that a pipeline names', () => {
  const build = (words: string) =>
    gitlab(`build:\n  script: ['docker build ${words} .']\n`, { 'Dockerfile.migration': migration });

  test('a stage of the only Dockerfile', async () => {
    const text = `FROM node:20-alpine AS migration\nCOPY . .\nRUN npm ci --omit=dev\nFROM node:20-alpine\nCMD npm start\n`;
    expect(await findAround({ ...build('--target migration -t shop'), Dockerfile: text })).toEqual([
      'dockerfile-client Dockerfile:3 RUN npm ci --omit=dev',
    ]);
    expect(await findAround({ ...build('--target migrations -t shop'), Dockerfile: text })).toEqual([]);
    expect(await findAround({ ...build('-t shop'), Dockerfile: text })).toEqual([]);
  });

  test.each([
    'docker build ops/migrations --tag registry.example.com/myapp-migration --label "run=$RUN"',
    'docker build --push --label run=1 -t registry.example.com/myapp-migration:1 ops/migrations',
    'docker buildx build ops/migrations --push -t registry.example.com/myapp-migration:1',
    'docker build -t registry.example.com/myapp-migration:1 --pull ops/migrations --no-cache',
  ])('in the folder that comes before or after the options: %s', async (command) => {
    const text = 'FROM node:20-alpine\nRUN npm ci\nCMD npm start\n';
    const files = { ...gitlab(`build:\n  script: ${JSON.stringify([command])}\n`), 'ops/migrations/Dockerfile': text };
    expect(await findAround(files)).toEqual(['dockerfile-command ops/migrations/Dockerfile:3 CMD npm start']);
  });

  test('of several stages the one that the image of the Job is built from', async () => {
    const text = `${migration.replace('FROM node:20-alpine', 'FROM node:20-alpine AS run')}FROM run AS debug\nCMD sh\n`;
    const built = (...images: readonly [stage: string, image: string][]) =>
      images.map(
        ([stage, image]) =>
          `docker build -f Dockerfile.migration --target ${stage} -t registry.example.com/${image}:1 .`,
      );
    const files = (commands: readonly string[]) => ({
      ...gitlab(`build:\n  variables: {STAGE: run}\n  script: ${JSON.stringify(commands)}\n`),
      'Dockerfile.migration': text,
    });
    const finding = ['dockerfile-command Dockerfile.migration:7 CMD sh'];
    expect(await findAround(files([]))).toEqual(finding);
    expect(await findAround(files(built(['debug', 'myapp-migration'])))).toEqual(finding);
    expect(await findAround(files(built(['run', 'myapp-migration'])))).toEqual([]);
    expect(await findAround(files(built(['$STAGE', 'myapp-migration'])))).toEqual([]);
    expect(await findAround(files(built(['$OTHER', 'myapp-migration'])))).toEqual([]);
    expect(await findAround(files(built(['debug', 'debug-migration'], ['run', 'myapp-migration'])))).toEqual([]);
    expect(await findAround(files(built(['run', 'debug-migration'], ['debug', 'myapp-migration'])))).toEqual(finding);
    expect(await findAround(files(built(['debug', 'a-migration'], ['run', 'b-migration'])))).toEqual([]);
    expect(await findAround(files(built(['debug', 'a-migration'], ['debug', 'b-migration'])))).toEqual(finding);
  });

  test('a Dockerfile by the name of its image', async () => {
    const files = {
      ...build('-f ops/db.Dockerfile -t registry/shop-migration:1'),
      'ops/db.Dockerfile': `${migration}CMD npm start\n`,
    };
    expect(await findAround(files)).toEqual(['dockerfile-command ops/db.Dockerfile:6 CMD npm start']);
  });

  test('not one whose image is only built as a test, beside others that are pushed', async () => {
    const commandsOf = async (push: string) => {
      const files = {
        ...gitlab(
          `test:\n  script:\n    - docker build -f ops/worker.Dockerfile -t shop-migration:test .\n` +
            `release:\n  script:\n    - docker build -t registry/shop:1 .\n    - ${push}\n`,
        ),
        'Dockerfile.migration': undefined,
        'ops/worker.Dockerfile': `${migration}CMD npm start\n`,
      };
      return (await findAround(files)).filter((finding) => finding.startsWith('dockerfile-command'));
    };
    expect(await commandsOf('docker push registry/shop:1')).toEqual([]);
    expect(await commandsOf('"true"')).toEqual(['dockerfile-command ops/worker.Dockerfile:6 CMD npm start']);
  });

  test('of several migrations the one whose image the tree runs', async () => {
    const faulty = `${migration}CMD npm start\n`;
    const files = (image: string) => ({
      ...gitlab(
        'build:\n  script:\n    - docker build -f Dockerfile.migration -t registry.example.com/myapp-migration:1 .\n' +
          `    - docker build -f Dockerfile.cart-migration -t registry.example.com/${image}:1 .\n`,
      ),
      'Dockerfile.cart-migration': faulty,
    });
    expect(await findAround(files('cart-migration'))).toEqual([]);
    expect(await findAround(files('myapp-migration'))).toHaveLength(1);
  });

  test('of several services the one whose folder the tree lies in', async () => {
    const faulty = `${migration}CMD npm start\n`;
    const files = { 'Dockerfile.migration': undefined, 'k8s/Dockerfile.migration': migration };
    expect(await findAround({ ...files, 'Dockerfile.cart-migration': faulty })).toEqual([]);
    expect(await findAround({ ...files, 'k8s/docker/Dockerfile.migration': faulty })).toHaveLength(1);
  });
});

test('a folder that is pushed after cd, for Flux by oras, and other artifacts', async () => {
  const of = (...commands: readonly string[]) =>
    findAround(gitlab(`push:\n  script:\n${commands.map((each) => `    - ${each}\n`).join('')}`));
  const push = 'flux push artifact oci://registry/manifests:1 --path';
  expect(await of('cd k8s', `${push} .`)).toEqual([]);
  expect(await of('cd k8s', `${push}=./k8s`)).toEqual(['ci-artifact-path .gitlab-ci.yml:4 ./k8s']);
  expect(await of('make k8s/dist', `${push}=./k8s/dist`)).toEqual([]);
  expect(await of('echo a > all.yaml', `${push} all.yaml`)).toEqual([]);
  // Each of the two overlays has a base outside of it.
  const overlays = 'ci-artifact-path .gitlab-ci.yml:3 ./k8s/overlays';
  expect(await of(`${push} ./k8s/overlays`)).toEqual([overlays, overlays]);
  const layer = 'application/vnd.cncf.flux.content.v1.tar+gzip';
  expect(await of(`oras push registry/manifests:1 ./deploy:${layer}`)).toEqual([
    'ci-artifact-path .gitlab-ci.yml:3 ./deploy',
  ]);
  expect(await of(`oras push registry/manifests:1 ./k8s:${layer}`)).toEqual([]);
  expect(await of('oras push registry/report:1 ./report.json:application/json')).toEqual([]);
});
