// Installs the development dependencies where they are missing: before `npm test` in a fresh clone, and in `prepare`.
//
// npm prepares a package that is installed from git (as pre-commit does, with `npm install -g git+file://…`) in a clone of
// its own, and with `-g` that clone gets no dependencies at all. So what the build needs is installed here, locally
// and as the lock file says. Scripts are left out there: the one that matters, `prepare`, is what is running.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!['vitest', 'esbuild'].every((name) => existsSync(`${root}/node_modules/${name}`))) {
  const preparing = process.env.npm_lifecycle_event === 'prepare';
  const args = ['ci', '--global=false', '--include=dev', ...(preparing ? ['--ignore-scripts', '--no-audit'] : [])];
  // npm pack prints the name of the file that it made to standard output, and nothing else should stand there.
  const stdio = ['inherit', preparing ? 2 : 'inherit', 'inherit'];
  const { status } = spawnSync('npm', args, { cwd: root, stdio, shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
}
