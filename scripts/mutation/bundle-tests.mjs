import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import fastGlob from 'fast-glob';

/** The tests of the mutated folders. */
const patterns = [
  'test/{rules,model,objects,shell,catalogue,delivery,kustomize/replacements,language-server}/**/*.test.ts',
  'test/kustomize/fixtures.test.ts',
  'test/flux/{fixtures,follow}.test.ts',
  'test/fix/fixtures.test.ts',
  // The first one only tests texts, and the second takes as long as all others together.
  '!test/rules/{docs,odd-objects}.test.ts',
  // It compares the text of a mutated file.
  '!test/model/fields/kubernetes-fields.generated.test.ts',
  // One takes ten seconds, and the other starts a process.
  '!test/language-server/{edits,process}.test.ts',
];

/** Bundles the tests, with what they import from this repository, into one module; returns its path. */
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

/** Gives each module in the bundle the path of its original folder. */
const ownFolders = {
  name: 'own-folders',
  setup({ onLoad }) {
    onLoad({ filter: /\/(src|test)\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: 'ts',
    }));
  },
};
