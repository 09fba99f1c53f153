/** Writes `cli.cjs` and `index.js` into a folder. */
export function bundle(outdir?: string): Promise<void>;
