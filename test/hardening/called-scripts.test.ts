import { expect, test } from 'vitest';
import { startCpuTime } from '../support/cpu-time.ts';
import { lintFiles } from '../support/lint-files.ts';
import { retriedJob } from '../support/manifests.ts';

/** Scripts that containers call, as somebody would write them who wants the linter to hang. */

function job(command: string, more = ''): string {
  return retriedJob('shop-migration-v1', 3, command) + more;
}

const mounted = `          volumeMounts: [{name: scripts, mountPath: /scripts}]
      volumes: [{name: scripts, configMap: {name: scripts}}]
`;

function config(script: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: scripts}\ndata: {run.sh: ${JSON.stringify(script)}}\n`;
}

/** Lints a Job in a repository; gives the rules that have found something, in at most some seconds of CPU time. */
async function lint(files: Readonly<Record<string, string>>): Promise<string[]> {
  const cpuTime = startCpuTime();
  const { findings } = await lintFiles({ '.git/HEAD': '', ...files }, { paths: ['k8s'] });
  expect(cpuTime()).toBeLessThan(20_000);
  return findings.map(({ rule }) => rule);
}

test.each([
  ['a package script that calls itself a thousand times', 'npm run migrate', 1000],
  ['one that calls itself fifteen times', 'npm run migrate', 15],
])('%s', async (_, call, times) => {
  const scripts = { migrate: Array(times).fill(call).join(' && ') };
  const found = await lint({
    'package.json': JSON.stringify({ name: 'shop', scripts }),
    'k8s/job.yaml': job('[npm, run, migrate]'),
  });
  expect(found).toContain('job-backoff-limit');
});

test.each([
  ['a mounted script that calls itself', '/scripts/run.sh migrate\n'.repeat(1000), '[/scripts/run.sh, migrate]'],
  ['one that repeats its argument', './step "$1"\n'.repeat(4000), `[/scripts/run.sh, "${'migrate '.repeat(10_000)}"]`],
  ['one of a megabyte', 'alembic upgrade head\n'.repeat(50_000), '[/scripts/run.sh, migrate]'],
])('%s', async (_, script, command) => {
  const found = await lint({ 'k8s/all.yaml': `${job(command, mounted)}---\n${config(script)}` });
  expect(found).toContain('job-backoff-limit');
});
