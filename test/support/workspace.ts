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

/** The outcome of a run of the command. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** The whole environment; a process gets the PATH in addition. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Relative to the workspace. */
  readonly directory?: string;
}

/** Files by their paths relative to the workspace. */
export type WorkspaceFiles = Readonly<Record<string, string | Uint8Array>>;

/** A folder on disk to run the command in. Each test starts with the same files in it. */
export interface Workspace {
  readonly path: string;
  /** The path of the bundled command, as it is published. Available inside tests, not where they are defined. */
  readonly cli: string;
  write(files: WorkspaceFiles): void;
  read(path: string): string;
  /** Runs the bundled command in a process of its own, as a user does. */
  run(args: readonly string[], options?: RunOptions): Outcome;
  /**
   * Runs the same code in this process, which is a hundred times as fast: for further cases, after one was tested with `run`.
   * Not for cases in which the command starts Git or Helm, which would not run in the workspace.
   */
  runHere(args: readonly string[], options?: RunOptions): Promise<Outcome>;
}

let bundled: Promise<string> | undefined;

/** Bundles the command once for all tests of this worker; returns its path. */
function bundleCommand(): Promise<string> {
  bundled ??= (async () => {
    const folder = temporaryFolder();
    await bundle(folder);
    writeCodeCache(folder);
    return join(folder, 'cli.cjs');
  })();
  return bundled;
}

/** Makes a workspace for the tests of a file. Called where the tests are defined, not inside them. */
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
