import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import fastGlob from 'fast-glob';

/** The tests that speak of the mutated folders. */
const patterns = [
  'test/{rules,model,catalogue,delivery,kustomize/replacements}/**/*.test.ts',
  'test/kustomize/core/fixtures.test.ts',
  'test/flux/{fixtures,follow}.test.ts',
  'test/fix/fixtures.test.ts',
  // The one is about texts only, the other takes as long as all the rest.
  '!test/rules/{docs,odd-objects}.test.ts',
];

/** Writes the tests, with what they import from here, as one module; gives its path. */
export async function bundleTests(folder, outfile) {
  const files = await fastGlob(patterns, { cwd: folder });
  const imports = ['test/support/seed-properties.ts', ...files.sort()].map((file) => `import './${file}';`);
  await build({
    stdin: { contents: imports.join('\n'), resolveDir: folder },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    plugins: [ownFolders],
    logLevel: 'warning',
  });
  return outfile;
}

/** In the bundle each module still has the folder that it came from. */
const ownFolders = {
  name: 'own-folders',
  setup({ onLoad }) {
    onLoad({ filter: /\/(src|test)\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: 'ts',
    }));
  },
};
