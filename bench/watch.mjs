// node bench/watch.mjs: how long --watch takes from an edit to the new report, and `lsp` from an edit to the diagnostics, in one
// small tree and in a monorepo. `run` is the time of the run, as --timing shows it; `wait` is what a person waits, with
// --watch including the pause for further edits.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createProtocolConnection } from 'vscode-languageserver-protocol/node';
import { monorepo, writeTree } from './trees.mjs';

const top = fileURLToPath(new URL('..', import.meta.url));
const cli = join(top, 'dist/cli.cjs');
const folder = mkdtempSync(join(tmpdir(), 'migrate-lint-bench-'));

try {
  console.log('| what | run, median | run, 95 % | wait, median | wait, 95 % |\n| --- | --: | --: | --: | --: |');
  cpSync(join(top, 'examples/correct'), join(folder, 'small'), { recursive: true });
  print('one tree, two overlays', await measure('small', 'base/migration-job.yaml', 100));
  print('the same in an editor', await measureEditor('small', 'base/migration-job.yaml', 100));
  writeTree(join(folder, 'monorepo'), monorepo(200));
  print('1,000 roots', await measure('monorepo', findJob(), 100));
  print('the same in an editor', await measureEditor('monorepo', findJob(), 100));
} finally {
  rmSync(folder, { recursive: true });
}

/** The migration Job of one service. */
function findJob() {
  const jobs = Object.keys(monorepo(1)).filter((path) => /migration/.test(path) && path.startsWith('services/'));
  return jobs[0];
}

/** Edits a file this many times, each time as soon as the report on the last edit has arrived. */
async function measure(tree, file, edits) {
  const child = spawn(process.execPath, [cli, '.', '--watch', '--timing', '--quiet', '--fail-on', 'never'], {
    cwd: join(folder, tree),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  let wake = () => {};
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output += text;
    if (output.endsWith('press Ctrl-C to stop.\n')) wake();
  });
  const report = () =>
    new Promise((resolve) => {
      wake = resolve;
    });
  await report();
  const samples = [];
  for (let i = 0; i < edits; i++) {
    output = '';
    const path = join(folder, tree, file);
    const text = readFileSync(path, 'utf8').replace(/backoffLimit: \d/, `backoffLimit: ${((i + 1) % 2) * 3}`);
    const started = performance.now();
    writeFileSync(path, text);
    await report();
    samples.push({ run: Number(/^total +([\d.]+) ms/m.exec(output)?.[1]), wait: performance.now() - started });
  }
  child.kill('SIGINT');
  return samples;
}

/** Edits an open document this many times, each time as soon as the diagnostics of the last edit have arrived. */
async function measureEditor(tree, file, edits) {
  const child = spawn(process.execPath, [cli, 'lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(child.stdout, child.stdin);
  let wake = () => {};
  connection.onNotification('textDocument/publishDiagnostics', () => wake());
  const diagnostics = () =>
    new Promise((resolve) => {
      wake = resolve;
    });
  connection.listen();
  const rootUri = pathToFileURL(join(folder, tree)).href;
  const uri = pathToFileURL(join(folder, tree, file)).href;
  const textWith = (limit) =>
    readFileSync(join(folder, tree, file), 'utf8').replace(/backoffLimit: \d/, `backoffLimit: ${limit}`);
  await connection.sendRequest('initialize', { processId: process.pid, rootUri, capabilities: {} });
  connection.sendNotification('initialized', {});
  connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 0, text: textWith(3) },
  });
  // The first diagnostics are those of several files, and of the first run or the second.
  await diagnostics();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const samples = [];
  for (let version = 1; version <= edits; version++) {
    const text = textWith(version % 2 === 0 ? 3 : 0);
    const started = performance.now();
    connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
    await diagnostics();
    samples.push({ wait: performance.now() - started });
  }
  child.kill();
  return samples;
}

/** Prints the medians and 95th percentiles of what was measured. */
function print(what, samples) {
  const at = (key, share) => {
    const times = samples.flatMap((each) => each[key] ?? []).toSorted((a, b) => a - b);
    return times.length === 0 ? '' : `${times[Math.floor(times.length * share)].toFixed(1)} ms`;
  };
  console.log(`| ${[what, at('run', 0.5), at('run', 0.95), at('wait', 0.5), at('wait', 0.95)].join(' | ')} |`);
}
