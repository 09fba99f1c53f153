import { posix } from 'node:path';
import { isNull, mapEntries, type Node } from '../source/node.ts';

/** Resolves folders, by name, to absolute paths. */
export function resolveFolders(folders: Readonly<Record<string, string>>, directory: string): Map<string, string> {
  return new Map(Object.entries(folders).map(([name, folder]) => [name, posix.resolve(directory, folder)]));
}

/** Values of variables by name. Null in the options, and undefined here, stands for an unknown value. */
export function nameVariables(variables: Readonly<Record<string, string | null>>): Map<string, string | undefined> {
  return new Map(Object.entries(variables).map(([name, value]) => [name, value ?? undefined]));
}

/** Reads variables from a settings file. Values are taken as written: `1.10` is not read as a number. */
export function readVariables(node: Node | undefined): Map<string, string | undefined> {
  return new Map(
    mapEntries(node).map(({ key, value }) => [
      key.value,
      value.kind === 'scalar' && !isNull(value) ? value.value : undefined,
    ]),
  );
}
