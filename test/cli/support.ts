import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../../scripts/build.mjs';

/** What a run of the command left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Relative to the workspace. */
  readonly directory?: string;
}

/** A temporary folder with the bundled command beside it. */
export interface Workspace {
  readonly path: string;
  readonly cli: string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  run(args: readonly string[], options?: RunOptions): Outcome;
  remove(): void;
}

/** Bundles the command as it is published, and makes a folder for trees. */
export async function createWorkspace(): Promise<Workspace> {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-lint-test-')));
  await bundle(join(top, 'dist'));
  const cli = join(top, 'dist', 'cli.cjs');
  const path = join(top, 'w');
  mkdirSync(path);
  return {
    path,
    cli,
    write(files) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), content);
      }
    },
    run(args, { env = {}, stdin = '', directory = '.' } = {}) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
        cwd: join(path, directory),
        env: { PATH: process.env['PATH'] ?? '', ...env },
        input: stdin,
        encoding: 'utf8',
      });
      return { code: status, out: stdout, err: stderr };
    },
    remove: () => rmSync(top, { recursive: true, force: true }),
  };
}
