import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { posixPaths, windowsPaths } from '../../../src/source/files/platform-paths.ts';

describe('Windows', () => {
  const from = '/C:/Users/me/shop';

  test.each([
    ['C:\\Users\\me\\shop\\k8s', '/C:/Users/me/shop/k8s'],
    ['c:/Users/me\\shop/k8s', '/C:/Users/me/shop/k8s'],
    ['C:\\Users\\me\\shop\\k8s\\', '/C:/Users/me/shop/k8s'],
    ['C:\\', '/C:'],
    ['D:\\', '/D:'],
    ['k8s\\overlays\\production', 'k8s/overlays/production'],
    ['..\\k8s\\', '../k8s/'],
    ['.\\k8s\\*\\kustomization.yaml', './k8s/*/kustomization.yaml'],
    ['.', '.'],
    ['-', '-'],
    ['\\k8s', '/C:/k8s'],
    ['/k8s', '/C:/k8s'],
    ['C:k8s', '/C:/Users/me/shop/k8s'],
    ['C:', '/C:/Users/me/shop'],
    ['\\\\?\\C:\\k8s', '/C:/k8s'],
    ['\\\\?\\UNC\\server\\share\\k8s', '/UNC/server/share/k8s'],
    ['\\\\server\\share\\k8s', '/UNC/server/share/k8s'],
    ['//server/share/', '/UNC/server/share'],
    // One of ours that comes back, such as the file of a finding.
    ['/C:/Users/me/shop/k8s', '/C:/Users/me/shop/k8s'],
  ])('%s enters as %s', (written, ours) => {
    expect(windowsPaths().enter(written, from)).toBe(ours);
  });

  test.each([
    ['/C:/Users/me', 'C:/Users/me'],
    ['/C:', 'C:/'],
    ['/UNC/server/share/k8s', '//server/share/k8s'],
    ['/UNC/server/share', '//server/share/'],
    ['k8s/base', 'k8s/base'],
    ['<stdin>', '<stdin>'],
  ])('%s leaves as %s', (ours, left) => {
    expect(windowsPaths().leave(ours)).toBe(left);
  });

  test.each([
    ['/C:/k8s/kustomization.yaml', true],
    ['/C:', true],
    ['/', false],
    ['/k8s', false],
    // Each of these is one name to kustomize on Linux, and leads elsewhere on Windows.
    ['/C:/k8s/..\\base', false],
    ['/C:/k8s/base.yaml:stream', false],
    ['/C:/k8s/D:', false],
    ['/C:/k8s/?', false],
    ['/UNC/server/share/k8s', false],
    ['/UNC/server', false],
  ])('whether there can be a %s: %s', (ours, can) => {
    expect(windowsPaths().mayAccess(ours)).toBe(can);
  });

  test('a share is asked for once it has entered', () => {
    const { enter, mayAccess } = windowsPaths();
    enter('\\\\Server\\share\\k8s', from);
    expect(['/UNC/server/Share/base', '/UNC/server/other/base', '/UNC/elsewhere/share'].map(mayAccess)).toEqual([
      true,
      false,
      false,
    ]);
  });

  const name = fc.stringMatching(/^[\w .-]*\w$/);
  const volume = fc.constantFrom('C:', 'd:', 'z:', '\\\\server\\share', '\\\\?\\E:', '\\\\?\\UNC\\server\\share');
  const separator = fc.constantFrom('\\', '/');
  const steps = fc
    .array(fc.tuple(separator, fc.oneof(name, fc.constantFrom('.', '..'))))
    .map((each) => each.flat().join(''));

  test('what enters leaves as the same path', () => {
    const isSame = (volume: string, steps: string, end: string) => {
      const written = `${volume}\\top${steps}${end}`;
      const { enter, leave } = windowsPaths();
      const plain = written.replace(/^\\\\\?\\UNC/, '\\').replace(/^\\\\\?\\/, '');
      const expected = win32.resolve(plain.replace(/^[a-z]:/, (drive) => drive.toUpperCase()));
      expect(win32.resolve(leave(enter(written, from)))).toBe(expected);
      expect(enter(leave(enter(written, from)), from)).toBe(enter(written, from));
    };
    fc.assert(fc.property(volume, steps, fc.constantFrom('', '\\', '/'), isSame));
  });

  test('joining means the same on both sides of the border', () => {
    const isSame = (top: string, below: string) => {
      const { enter, leave, mayAccess, volumeOf } = windowsPaths();
      const folder = enter(`${top}\\a\\b\\c`, from);
      const joined = posix.resolve(folder, enter(below, from));
      // Above its drive or share, a path of Windows stays at the top; one of ours goes on, to where nothing is.
      if (volumeOf(joined) !== volumeOf(folder)) expect(mayAccess(joined)).toBe(false);
      else expect(win32.resolve(leave(joined))).toBe(win32.resolve(leave(folder), below));
    };
    const relative = fc.array(fc.oneof(name, fc.constantFrom('.', '..')), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.constantFrom('C:', '\\\\server\\share'),
        relative.map((each) => each.join('\\')),
        isSame,
      ),
    );
  });
});

test('elsewhere every path is what it is', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (path, directory) => {
      const { enter, leave, mayAccess, volumeOf } = posixPaths;
      expect([enter(path, directory), leave(path), mayAccess(path), volumeOf(path)]).toEqual([path, path, true, '']);
    }),
  );
});
