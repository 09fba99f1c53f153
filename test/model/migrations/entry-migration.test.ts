import { describe, expect, test } from 'vitest';
import { lintRule } from '../../support/lint-rule.ts';

interface Written {
  readonly script?: string;
  /** Further fields of the service's container. */
  readonly container?: string;
  readonly dockerfile?: string;
}

const [entrypoint, cmd] = ['ENTRYPOINT ["./entrypoint.sh"]\n', 'CMD ["./bin/rails", "server"]\n'];

/** Where the entry point of a service's image migrates; undefined if nothing is reported. */
async function migratesIn({
  script = 'npx prisma migrate deploy\n',
  container = '',
  dockerfile = `${entrypoint}${cmd}`,
}: Written): Promise<string | undefined> {
  const findings = await lintRule('service-runs-migration', {
    'kustomization.yaml': 'resources: [job.yaml, deployment.yaml]\n',
    'job.yaml':
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration-v1}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}\n',
    'deployment.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {containers: [{name: main, image: "shop:v1"${container}}]}}}\n`,
    Dockerfile: `FROM node:22\nCOPY . .\n${dockerfile}`,
    'entrypoint.sh': `#!/bin/sh\n${script}exec "$@"\n`,
  });
  return /runs `([^`]*)` in its entry point/.exec(findings.join('\n'))?.[1];
}

describe('entry-migration', () => {
  test.each<[string, Written, string | undefined]>([
    ['a command of the script', {}, 'npx prisma migrate deploy'],
    ['a script that does not migrate', { script: 'echo npx prisma\n' }, undefined],
    ['a command that the script only prints', { script: 'echo npx prisma migrate deploy\n' }, undefined],
    ['no entry point', { dockerfile: cmd }, undefined],
    ['a container with a command of its own', { container: ', command: [./serve]' }, undefined],
    ['a container with arguments of its own', { container: ', args: [./serve]' }, 'npx prisma migrate deploy'],
  ])('%s', async (_, written, expected) => {
    expect(await migratesIn(written)).toBe(expected);
  });

  const migrate = 'npx prisma migrate deploy\n';
  test.each([
    ['after a condition', `if [ -f x ]; then\n  echo x\nfi\n${migrate}`, true],
    ['after an indented condition', `  if [ -f x ]; then\n  echo x\n  fi\n${migrate}`, true],
    ['after a loop', `for each in a b; do\n  echo x\ndone\n${migrate}`, true],
    ['after a choice', `case $x in\n  a) echo x;;\nesac\n${migrate}`, true],
    ['after a function', `log() {\n  echo x\n}\n${migrate}`, true],
    ['after a function with space', `log () {\n  echo x\n}\n${migrate}`, true],
    ['after words like those of conditions', `echo notify\nverify=1\n./if-not\nfinish\ndonefile\n${migrate}`, true],
    ['after an exit in a condition', `if [ -f x ]; then\n  exit 1\nfi\n${migrate}`, true],
    ['in a condition', `if [ -f x ]; then\n  ${migrate}fi\n`, false],
    ['in an indented condition', `  if [ -f x ]; then\n    ${migrate}  fi\n`, false],
    ['in a loop', `while true; do\n  ${migrate}done\n`, false],
    ['in a function', `up() {\n  ${migrate}}\n`, false],
    ['behind a condition', `[ -f x ] && ${migrate}`, false],
    ['after an exit', `exit 0\n${migrate}`, false],
    ['after an indented exit', `  exec ./serve\n${migrate}`, false],
    ['after a command that begins like an exit', `executor\nexited\n${migrate}`, true],
    ['after a command with such an argument', `echo exit\n${migrate}`, true],
  ])('a command %s', async (_, script, expected) => {
    expect(await migratesIn({ script })).toBe(expected ? 'npx prisma migrate deploy' : undefined);
  });

  const onServer = `if [ "$*" = "./bin/rails server" ]; then\n  ${migrate}fi\n`;
  test.each<[string, Written, boolean]>([
    ['that the image starts', {}, true],
    ['that the last CMD of the image starts', { dockerfile: `${entrypoint}CMD ["./worker"]\n${cmd}` }, true],
    ['that the image does not start', { dockerfile: `${entrypoint}CMD ["./worker"]\n` }, false],
    ['of an image that starts nothing', { dockerfile: entrypoint }, false],
    [
      'that the container starts',
      { dockerfile: entrypoint, container: ', args: [./bin/rails, server, -p, "80"]' },
      true,
    ],
    ['that the container does not start', { container: ', args: [./bin/rails, runner]' }, false],
    ['within another condition', { script: `if [ -f x ]; then\n${onServer}fi\n` }, false],
    [
      'around another condition',
      { script: onServer.replace('npx', 'if true; then\n npx').replace('fi', 'fi\nfi') },
      false,
    ],
  ])('a condition on the Rails server %s', async (_, written, expected) => {
    expect(await migratesIn({ script: onServer, ...written })).toBe(expected ? 'npx prisma migrate deploy' : undefined);
  });
});
