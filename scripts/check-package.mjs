// Checks the package as it would be published: `npm run check:package`. It needs the registry for publint and attw, which are
// not development dependencies because nothing else needs them; `--offline` skips these two.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const largest = 1_000_000;
const expected = [
  /^package\.json$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^schemas\/[\w.-]+\.json$/,
  // V8's code cache only works with one version of Node, and is as large as everything else.
  /^dist\/(?!program\.cache)[\w.-]+$/,
  /^dist\/types\/.+\.d\.ts$/,
];
const consumer = `import { build, lint, type BuildResult, type Finding, UsageError, version } from 'migrate-lint';
import schema from 'migrate-lint/schemas/config.schema.json' with { type: 'json' };
try {
  const { findings, exitCode }: { findings: readonly Finding[]; exitCode: number } = await lint('tree');
  const built: BuildResult = build('tree', { kustomize: '5.7' });
  console.log(version, exitCode, findings.length, built.text.length > 0, schema.title);
} catch (error) {
  if (error instanceof UsageError) console.log(error.problems[0]?.message);
}
`;

const scratch = mkdtempSync(join(tmpdir(), 'migrate-lint-package-'));
try {
  const tarball = pack();
  install(tarball);
  runOffline(tarball);
  useFromTypeScript();
  if (!process.argv.includes('--offline')) {
    run('npx', ['--yes', 'publint@0.3.25', 'run', tarball, '--strict'], scratch);
    run('npx', ['--yes', '@arethetypeswrong/cli@0.18.5', tarball, '--profile', 'esm-only'], scratch);
  }
  console.log('the package is sound');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Packs the package and checks its contents. */
function pack() {
  const output = run('npm', ['pack', '--json', '--foreground-scripts=false', '--pack-destination', scratch], root);
  const packed = JSON.parse(output);
  // npm 12 prints an object by name, older versions a list.
  const [{ filename, size, files }] = Array.isArray(packed) ? packed : Object.values(packed);
  const unexpected = files.filter(({ path }) => !expected.some((pattern) => pattern.test(path)));
  const licenses = 'dist/third-party-licenses.txt';
  if (!files.some(({ path }) => path === licenses)) fail(`the package lacks ${licenses}`);
  if (unexpected.length > 0) fail(`the package holds ${unexpected.map(({ path }) => path).join(', ')}`);
  if (size >= largest) fail(`the package has ${size} bytes, and should have less than ${largest}`);
  console.log(`${filename}: ${size} bytes packed, ${files.length} files`);
  return join(scratch, filename);
}

/** Installs the tarball alone, with an empty cache and without a network. */
function install(tarball) {
  mkdirSync(join(scratch, 'consumer'));
  writeFileSync(join(scratch, 'consumer', 'package.json'), '{"type": "module", "private": true}\n');
  cpSync(join(root, 'examples', 'correct'), join(scratch, 'consumer', 'tree'), { recursive: true });
  const options = ['--offline', '--no-audit', '--no-fund', '--cache', join(scratch, 'cache')];
  run('npm', ['install', ...options, tarball], join(scratch, 'consumer'));
}

function runOffline(tarball) {
  const folder = join(scratch, 'consumer');
  run('npx', ['--offline', 'migrate-lint', 'tree'], folder);
  // As the README describes it for a version that is not on npm yet.
  const cache = join(scratch, 'npx');
  run('npx', ['--offline', '--cache', cache, '--yes', '--package', tarball, 'migrate-lint', 'tree'], folder);
  console.log('the command runs offline, without dependencies');
}

/** Compiles a module that uses the API and the example in docs/library.md, including the declarations, and runs it. */
function useFromTypeScript() {
  const folder = join(scratch, 'consumer');
  mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
  for (const name of ['@types/node', 'undici-types']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'dir');
  }
  writeFileSync(join(folder, 'use.ts'), consumer);
  const [, shown] = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'docs', 'library.md'), 'utf8'));
  writeFileSync(join(folder, 'shown.ts'), shown);
  for (const [module, resolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    const flags = ['--strict', '--noEmit', '--target', 'es2023', '--types', 'node', '--resolveJsonModule'];
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    run(
      process.execPath,
      [tsc, ...flags, '--module', module, '--moduleResolution', resolution, 'use.ts', 'shown.ts'],
      folder,
    );
  }
  const use = `import { build, lint } from 'migrate-lint';
const { exitCode } = await lint('tree/overlays/staging');
const { text, problems } = build('tree/overlays/staging');
if (exitCode !== 0 || problems.length > 0 || !text.includes('kind: Job')) process.exit(1);`;
  run(process.execPath, ['--input-type=module', '--eval', use], folder);
  // Node.js 20.19 and later can `require` ES modules.
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || minor >= 19) {
    run(process.execPath, ['--input-type=commonjs', '--eval', "require('migrate-lint').build('tree')"], folder);
  }
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) fail(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

function fail(message) {
  console.error(`check-package: ${message}`);
  rmSync(scratch, { recursive: true, force: true });
  process.exit(1);
}
