import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformPaths } from '../../source/files/platform-paths.ts';

/** The helm that the user allows a build to run. */
export interface HelmProgram {
  /**
   * Runs helm and returns what it prints. Throws a HelmFailure.
   * @param args arguments; absolute paths among them are POSIX paths
   * @param configHome the folder for helm's settings, `HELM_CONFIG_HOME`
   */
  run(args: readonly string[], configHome: string): string;
  /** Calls `use` with a temporary folder, and deletes the folder afterwards. */
  withFolder<T>(use: (folder: HelmFolder) => T): T;
}

/** A temporary folder for the values of one chart. */
export interface HelmFolder {
  readonly path: string;
  /** Writes a file and returns its absolute path. */
  write(name: string, content: string | Uint8Array): string;
}

/** helm is missing, took too long, or failed. The message is a clause: `helm …`. */
export class HelmFailure extends Error {}

/** How long helm may take for one chart, in milliseconds. */
const timeLimit = 60_000;

const { enter, leave } = platformPaths;

/** A helm on this machine, given by its path or its name on the PATH. */
export function helmProgram(command: string): HelmProgram {
  return { run: (args, configHome) => runHelm(command, args.map(leave), leave(configHome)), withFolder };
}

function runHelm(command: string, args: readonly string[], configHome: string): string {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    // kustomize sets these variables in addition to its own environment.
    env: {
      ...process.env,
      HELM_CONFIG_HOME: configHome,
      HELM_CACHE_HOME: `${configHome}/.cache`,
      HELM_DATA_HOME: `${configHome}/.data`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeLimit,
    maxBuffer: 1 << 28,
  });
  if (status === 0) return stdout;
  throw new HelmFailure(describeFailure(command, error, signal, stderr));
}

function describeFailure(
  command: string,
  error: NodeJS.ErrnoException | undefined,
  signal: NodeJS.Signals | null,
  stderr: string,
): string {
  if (error?.code === 'ENOENT')
    return `there is no \`${command}\` to run; install helm, or name it with \`--helm-command\``;
  if (error?.code === 'ETIMEDOUT') return `\`${command}\` took more than ${timeLimit / 1000} seconds`;
  if (error !== undefined) return `\`${command}\` cannot be run: ${error.message}`;
  if (signal !== null) return `\`${command}\` was ended by ${signal}`;
  const lines = stderr.trim().split('\n');
  const said = lines.find((line) => line.startsWith('Error:')) ?? lines.at(-1) ?? '';
  return `\`${command}\` fails: ${said.replace(/^Error:\s*/, '').slice(0, 500)}`;
}

function withFolder<T>(use: (folder: HelmFolder) => T): T {
  const path = mkdtempSync(join(tmpdir(), 'migrate-lint-helm-'));
  try {
    return use({
      path: enter(path, '/'),
      write(name, content) {
        const file = join(path, name);
        writeFileSync(file, content);
        return enter(file, '/');
      },
    });
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
