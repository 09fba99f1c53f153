/** Writes `program.cache` beside the command in a folder. */
export function writeCodeCache(outdir: string): void;
