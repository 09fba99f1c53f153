import { describe, expect, test } from 'vitest';
import { scriptFinder } from '../../src/delivery/packages/package-scripts.ts';
import type { ScriptCall } from '../../src/objects/package-script.ts';
import { readScriptCall } from '../../src/shell/script-call.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

function inShort({ manager, name, rest, workspace }: ScriptCall): string {
  return [manager, name, ...rest, workspace && `in ${workspace}`].filter(Boolean).join(' ');
}

describe('calls', () => {
  test.each([
    ['npm run db:migrate', 'npm db:migrate'],
    ['npm run-script migrate', 'npm migrate'],
    ['npm run --silent migrate', 'npm migrate'],
    ['npm run migrate -- --verbose', 'npm migrate --verbose'],
    ['npm start', 'npm start'],
    ['npm run migrate -w api', 'npm migrate in api'],
    ['npm --prefix apps/api run migrate', 'npm migrate in apps/api'],
    ['yarn migrate', 'yarn migrate'],
    ['yarn workspace api migrate', 'yarn migrate in api'],
    ['pnpm --filter=api migrate', 'pnpm migrate in api'],
    ['pnpm -F api run migrate', 'pnpm migrate in api'],
    ['bun run migrate', 'bun migrate'],
    ['composer run-script migrate', 'composer migrate'],
    ['node --run migrate', 'npm migrate'],
  ])('%s', (command, expected) => {
    const call = readScriptCall(command.split(' '));
    expect(call && inShort(call)).toBe(expected);
  });

  test.each([
    'npm ci',
    'npm migrate',
    'npm run',
    'yarn install',
    'pnpm exec prisma',
    'make migrate',
    'node dist/main.js',
    '',
  ])('no script: %s', (command) => {
    expect(readScriptCall(command.split(' '))).toBeUndefined();
  });
});

/** The script that a call in an image means, for a tree in `folder` of a repository with these packages. */
function find(packages: Readonly<Record<string, object>>, folder: string, command: string, image: string) {
  const files = Object.entries(packages).map(([path, content]) => [`/repo/${path}`, JSON.stringify(content)]);
  const system = memoryFileSystem(
    Object.fromEntries([['/repo/.git/HEAD', ''], ['/repo/k8s/kustomization.yaml', ''], ...files]),
  );
  const call = readScriptCall(command.split(' '));
  const script =
    call && scriptFinder(new SourceCache(system))(folder.startsWith('/') ? folder : `/repo/${folder}`)(call, image);
  return script && `${script.call}: ${script.text} (${script.at.file.text.slice(script.at.start, script.at.end)})`;
}

const scripts = (text: string) => ({ scripts: { migrate: text } });

describe('the package that is meant', () => {
  test('is that of the repository', () => {
    const packages = { 'package.json': scripts('prisma migrate deploy') };
    expect(find(packages, 'k8s', 'npm run migrate', 'registry/myapp:v1')).toBe(
      'npm run migrate: prisma migrate deploy ("prisma migrate deploy")',
    );
  });

  test('is rather the one nearest above the tree', () => {
    const packages = { 'package.json': scripts('a'), 'apps/shop/package.json': scripts('b') };
    expect(find(packages, 'apps/shop/k8s', 'yarn migrate', 'registry/myapp:v1')).toBe('yarn migrate: b ("b")');
  });

  test('is rather the one that is called as the image is', () => {
    const packages = {
      'package.json': scripts('a'),
      'apps/shop/package.json': scripts('b'),
      'apps/x/package.json': { name: '@example/search-service', ...scripts('c') },
    };
    expect(find(packages, 'k8s', 'npm run migrate', 'registry/shop-migration:v1')).toBe('npm run migrate: b ("b")');
    expect(find(packages, 'k8s', 'npm run migrate', 'registry/search:v1')).toBe('npm run migrate: c ("c")');
  });

  test('is the one that the call names', () => {
    const packages = {
      'package.json': scripts('a'),
      'apps/shop/package.json': { name: '@example/shop', ...scripts('b') },
    };
    for (const workspace of ['shop', '@example/shop', './apps/shop', 'apps/shop']) {
      expect(find(packages, 'k8s', `npm run migrate -w ${workspace}`, 'x')).toBe('npm run migrate: b ("b")');
    }
    expect(find(packages, 'k8s', 'npm run migrate -w other', 'x')).toBeUndefined();
  });

  test('is the only one in the repository', () => {
    expect(find({ 'backend/package.json': scripts('a') }, 'k8s', 'npm run migrate', 'x')).toBe(
      'npm run migrate: a ("a")',
    );
  });

  test('is the only one with the script', () => {
    const packages = {
      'package.json': { scripts: { build: 'turbo build' } },
      'packages/db/package.json': scripts('a'),
    };
    expect(find(packages, 'k8s', 'npm run migrate', 'x')).toBe('npm run migrate: a ("a")');
  });

  test('is none where several have such a script and nothing shows which is meant', () => {
    const packages = { 'a/package.json': scripts('a'), 'b/package.json': scripts('a') };
    expect(find(packages, 'k8s', 'npm run migrate', 'x')).toBeUndefined();
  });

  test('is none outside of a repository, in node_modules, and where the file cannot be read', () => {
    expect(
      find(
        { 'node_modules/a/package.json': scripts('a'), 'test/b/package.json': scripts('b') },
        'k8s',
        'npm run migrate',
        'x',
      ),
    ).toBeUndefined();
    expect(find({ 'package.json': scripts('a') }, '/elsewhere', 'npm run migrate', 'x')).toBeUndefined();
    expect(find({ 'package.json': [1] }, 'k8s', 'npm run migrate', 'x')).toBeUndefined();
  });
});

test('npm runs what is to run before and after; Composer has lists, PHP and scripts of scripts', () => {
  const content = { scripts: { premigrate: 'a', migrate: 'b', postmigrate: 'c' } };
  expect(find({ 'package.json': content }, 'k8s', 'npm run migrate', 'x')).toBe('npm run migrate: a && b && c ("b")');
  const composer = { scripts: { migrate: ['@php artisan migrate', '@seed', 'echo done'], seed: 'x' } };
  expect(find({ 'composer.json': composer }, 'k8s', 'composer migrate', 'x')).toMatch(
    /^composer migrate: php artisan migrate && composer run seed && echo done /,
  );
});
