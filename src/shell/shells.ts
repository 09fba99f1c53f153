/** Programs that run the script after `-c`. */
export const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);

/** Whether a word of a shell's command line sets a flag, alone or among others: `-ec`. */
export function hasFlag(word: string, flag: string): boolean {
  return /^-[a-z]+$/.test(word) && word.includes(flag);
}
