import { expect, test } from 'vitest';
import { functionsThat, readShellFunctions } from '../../src/delivery/scripts/shell-functions.ts';
import { startCpuTime } from '../support/cpu-time.ts';
import { handsOver, readSteps } from '../support/read-steps.ts';

/** Scripts of strangers: what a pattern or a search among all others would take minutes for. */

const blank = ' '.repeat(200_000);

test.each([
  ['a brace and blanks', `f() {${blank}x`, 0],
  ['an alias and blanks', `alias k=kubectl${blank}"`, 0],
  ['blanks between quotes', `alias k="kubectl${blank}"`, 1],
  ['a name and blanks', `f${blank}() {\n}`, 1],
])('%s', (_, script, found) => {
  const cpuTime = startCpuTime();
  expect(readShellFunctions(script).size).toBe(found);
  expect(cpuTime()).toBeLessThan(2000);
});

test('10,000 functions that call each other', () => {
  const functions = new Map(
    Array.from({ length: 10_000 }, (_, i) => [`f${i}`, i === 0 ? 'kubectl apply -f x' : `f${i - 1} kubectl`]),
  );
  const cpuTime = startCpuTime();
  expect(functionsThat(functions, (body) => body.includes('apply')).size).toBe(10_000);
  expect(cpuTime()).toBeLessThan(5000);
});

test('functions that say again and again what they are called with', () => {
  const body = '"$@" kubectl '.repeat(300);
  const functions = Array.from({ length: 20 }, (_, i) => `f${i}() { g${i} ${body}; }\ng${i}() { ${body}; }\n`).join('');
  const calls = Array.from({ length: 4000 }, (_, i) => `f${i % 20} ${'word '.repeat(300)}\n`).join('');
  const cpuTime = startCpuTime();
  expect(readSteps([`${functions}${calls}kubectl delete job shop-migrate\n`]).deletedJobs).toHaveLength(1);
  expect(cpuTime()).toBeLessThan(10_000);
});

test('400 scripts with 50 functions each', () => {
  const script = (of: number): string =>
    Array.from({ length: 50 }, (_, i) => `f_${of}_${i}() {\n  kubectl apply -k k8s\n  ${'#'.repeat(300)}\n}\n`).join(
      '',
    );
  const cpuTime = startCpuTime();
  expect(handsOver(readSteps(Array.from({ length: 400 }, (_, i) => script(i))))).toBe(true);
  expect(cpuTime()).toBeLessThan(15_000);
});
