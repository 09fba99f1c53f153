import type { LintResult } from '../../lint/lint-result.ts';
import { displayPath } from '../../report/display-path.ts';
import { escapeText } from '../../report/escape-text.ts';
import type { LintRequest } from '../commands/lint-request.ts';
import type { Terminal } from '../terminal.ts';

/** Writes to standard error what the user should know whatever the report format. */
export function writeNotes(
  { roots, skipped, findings, exitCode }: LintResult,
  { searched, options }: LintRequest,
  { err, directory, leave }: Terminal,
): void {
  const show = (path: string) => escapeText(displayPath(path, directory));
  for (const { path, why } of skipped.filter(({ named }) => named)) err.write(`${show(path)} ${why}; skipped.\n`);
  const isLimited = options.changedFiles !== undefined;
  if (isLimited && exitCode === 0 && roots.length === 0) err.write('No build root reads any of the changed files.\n');
  if (exitCode === 3 && findings.length === 0) {
    err.write(
      `Nothing to lint in ${searched.map((path) => escapeText(leave(path))).join(', ')}: there is no kustomization and no Kubernetes manifest.\n`,
    );
    for (const { path, why } of skipped.filter(({ named }) => !named)) err.write(`${show(path)} ${escapeText(why)}.\n`);
  }
}
