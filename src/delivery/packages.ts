import { posix } from 'node:path';
import type { Packages } from './delivery.ts';
import type { Repository } from './repository.ts';

/** Reads the package.json of a folder; one that cannot be read says nothing. */
export function readPackages(folder: string, repository: Repository): Packages | undefined {
  const file = repository.read(posix.join(folder, 'package.json'));
  if (file === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(file.text);
    const entries = (key: string): [string, unknown][] => Object.entries(asRecord(asRecord(parsed)[key]));
    return {
      dependencies: new Set(entries('dependencies').map(([name]) => name)),
      devDependencies: new Set(entries('devDependencies').map(([name]) => name)),
      scripts: new Map(entries('scripts').map(([name, script]) => [name, String(script)])),
    };
  } catch {
    return undefined;
  }
}

/**
 * The script of package.json that a command runs and those that it leads to, as one text: `npm run build` with its `prebuild`
 * and `postbuild`, `yarn build`, and the hooks of an install.
 */
export function scriptText(command: string, packages: Pick<Packages, 'scripts'>, depth = 0): string {
  const named = [...command.matchAll(/\b(?:npm|pnpm|yarn|bun)\s+(?:run(?:-script)?\s+)?([\w:.-]+)/g)].map(
    (match) => match[1] ?? '',
  );
  const names = named.flatMap((name) =>
    /^(ci|i|install)$/.test(name) ? installHooks : [`pre${name}`, name, `post${name}`],
  );
  const hooks = /\byarn(\s+--\S+)*\s*($|&&|;)/.test(command) ? installHooks : [];
  const texts = [...names, ...hooks].flatMap((name) => packages.scripts.get(name) ?? []);
  const deeper = depth < 5 ? texts.map((text) => scriptText(text, packages, depth + 1)) : [];
  return [command, ...texts, ...deeper].join('\n');
}

const installHooks = ['preinstall', 'install', 'postinstall', 'prepare'];

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
