import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Measures one run of a command in milliseconds. CPU time is only available on Linux, in steps of 10 ms. */
export function measureOnce([command, ...args], timeout = 120_000) {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const before = childrenCpu();
  const started = process.hrtime.bigint();
  const { error, signal } = spawnSync(command, args, { env, stdio: 'ignore', timeout });
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  return { wall, cpu: childrenCpu() - before, isTimeout: error !== undefined || signal !== null };
}

/** User and system time of all children that have ended, in milliseconds. */
function childrenCpu() {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** Runs commands alternately, so that other load on the machine affects all of them alike; returns the median of each. */
export function measureInTurn(commands, runs) {
  const samples = commands.map(() => []);
  for (let i = 0; i < runs; i++) {
    commands.forEach((command, index) => {
      samples[index].push(measureOnce(command));
    });
  }
  return samples.map((each) => ({
    wall: median(each.map(({ wall }) => wall)),
    cpu: median(each.map(({ cpu }) => cpu)),
    isTimeout: each.some(({ isTimeout }) => isTimeout),
  }));
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** The peak memory of a Node program, in MB. */
export function measureMemory(args) {
  const report = 'process.on("exit", () => process._rawDebug("maxRSS", process.resourceUsage().maxRSS));';
  const load = `data:text/javascript,${encodeURIComponent(report)}`;
  const { stderr } = spawnSync(process.execPath, ['--import', load, ...args], { encoding: 'utf8' });
  return Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1024;
}
