// Writes dist/third-party-licenses.txt: the licence of every bundled package, as the licences require.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ofPackage = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** Takes the `metafile` of esbuild's bundles. Throws if a bundled package has no licence file. */
export function writeThirdPartyLicenses(metafiles, root, outdir) {
  const folders = new Map();
  for (const input of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const [folder, name] = ofPackage.exec(input) ?? [];
    if (name !== undefined) folders.set(name, join(root, folder));
  }
  const texts = [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, folder]) => describe(name, folder));
  const rule = `\n${'-'.repeat(80)}\n\n`;
  writeFileSync(join(outdir, 'third-party-licenses.txt'), `migrate-lint contains code of:\n\n${texts.join(rule)}`);
}

function describe(name, folder) {
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(each));
  if (file === undefined) throw new Error(`${name} comes without a licence, which its code may not be bundled without`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
