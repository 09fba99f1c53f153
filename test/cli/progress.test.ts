import { expect, test } from 'vitest';
import { showProgress } from '../../src/command-line/output/progress.ts';
import type { Stream, Terminal } from '../../src/command-line/terminal.ts';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

/** A terminal, and what is written to its standard error. */
function terminal(isTerminal: boolean, env: Terminal['env'] = {}, columns = 40) {
  const written: string[] = [];
  const err: Stream = { isTerminal, columns, write: (text) => void written.push(text) };
  return { written, terminal: { err, env, directory: '/w' } };
}

test('a line after a second, not more than ten in one, erased at the end', () => {
  const { written, terminal: shown } = terminal(true);
  let time = 0;
  const progress = showProgress(shown, false, () => time);
  for (let done = 1; done <= 300; done++) {
    time = done * 10;
    progress.update(done, 300, `/w/overlays/with-a-long-name/\u001b[31m${done}`);
  }
  progress.erase();
  progress.erase();
  expect(written).toHaveLength(22);
  expect(written[0]).toBe('\r\u001b[KBuilt 100 of 300 roots: ...u001b[31m100');
  for (const line of written.slice(0, -1)) {
    expect(line.slice(4).length).toBeLessThan(40);
    expect(line.slice(4)).not.toContain('\u001b');
  }
  expect(written.at(-1)).toBe('\r\u001b[K');
});

test('nothing in a file, on a terminal that cannot erase, when it is quiet, or when it is soon over', () => {
  for (const [isTerminal, env, quiet, step] of [
    [false, {}, false, 100],
    [true, { TERM: 'dumb' }, false, 100],
    [true, {}, true, 100],
    [true, {}, false, 1],
  ] as const) {
    const { written, terminal: shown } = terminal(isTerminal, env);
    let time = 0;
    const progress = showProgress(shown, quiet, () => time);
    for (let done = 1; done <= 100; done++) {
      time += step;
      progress.update(done, 100, '/w/a');
    }
    progress.erase();
    expect(written).toEqual([]);
  }
});

test('progress is reported for each root as it is built', async () => {
  const files = Object.fromEntries(
    ['a', 'b', 'c'].map((name) => [`/w/${name}/kustomization.yaml`, 'namePrefix: x-\n']),
  );
  const reported: string[] = [];
  const onProgress = (done: number, all: number, path: string) => void reported.push(`${done}/${all} ${path}`);
  await run(['.'], '/w', { onProgress }, memoryFileSystem(files));
  expect(reported).toEqual(['1/3 /w/a', '2/3 /w/b', '3/3 /w/c']);
});
