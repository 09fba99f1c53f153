const idlePrograms: ReadonlySet<string> = new Set(['echo', 'printf', 'sleep', 'date', 'true', ':', 'set', 'exit']);

/** Whether a program only prints or sleeps, or is a command of the shell about itself. */
export function isIdleProgram(program: string): boolean {
  return idlePrograms.has(program);
}
