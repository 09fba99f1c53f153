import { expect, test } from 'vitest';
import { Repository } from '../../src/delivery/repository.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

test('a link out of the repository is not followed', () => {
  const system = memoryFileSystem({
    '/repo/a.yml': 'a: b\n',
    '/repo/link.yml': { link: '/secret.yml' },
    '/repo/inner.yml': { link: 'a.yml' },
    '/secret.yml': 'a: b\n',
  });
  const repository = new Repository('/repo', new SourceCache(system));
  expect(repository.read('/repo/a.yml')?.text).toBe('a: b\n');
  expect(repository.read('/repo/inner.yml')?.text).toBe('a: b\n');
  expect(repository.read('/repo/link.yml')).toBeUndefined();
  expect(repository.read('/secret.yml')).toBeUndefined();
  expect(repository.kindOf('/repo/../secret.yml')).toBeUndefined();
});
