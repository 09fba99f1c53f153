// Writes docs/rules from the rules and their fixtures. The rules are TypeScript, so they are bundled first.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const bundle = await build({
  entryPoints: [join(root, 'scripts/rule-pages.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const { makeRulePages } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`
);
const folder = join(root, 'docs/rules');
mkdirSync(folder, { recursive: true });
const pages = makeRulePages(join(root, 'fixtures/rules'));
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
