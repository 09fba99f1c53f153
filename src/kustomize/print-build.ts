import { printYaml } from '../source/print/print.ts';
import { PrintError } from '../source/print/print-error.ts';
import type { BuiltRoot } from './built-root.ts';
import type { BuildProblem } from './problem.ts';

/** What a build prints, or why it prints nothing. */
export interface PrintedBuild {
  readonly text: string;
  readonly problems: readonly BuildProblem[];
  /** What is probably wrong, although kustomize builds and prints it. */
  readonly remarks: readonly BuildProblem[];
}

/**
 * Prints a build as `kustomize build` does. The text is empty if the build failed, is incomplete, or holds a value that
 * kustomize refuses to print.
 */
export function printBuild(root: BuiltRoot): PrintedBuild {
  const isRemark = ({ kind, lacks }: BuildProblem): boolean => kind === 'incomplete' && lacks === 'nothing';
  const problems = root.problems.filter((problem) => !isRemark(problem));
  const remarks = root.problems.filter(isRemark);
  if (problems.length > 0) return { text: '', problems, remarks };
  try {
    return { text: root.resources.map(({ node }) => printYaml(node)).join('---\n'), problems: [], remarks };
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    return { text: '', problems: [describePrintError(error)], remarks };
  }
}

/** The problem for a value that kustomize builds with, but refuses to print. */
export function describePrintError({ message, at }: PrintError): BuildProblem {
  return { kind: 'error', message, at, related: [] };
}
