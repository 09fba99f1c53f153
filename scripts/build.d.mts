/** Writes `cli.cjs` and `index.js` to a folder. */
export function bundle(outdir?: string): Promise<void>;
