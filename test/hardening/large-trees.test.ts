import { expect, test } from 'vitest';
import { toJsonReport } from '../../src/report/json.ts';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../../src/source/memory-file-system.ts';
import { startCpuTime } from './cpu-time.ts';

/** What took minutes as long as each part was looked for among all others. */

const job = (name: string): string => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}-migration-v1, namespace: ${name}}
spec:
  backoffLimit: 3
  template:
    spec:
      restartPolicy: OnFailure
      containers: [{name: migrate, image: "registry.example.com/${name}:v1", command: [npx, prisma, migrate, deploy]}]
`;

test('400 Jobs of one file have their fixes in a report', async () => {
  const text = Array.from({ length: 400 }, (_, i) => job(`app${i}`)).join('---\n');
  const result = await run(['/w/all.yaml'], '/w', {}, memoryFileSystem({ '/w/all.yaml': text }));
  const cpuTime = startCpuTime();
  const { findings } = toJsonReport(result, { base: '/w', version: '1' });
  expect(findings.filter(({ rule, fix }) => rule === 'job-restart-policy' && fix?.edits.length === 1)).toHaveLength(
    400,
  );
  expect(cpuTime()).toBeLessThan(10_000);
}, 60_000);
