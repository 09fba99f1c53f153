import { spawn } from 'node:child_process';
import {
  chmodSync,
  fsyncSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { type FileWriter, replaceFile } from '../../src/fix/replace-file.ts';
import { temporaryFolder } from '../support/disk.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const disk: FileWriter = {
  write: (descriptor, content, from) => writeSync(descriptor, content, from),
  flush: fsyncSync,
  rename: renameSync,
};

/** A folder of its own with one file in it. */
function place(text = 'old'): { at: string; path: string } {
  const at = temporaryFolder();
  const path = join(at, 'job.yaml');
  writeFileSync(path, text);
  return { at, path };
}

test('the new content takes the place of the old, with its mode', () => {
  const { at, path } = place();
  chmodSync(path, 0o750);
  // Windows has fewer modes.
  const { mode } = statSync(path);
  replaceFile(path, bytes('new'), bytes('old'));
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(statSync(path).mode).toBe(mode);
  expect(readdirSync(at)).toEqual(['job.yaml']);
});

test('a new file is made, and none is written over', () => {
  const { at, path } = place();
  replaceFile(join(at, 'new.yaml'), bytes('new'), undefined);
  expect(readFileSync(join(at, 'new.yaml'), 'utf8')).toBe('new');
  expect(() => replaceFile(path, bytes('new'), undefined)).toThrow('the file has changed in the meantime');
  expect(readFileSync(path, 'utf8')).toBe('old');
});

test('what somebody else has written meanwhile stays', () => {
  const { path } = place('newer');
  expect(() => replaceFile(path, bytes('new'), bytes('old'))).toThrow('the file has changed in the meantime');
  expect(readFileSync(path, 'utf8')).toBe('newer');
});

describe('a disk that fails leaves the old file and nothing else', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  const fail = (): never => {
    throw full;
  };
  let calls = 0;
  const writers: readonly (readonly [string, FileWriter])[] = [
    ['at the first byte', { ...disk, write: fail }],
    [
      'half-way',
      {
        ...disk,
        write: (descriptor, content, from) => (calls++ === 0 ? writeSync(descriptor, content, from, 2) : fail()),
      },
    ],
    ['when it is flushed', { ...disk, flush: fail }],
    ['when it is renamed', { ...disk, rename: fail }],
  ];
  test.each(writers)('%s', (_, writer) => {
    const { at, path } = place();
    expect(() => replaceFile(path, bytes('longer than before'), bytes('old'), writer)).toThrow('ENOSPC');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(at)).toEqual(['job.yaml']);
  });
});

test('a process that is killed leaves the old file or the new one', async () => {
  const bundle = join(temporaryFolder(), 'write.cjs');
  // Writes two texts in turn, as fast as it can. Both are long, so that a kill meets it while it writes.
  const script = `
    import { replaceFile } from './src/fix/replace-file.ts';
    const [path] = process.argv.slice(2);
    const texts = ['a', 'b'].map((letter) => new TextEncoder().encode(letter.repeat(4_000_000)));
    process.stdout.write('ready');
    for (let i = 0; ; i++) replaceFile(path, texts[(i + 1) % 2], texts[i % 2]);`;
  const root = join(import.meta.dirname, '../..');
  await build({
    stdin: { contents: script, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    outfile: bundle,
  });
  const { at, path } = place();
  const seen = new Set<string>();
  for (let round = 0; round < 20 || (seen.size < 2 && round < 60); round++) {
    for (const name of readdirSync(at)) rmSync(join(at, name));
    writeFileSync(path, 'a'.repeat(4_000_000));
    const child = spawn(process.execPath, [bundle, path]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await setTimeout(round * 3);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const text = readFileSync(path, 'utf8');
    expect(text.length).toBe(4_000_000);
    expect(text).toBe(text.charAt(0).repeat(4_000_000));
    seen.add(text.charAt(0));
  }
  expect([...seen].sort()).toEqual(['a', 'b']);
});
