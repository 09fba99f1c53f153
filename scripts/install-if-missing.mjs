// Installs the development dependencies if they are missing: before `npm test` in a fresh clone, and in `prepare`.
//
// When a package is installed from Git (as pre-commit does, with `npm install -g git+file://…`), npm prepares it in a clone,
// which with `-g` gets no dependencies at all. So this installs what the build needs there, as locked. It skips scripts,
// because the only relevant one, `prepare`, is already running.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!['vitest', 'esbuild'].every((name) => existsSync(`${root}/node_modules/${name}`))) {
  const preparing = process.env.npm_lifecycle_event === 'prepare';
  const args = ['ci', '--global=false', '--include=dev', ...(preparing ? ['--ignore-scripts', '--no-audit'] : [])];
  // npm pack prints the name of its file to standard output, which must contain nothing else.
  const stdio = ['inherit', preparing ? 2 : 'inherit', 'inherit'];
  const { status } = spawnSync('npm', args, { cwd: root, stdio, shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
}
