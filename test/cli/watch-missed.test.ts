import { expect, test } from 'vitest';
import { watch } from '../../src/command-line/commands/watch.ts';
import { platformTerminal } from '../../src/command-line/platform-terminal.ts';
import type { EarlierRun } from '../../src/earlier-run.ts';
import { runWithBuilds } from '../../src/run.ts';
import { posixPaths } from '../../src/source/files/platform-paths.ts';
import { defaultSourceLimits } from '../../src/source/source-cache.ts';
import { configMap } from '../kustomize/build-files.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { recordingTerminal } from '../support/terminal.ts';

const original: Record<string, string> = {
  '/w/.git/HEAD': '',
  '/w/app/kustomization.yaml': 'resources: [config.yaml]\n',
  '/w/app/config.yaml': configMap('app'),
};

/** A terminal over files that change while the command runs. Changes in a folder are only reported once it is watched. */
function terminalOver(files: Record<string, string>) {
  const now = () => memoryFileSystem(files);
  const listeners = new Map<string, (name: string) => void>();
  let interrupt = () => {};
  const { terminal } = recordingTerminal({
    fileSystem: {
      readFile: (path) => now().readFile(path),
      stat: (path) => now().stat(path),
      listDirectory: (path) => now().listDirectory(path),
      realPath: (path) => now().realPath(path),
    },
    watchFolder(path, onChange) {
      listeners.set(path, onChange);
      return () => listeners.delete(path);
    },
    untilInterrupted: () =>
      new Promise((resolve) => {
        interrupt = () => resolve();
      }),
  });
  const write = (path: string, text: string) => {
    files[path] = text;
    const parts = path.split('/');
    // Only changes in watched folders are reported.
    for (let end = 2; end <= parts.length; end++) {
      listeners.get(parts.slice(0, end - 1).join('/') || '/')?.(parts[end - 1] ?? '');
    }
  };
  return { terminal: platformTerminal(terminal, posixPaths), write, interrupt: () => interrupt() };
}

/** Watches, and does something after each of the runs, before the folders of that one are watched. Gives the roots and objects of each. */
async function watchWhile(
  after: readonly ((write: (path: string, text: string) => void) => void)[],
  files: Readonly<Record<string, string>> = original,
): Promise<string[]> {
  const { terminal, write, interrupt } = terminalOver({ ...files });
  const rootsOfRuns: string[] = [];
  const lint = async (earlier: EarlierRun | undefined) => {
    const { result, memory } = await runWithBuilds(['.'], '/w', {}, terminal.fileSystem, { earlier });
    rootsOfRuns.push(result.roots.map(({ path, objects }) => `${path} ${objects}`).join(', '));
    const next = after[rootsOfRuns.length - 1];
    if (next === undefined) interrupt();
    else next(write);
    return memory;
  };

  expect(await watch(['.'], {}, terminal, lint)).toBe(0);
  return rootsOfRuns;
}

test('what changes during the first run is seen', async () => {
  const edit = (write: (path: string, text: string) => void) =>
    write('/w/app/config.yaml', [configMap('app'), configMap('other')].join('---\n'));
  expect(await watchWhile([edit])).toEqual(['/w/app 1', '/w/app 2']);
});

test('what changes in a new folder before it is watched is seen', async () => {
  expect(
    await watchWhile([
      (write) => {
        write('/w/new/kustomization.yaml', 'resources: [config.yaml]\n');
        write('/w/new/config.yaml', configMap('new'));
      },
      (write) => write('/w/new/config.yaml', [configMap('new'), configMap('other')].join('---\n')),
      (write) => write('/w/new/deeper/config.yaml', configMap('deeper')),
    ]),
  ).toEqual(['/w/app 1', '/w/app 1, /w/new 1', '/w/app 1, /w/new 2', '/w/app 1, /w/new 2']);
});

test('what could not be read is no change', async () => {
  const large = `${configMap('large')}#${' '.repeat(defaultSourceLimits.fileSize)}`;
  expect(await watchWhile([], { ...original, '/w/app/config.yaml': large })).toEqual(['/w/app 0']);
});

test('folders that the system does not let us watch are reported once', async () => {
  const { terminal, output } = recordingTerminal({
    fileSystem: memoryFileSystem(original),
    watchFolder(path) {
      throw Object.assign(new Error(`ENOSPC: System limit for number of file watchers reached, watch '${path}'`), {
        code: 'ENOSPC',
      });
    },
  });
  const platform = platformTerminal(terminal, posixPaths);
  await watch(['.'], {}, platform, async () => {
    const { memory } = await runWithBuilds(['.'], '/w', {}, platform.fileSystem, {});
    return memory;
  });
  expect(output.err).toMatch(
    /^Watching for changes; press Ctrl-C to stop\.\n\d folders cannot be watched \(ENOSPC: [^)]*'\): changes there go unnoticed; raise the limit `fs\.inotify\.max_user_watches`, or lint fewer folders\.\n$/,
  );
});
