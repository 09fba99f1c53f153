import type { BaselineOutcome } from '../../baseline/baseline.ts';
import { printBaseline } from '../../baseline/read-baseline.ts';
import type { LintResult } from '../../lint/lint-result.ts';
import { countOf } from '../../report/count.ts';
import { displayPath } from '../../report/display-path.ts';
import { escapeText } from '../../report/escape-text.ts';
import { writeOutput } from '../output/write-output.ts';
import { writeCrashes } from '../output/write-problems.ts';
import type { Terminal } from '../terminal.ts';

/** Writes the baseline of a run and returns the exit code. A run that crashed may lack findings, so it writes no baseline. */
export function writeBaseline(
  { path, entries, isUnnamed }: BaselineOutcome,
  { crashes, exitCode }: LintResult,
  terminal: Terminal,
): number {
  writeCrashes(crashes, terminal);
  if (exitCode === 2) return exitCode;
  writeOutput('The baseline', path, printBaseline(entries), terminal);
  const shown = escapeText(displayPath(path, terminal.directory));
  const use = isUnnamed ? ` Name it in the settings (\`baseline: ${shown}\`), or pass --baseline ${shown}.` : '';
  terminal.err.write(`Wrote ${countOf(entries.length, 'known finding')} to ${shown}.${use}\n`);
  return 0;
}

/** Lists on standard error the baseline entries whose findings are gone. */
export function reportStale({ path, stale }: BaselineOutcome, { err, directory }: Terminal): void {
  if (stale.length === 0) return;
  const lines = stale.map(({ rule, object, field, file, root }) => {
    const place = [object ?? file, field].filter((part) => part !== undefined).join(' ');
    return `  ${escapeText(`${rule}: ${place} in ${root}`)}\n`;
  });
  err.write(
    `${escapeText(displayPath(path, directory))} lists findings that are gone; update it with --write-baseline:\n${lines.join('')}`,
  );
}
