import { posix } from 'node:path';
import type { Repository } from '../repository.ts';
import { parsePackage, withHooks } from './package-content.ts';

/** The relevant parts of a package.json. */
export interface Packages {
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
  readonly scripts: ReadonlyMap<string, string>;
}

/** Reads the package.json of a folder; undefined if it is missing or cannot be read. */
export function readPackages(folder: string, repository: Repository): Packages | undefined {
  const content = parsePackage(repository.read(posix.join(folder, 'package.json'))?.text ?? '');
  if (content === undefined) return undefined;
  const namesOf = (section: string): Set<string> => new Set(content.entries(section).map(([name]) => name));
  return {
    dependencies: namesOf('dependencies'),
    devDependencies: namesOf('devDependencies'),
    scripts: new Map(content.entries('scripts').map(([name, script]) => [name, String(script)])),
  };
}

/**
 * A command and the scripts of package.json that it runs, directly or through other scripts, as one text: `npm run
 * build` with its `prebuild` and `postbuild`, `yarn build`, and the hooks of an install.
 */
export function scriptText(command: string, { scripts }: Pick<Packages, 'scripts'>): string {
  const texts = [command];
  const seen = new Set<string>();
  // The list grows while it is iterated.
  for (const text of texts) {
    for (const name of scriptNames(text)) {
      const script = seen.has(name) ? undefined : scripts.get(name);
      seen.add(name);
      if (script !== undefined) texts.push(script);
    }
  }
  return texts.join('\n');
}

function scriptNames(command: string): string[] {
  const calls = command.matchAll(/\b(?:npm|pnpm|yarn|bun)\s+(?:run(?:-script)?\s+)?([\w:.-]+)/g);
  const names = [...calls].map((call) => call[1] ?? '');
  const hooks = command.split(/&&|;/).some(isBareYarn) ? installHooks : [];
  return [...names.flatMap((name) => (/^(ci|i|install)$/.test(name) ? installHooks : withHooks(name))), ...hooks];
}

/** `yarn` with nothing but options, which installs. */
function isBareYarn(command: string): boolean {
  const words = command.trim().split(/\s+/);
  return /\byarn$/.test(words.findLast((word) => !word.startsWith('--')) ?? '');
}

const installHooks = ['preinstall', 'install', 'postinstall', 'prepare'];
