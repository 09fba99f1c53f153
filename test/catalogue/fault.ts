import type { LintOptions } from '../../src/lint-options.ts';
import { editBase, type Files, mergeOverlay, type Path, patchOverlay } from './tree.ts';

/** One thing wrong in a repository that is clean otherwise. */
export interface Fault {
  readonly title: string;
  /** The rule that is there to find it. */
  readonly rule: string;
  /** What else is true then. */
  readonly also?: readonly string[];
  readonly options?: LintOptions;
  readonly apply: (files: Files) => void;
}

type Way = 'in the base' | 'by a JSON patch' | 'by a merge patch';

/** A fault in one field, made in each way that there is for it: by hand, by a JSON patch, by a strategic merge patch. */
export function fieldFaults(
  rule: string,
  kind: string,
  path: Path,
  value: unknown,
  { also = [], not = [], what }: { also?: readonly string[]; not?: readonly Way[]; what?: string } = {},
): Fault[] {
  const ways: readonly (readonly [Way, typeof editBase])[] = [
    ['in the base', editBase],
    ['by a JSON patch', patchOverlay],
    ['by a merge patch', mergeOverlay],
  ];
  const shown = what ?? (value === undefined ? 'removed' : `set to ${JSON.stringify(value)}`);
  return ways
    .filter(([way]) => !not.includes(way))
    .filter(([way]) => way !== 'by a merge patch' || path.every((step) => typeof step === 'string'))
    .map(([way, change]) => ({
      title: `${kind} ${path.join('.')} ${shown} ${way}`,
      rule,
      also,
      apply: (files) => change(files, kind, path, value),
    }));
}
