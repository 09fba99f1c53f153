import { posix } from 'node:path';
import { isNull, type Node } from '../source/node.ts';

/** Folders by name, as absolute ones. */
export function resolveFolders(folders: Readonly<Record<string, string>>, directory: string): Map<string, string> {
  return new Map(Object.entries(folders).map(([name, folder]) => [name, posix.resolve(directory, folder)]));
}

/** Values of variables by name; a null says that there is one, but not which. */
export function nameVariables(variables: Readonly<Record<string, string | null>>): Map<string, string | undefined> {
  return new Map(Object.entries(variables).map(([name, value]) => [name, value ?? undefined]));
}

/** The same out of a settings file. Values are taken as they are written: `1.10` is no number here. */
export function readVariables(node: Node | undefined): Map<string, string | undefined> {
  const entries = node?.kind === 'map' ? node.entries : [];
  return new Map(
    entries.map(({ key, value }) => [key.value, value.kind === 'scalar' && !isNull(value) ? value.value : undefined]),
  );
}
