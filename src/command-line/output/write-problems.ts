import type { Severity } from '../../findings/finding.ts';
import type { Crash } from '../../lint/lint-result.ts';
import type { SecretPlaces } from '../../lint/secrets/secret-places.ts';
import { countOf } from '../../report/count.ts';
import { escapeText } from '../../report/escape-text.ts';
import { drawFrame, type FrameStyle } from '../../report/frame.ts';
import { loadColours, plainPaint } from '../../report/paint.ts';
import type { UsageProblem } from '../../usage-error.ts';
import { lineWidth, type Terminal, wantsColour } from '../terminal.ts';

/** A problem that is not a finding: with the arguments, the settings, or the build of `migrate-lint build`. */
export interface ShownProblem extends UsageProblem {
  readonly severity?: Severity;
}

const noSecrets: SecretPlaces = { within: () => [] };

/** Writes problems to standard error, with the source lines of those that have a location. */
export async function writeProblems(
  problems: readonly ShownProblem[],
  terminal: Terminal,
  colour: boolean | undefined,
  secrets: SecretPlaces = noSecrets,
): Promise<void> {
  const paint = wantsColour(terminal.err, terminal.env, colour) ? await loadColours() : plainPaint;
  const style: FrameStyle = { base: terminal.directory, paint, secrets, width: lineWidth(terminal.err) };
  const blocks = problems.map(({ message, at, related = [], severity = 'error' }) => {
    const head = `${paint.severity(severity, severity)}${paint.message(`: ${escapeText(message)}`)}`;
    return at === undefined ? head : [head, ...drawFrame({ severity, at, related }, style).lines].join('\n');
  });
  terminal.err.write(`${blocks.join('\n\n')}\n`);
}

/** Reports crashes of migrate-lint itself with their stacks, for a bug report; each stack once. */
export function writeCrashes(crashes: readonly Crash[], terminal: Terminal): void {
  const byStack = new Map<string, string[]>();
  for (const { doing, error } of crashes) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    byStack.set(stack, [...(byStack.get(stack) ?? []), escapeText(doing)]);
  }
  for (const [stack, [first = '', ...others]] of byStack) {
    const more = others.length === 0 ? '' : ` (and ${countOf(others.length, 'more time')})`;
    terminal.err.write(
      `migrate-lint failed ${first}${more}. This is a bug in migrate-lint; please report it with this stack:\n${stack}\n`,
    );
  }
}
