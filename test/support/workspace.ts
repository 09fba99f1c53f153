import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach } from 'vitest';
import { bundle } from '../../scripts/build.mjs';
import { writeCodeCache } from '../../scripts/code-cache.mjs';
import { main } from '../../src/command-line/main.ts';
import { platformTerminal } from '../../src/command-line/platform-terminal.ts';
import { replaceFile } from '../../src/fix/replace-file.ts';
import { nativeFileSystem } from '../../src/source/files/file-system.ts';
import { platformPaths } from '../../src/source/files/platform-paths.ts';
import { temporaryFolder, writeFiles } from './disk.ts';
import { recordingTerminal } from './terminal.ts';

/** What a run of the command left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** All of the environment, but for the PATH of a process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Relative to the workspace. */
  readonly directory?: string;
}

/** Files by their paths from the workspace. */
export type WorkspaceFiles = Readonly<Record<string, string | Uint8Array>>;

/** A folder on the disk to run the command in, which holds the same files at the start of each test. */
export interface Workspace {
  readonly path: string;
  /** The bundled command, as it is published, in a folder with nothing else. There once the tests run. */
  readonly cli: string;
  write(files: WorkspaceFiles): void;
  read(path: string): string;
  /** Runs the bundled command in a process of its own, as a user does. */
  run(args: readonly string[], options?: RunOptions): Outcome;
  /**
   * Runs the same code in this process, a hundred times as fast: for the many cases of one kind, once `run` was tested with
   * one. Programs that the command starts, Git and Helm, would not start in the workspace; those need `run`.
   */
  runHere(args: readonly string[], options?: RunOptions): Promise<Outcome>;
}

let bundled: Promise<string> | undefined;

/** Bundles the command into a folder of the run, once for all tests of this worker; gives the path of the command. */
function bundleCommand(): Promise<string> {
  bundled ??= (async () => {
    const folder = temporaryFolder();
    await bundle(folder);
    writeCodeCache(folder);
    return join(folder, 'cli.cjs');
  })();
  return bundled;
}

/** Makes a workspace for the tests of a file, which may take as long as processes do. Called where the tests are defined. */
export function createWorkspace(files: WorkspaceFiles = {}): Workspace {
  const path = temporaryFolder();
  let cli = '';
  beforeAll(async () => {
    cli = await bundleCommand();
  });

  beforeEach(() => {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path);
    writeFiles(path, files);
  });

  return {
    path,
    get cli() {
      return cli;
    },
    write: (more) => writeFiles(path, more),
    read: (name) => readFileSync(join(path, name), 'utf8'),
    run(args, { env = {}, stdin = '', directory = '.' } = {}) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
        cwd: join(path, directory),
        env: { PATH: process.env['PATH'] ?? '', ...env },
        input: stdin,
        encoding: 'utf8',
      });
      return { code: status, out: stdout, err: stderr };
    },
    async runHere(args, { env = {}, stdin = '', directory = '.' } = {}) {
      const { terminal, output } = recordingTerminal({
        directory: join(path, directory),
        env,
        fileSystem: nativeFileSystem,
        readStdin: () => (typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
        replaceFile,
        writeFile: (file, content) => writeFileSync(file, content),
        makeFolder: (folder) => mkdirSync(folder, { recursive: true }),
        remove: (each) => rmSync(each, { recursive: true, force: true }),
      });
      const code = await main(args, platformTerminal(terminal, platformPaths));
      return { code, ...output };
    },
  };
}
