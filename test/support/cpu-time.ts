/**
 * Starts counting the CPU time of this process; the function that it returns gives the milliseconds so far. Unlike a clock,
 * it does not depend on what else the machine is doing.
 */
export function startCpuTime(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
