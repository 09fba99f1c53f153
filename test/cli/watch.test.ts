import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { readFolder } from '../support/disk.ts';
import { placeFiles } from '../support/memory-file-system.ts';
import { createWorkspace } from '../support/workspace.ts';

const example = join(import.meta.dirname, '../../examples/correct');
const workspace = createWorkspace(placeFiles('tree', readFolder(example)));
let child: ChildProcess | undefined;
let out: string;
let err: string;

afterEach(async () => {
  // What it has still to say must not be taken for the next one's.
  const ended = new Promise((resolve) => child?.once('close', resolve));
  if (child?.kill('SIGKILL')) await ended;
  child = undefined;
});

/** Starts to watch, and waits until the first report is there. */
async function start(...args: string[]): Promise<ChildProcess> {
  out = '';
  err = '';
  const started = spawn(process.execPath, [workspace.cli, 'tree', '--watch', ...args], {
    cwd: workspace.path,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  started.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  await soon(() => expect(reports()).toBe(1));
  return started;
}

/** How many reports there have been. On a busy machine a file is seen while it is being written, which makes one more. */
function reports(): number {
  return err.split('press Ctrl-C to stop.\n').length - 1;
}

/** Waits until something can be expected of what was written. */
function soon(expectation: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(expectation, { timeout: 30_000 });
}

function edit(path: string, from: string, to: string): void {
  const file = join(workspace.path, path);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

const job = 'tree/base/migration-job.yaml';
const clean = 'No problems found (2 roots, 2 releases).\n';

test('a change is linted, and nothing else is a reason to lint', async () => {
  await start();
  expect(out).toBe(clean);
  edit(job, 'backoffLimit: 0', 'backoffLimit: 3');
  await soon(() =>
    expect(out).toMatch(
      /\nerror\[job-backoff-limit\][\s\S]*Found 1 error in 1 file \(2 roots\)\.\n1 fixable with --fix\.\nMore [^\n]+\n$/,
    ),
  );
  expect(err).toContain(`\n${job} changed.\n`);
  writeFileSync(join(workspace.path, 'tree/base/.migration-job.yaml.swp'), 'x');
  writeFileSync(join(workspace.path, 'tree/base/deployment.yaml~'), '');
  writeFileSync(join(workspace.path, 'unrelated.txt'), '');
  edit(job, 'backoffLimit: 3', 'backoffLimit: 0');
  await soon(() =>
    expect(out).toMatch(/Found 1 error [^\n]*\n1 fixable [^\n]*\nMore [^\n]*\n(No problems found [^\n]*\n)+$/),
  );
  expect(err).not.toMatch(/swp|~|unrelated/);
  expect(out).not.toContain('\x1b');
});

test('a file that is replaced, as editors do, has changed', async () => {
  await start();
  const path = join(workspace.path, job);
  writeFileSync(`${path}.new`, readFileSync(path, 'utf8').replace('restartPolicy: Never', 'restartPolicy: Always'));
  renameSync(`${path}.new`, path);
  await soon(() => expect(out).toContain('error[job-restart-policy]'));
});

test('folders that come and go are linted, and left out', async () => {
  await start();
  cpSync(join(workspace.path, 'tree/overlays/staging'), join(workspace.path, 'tree/overlays/dev'), { recursive: true });
  await soon(() => expect(out).toMatch(/No problems found \(3 roots, 3 releases\)\.\n$/));
  // The new folder is watched only then.
  await soon(() => expect(err).toMatch(/press Ctrl-C to stop\.\n$/));
  edit('tree/overlays/dev/kustomization.yaml', 'config.yaml', 'nowhere.yaml');
  await soon(() => expect(out).toMatch(/Found 1 error in 1 file \(3 roots\)\.\nMore [^\n]+\n$/));
  rmSync(join(workspace.path, 'tree/overlays/dev'), { recursive: true });
  await soon(() => expect(out.endsWith(clean)).toBe(true));
});

test('a folder that is replaced is watched as the one before was', async () => {
  await start();
  const folder = join(workspace.path, 'tree/overlays/staging');
  rmSync(folder, { recursive: true });
  cpSync(join(example, 'overlays/staging'), folder, { recursive: true });
  await new Promise((resolve) => setTimeout(resolve, 300));
  edit('tree/overlays/staging/kustomization.yaml', 'config.yaml', 'nowhere.yaml');
  await soon(() => expect(out).toMatch(/Found 1 error in 1 file \(2 roots\)\.\nMore [^\n]+\n$/));
});

test('a file that could not be read is linted once it can be', async () => {
  const path = join(workspace.path, 'tree/overlays/staging/config.yaml');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, `${text}#${' '.repeat(11 * 1024 * 1024)}`);
  await start();
  expect(out).toContain('it is larger than 10 MiB');
  writeFileSync(path, text);
  await soon(() => expect(out.endsWith(clean)).toBe(true));
});

test('faulty settings are reported, and can be fixed while it runs', async () => {
  await start();
  const path = join(workspace.path, 'tree/migrate-lint.yaml');
  writeFileSync(path, 'failOn: nope\n');
  await soon(() => expect(err).toContain('"failOn" must be one of'));
  writeFileSync(path, 'rules: {job-backoff-limit: warning}\n');
  await soon(() => expect(out.startsWith(clean.repeat(2))).toBe(true));
  edit(job, 'backoffLimit: 0', 'backoffLimit: 3');
  await soon(() => expect(out).toContain('warning[job-backoff-limit]'));
});

test('what it writes itself is no change', async () => {
  await start('--report', 'json=tree/report.json');
  edit(job, 'backoffLimit: 0', 'backoffLimit: 3');
  await soon(() => expect(out).toContain('error[job-backoff-limit]'));
  // The system may report the edit twice, but if each run triggered another, it would never stop.
  await soon(async () => {
    const before = reports();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(reports()).toBe(before);
  });
  expect(err).not.toContain('report.json');
  expect(JSON.parse(readFileSync(join(workspace.path, 'tree/report.json'), 'utf8')).findings).toHaveLength(1);
});

// There a signal ends a process without asking it; Ctrl-C in a console does ask.
test.skipIf(process.platform === 'win32')('Ctrl-C ends it without a fault', async () => {
  const started = await start();
  started.kill('SIGINT');
  expect(await new Promise((resolve) => started.on('exit', (code, signal) => resolve({ code, signal })))).toEqual({
    code: 0,
    signal: null,
  });
});

test('what is done once cannot be watched', () => {
  expect(workspace.run(['--watch', '--write-baseline', 'tree'])).toMatchObject({
    code: 2,
    err: 'error: --watch and --write-baseline cannot be combined.\n',
  });
  expect(workspace.run(['--watch', '-'], { stdin: '' }).err).toBe('error: --watch and - cannot be combined.\n');
});
