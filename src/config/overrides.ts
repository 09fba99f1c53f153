import { compileIgnore } from '../discover/expand-patterns.ts';
import { foldersUpwards } from '../source/path.ts';
import type { RuleLevel } from './config.ts';
import type { Settings } from './settings.ts';

/** Levels of rules for some files. */
export interface CompiledOverride {
  readonly rules: ReadonlyMap<string, RuleLevel>;
  /** Whether a file, by its absolute path, is one of them. */
  matches(path: string): boolean;
}

/** Finds the files and folders that the globs of overrides name; what lies below a folder is named with it. */
export function compileOverrides({
  overrides,
  ignore: { directory },
}: Pick<Settings, 'overrides' | 'ignore'>): CompiledOverride[] {
  return overrides.map(({ paths, rules }) => {
    const isNamed = compileIgnore(paths, directory);
    return { rules, matches: (path: string) => [...foldersUpwards(path)].some(isNamed) };
  });
}
