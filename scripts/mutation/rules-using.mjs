import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import glob from 'fast-glob';

/** A file that more rules use is tested on its own. */
const mostRules = 4;

/**
 * Finds the rules that use a file of the model, directly or through others, since their tests are its tests, too. None if many
 * rules use it.
 * @param root the folder with `src`
 */
export function rulesUsing(root) {
  const importers = new Map();
  for (const file of glob.sync('src/{rules,model,objects,shell}/**/*.ts', { cwd: root })) {
    for (const [, path] of readFileSync(join(root, file), 'utf8').matchAll(/ from '(\.[^']+)'/g)) {
      const imported = join(dirname(file), path);
      importers.set(imported, [...(importers.get(imported) ?? []), file]);
    }
  }
  return (file) => {
    const seen = new Set([file]);
    for (const each of seen) for (const importer of importers.get(each) ?? []) seen.add(importer);
    const rules = [...seen].filter((each) => dirname(each) === 'src/rules' && basename(each) !== 'index.ts');
    return rules.length > mostRules ? [] : rules.map((each) => basename(each, '.ts'));
  };
}
