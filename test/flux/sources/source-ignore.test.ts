import { expect, test } from 'vitest';
import { readSourceIgnore } from '../../../src/flux/sources/source-ignore.ts';
import { SourceCache } from '../../../src/source/source-cache.ts';
import { memoryFileSystem } from '../../support/memory-file-system.ts';

function ignored(files: Record<string, string>, field: string | undefined, paths: readonly string[]): string[] {
  const isIgnored = readSourceIgnore('/repo', field, new SourceCache(memoryFileSystem(files)));
  return paths.filter((path) => isIgnored(`/repo/${path}`, path.endsWith('/')));
}

test('what source-controller leaves out by itself', () => {
  const paths = ['.git/config', '.github/workflows/ci.yaml', 'a/b.png', 'a/.sops.yaml', '.gitlab-ci.yml', 'a/app.yaml'];
  expect(ignored({}, undefined, paths)).toEqual(paths.slice(0, -1));
});

test('.sourceignore works as .gitignore does, in its folder and below, the last match first', () => {
  const files = {
    '/repo/.sourceignore': '# comment\n/*\n!/deploy\n/deploy/**/test\n*.md\n',
    '/repo/deploy/x/.sourceignore': 'local.yaml\n!keep.md\ndocs/\n',
  };
  const paths = ['src/main.go', 'deploy/x/app.yaml', 'deploy/x/local.yaml', 'local.yaml', 'deploy/x/a/test/b.yaml'];
  expect(ignored(files, undefined, paths)).toEqual([
    'src/main.go',
    'deploy/x/local.yaml',
    'local.yaml',
    'deploy/x/a/test/b.yaml',
  ]);
  expect(ignored(files, undefined, ['deploy/a.md', 'deploy/x/keep.md', 'deploy/x/docs', 'deploy/x/docs/'])).toEqual([
    'deploy/a.md',
    'deploy/x/docs/',
  ]);
});

test('the object of the source has the last word', () => {
  const files = { '/repo/.sourceignore': '/deploy\n' };
  expect(ignored(files, '!/deploy\n/tmp', ['deploy/a.yaml', 'tmp/a.yaml'])).toEqual(['tmp/a.yaml']);
});
