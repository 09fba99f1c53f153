/** Milliseconds since the process started: `performance.now()` would load a dozen of Node's modules for it. */
export function now(): number {
  return process.uptime() * 1000;
}
