/** Writes `program.cache` next to the command in a folder. */
export function writeCodeCache(outdir: string): void;
