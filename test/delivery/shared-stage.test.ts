// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import { describe, expect, test } from 'vitest';
import { findAround, gitlab } from './repository.ts';

const stages = 'FROM node:20-alpine AS service\nRUN npm ci\n';
const last = `${stages}FROM node:20-alpine AS Migration\nRUN npm ci\n`;

/** The builds that get the stage of the migration, if these commands build images from this Dockerfile. */
async function sharing(dockerfile: string, ...commands: readonly string[]): Promise<string[]> {
  const script = commands.map((command) => `    - ${command}\n`).join('');
  const found = await findAround({
    Dockerfile: dockerfile,
    'Dockerfile.migration': undefined,
    ...gitlab(`images:\n  script:\n${script}`),
  });
  return found.filter((each) => each.startsWith('dockerfile-target ')).map((each) => each.replace(/^\S+ /, ''));
}

const migration = 'docker build --target migration -t registry.example.com/shop-migration:$TAG .';
const service = 'docker build -t registry.example.com/shop:$TAG .';

describe('shared-stage', () => {
  test('a build without a target gets the last stage', async () => {
    expect(await sharing(last, migration, service)).toEqual(['.gitlab-ci.yml:4 registry.example.com/shop:$TAG']);
    expect(
      await sharing(last, 'docker build --target migration -t shop:migration-$TAG .', 'docker build -t shop:$TAG .'),
    ).toEqual(['.gitlab-ci.yml:4 shop:$TAG']);
  });

  test('images that are only tests do not count beside pushed ones', async () => {
    const push = (image: string): string => `docker push registry.example.com/${image}:$TAG`;
    expect(await sharing(last, migration, service, push('shop-migration'))).toEqual([]);
    expect(await sharing(last, migration, service, push('shop-migration'), push('shop'))).toHaveLength(1);
  });

  test.each([
    ['the stage of the service is the last one', `FROM node:20 AS migration\n${stages}`, [migration, service]],
    ['the build names its stage', last, [migration, service.replace('build', 'build --target service')]],
    ['nothing names the last stage', last, [migration.replace('--target migration', '--target service'), service]],
    ['the last stage has no name', last.replace(' AS Migration', ''), [migration, service]],
    ['it is the same image', last, [migration, migration.replace(' --target migration', '')]],
    ['it is an image for migrations', last, [migration, 'docker build -t registry.example.com/migrator:$TAG .']],
    ['it is built from another file', last, [migration, service.replace(' -t', ' -f service.Dockerfile -t')]],
    [
      'the stage is not for a migration',
      last.replace('Migration', 'tools'),
      [migration.replaceAll('migration', 'tools'), service],
    ],
  ])('nothing if %s', async (_, dockerfile, commands) => {
    expect(await sharing(dockerfile, ...commands)).toEqual([]);
  });
});
