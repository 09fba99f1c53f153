/**
 * Starts to count the milliseconds of computing that this process does. Against hangs: unlike a clock, it says the same on a
 * machine that has other things to do.
 */
export function startCpuTime(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
