import { compileIgnore } from '../discover/expand-patterns.ts';
import { foldersUpwards } from '../source/files/path.ts';
import type { RuleLevel } from './config.ts';
import type { Settings } from './settings.ts';

/** Rule levels for certain files. */
export interface CompiledOverride {
  readonly rules: ReadonlyMap<string, RuleLevel>;
  /** Whether the levels apply to a file, by its absolute path. */
  matches(path: string): boolean;
}

/** Compiles the globs of overrides. A glob that matches a folder matches everything below it. */
export function compileOverrides({
  overrides,
  ignore: { directory },
}: Pick<Settings, 'overrides' | 'ignore'>): CompiledOverride[] {
  return overrides.map(({ paths, rules }) => {
    const isNamed = compileIgnore(paths, directory);
    return { rules, matches: (path: string) => [...foldersUpwards(path)].some(isNamed) };
  });
}
