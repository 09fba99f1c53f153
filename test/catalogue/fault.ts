import {
  editBase,
  type Files,
  mergeOverlay,
  type Path,
  patchByComponent,
  patchByFlux,
  patchOverlay,
  replaceText,
} from './tree.ts';

/** One thing wrong in a repository that is clean otherwise. */
export interface Fault {
  readonly title: string;
  /** The rule that is there to find it. */
  readonly rule: string;
  /** What else is true then. */
  readonly also?: readonly string[];
  readonly apply: (files: Files) => void;
}

type Way = 'in the base' | 'by a JSON patch' | 'by a merge patch' | 'by a component';

/** A fault that exchanges one text in one file. */
export function editFault(
  rule: string,
  title: string,
  path: string,
  from: string,
  to: string,
  also: readonly string[] = [],
): Fault {
  return { rule, title, also, apply: (files) => replaceText(files, path, from, to) };
}

/** A fault in one field, made by a patch of the Flux Kustomization. */
export function fluxPatchFault(rule: string, kind: string, path: Path, value: unknown): Fault {
  const title = `${kind} ${path.join('.')} ${JSON.stringify(value)} by a patch of Flux`;
  return { rule, title, apply: (files) => patchByFlux(files, kind, path, value) };
}

/** A fault in one field, made in each way that there is for it: by hand, by a JSON patch, by a strategic merge patch, by a component. */
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
    ['by a component', patchByComponent],
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
