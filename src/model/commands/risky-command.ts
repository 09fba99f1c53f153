import type { PackageScript } from '../../objects/package-script.ts';
import type { Field } from '../../objects/view.ts';
import type { Container } from '../../objects/workload.ts';
import { fieldOf } from '../../shell/command-line.ts';
import { containerInvocations } from '../migrations/migration-command.ts';
import { matchCommand } from '../tools/command-pattern.ts';
import { type RiskyPattern, riskyCommands } from '../tools/risky-commands.ts';

/** A command of a migration tool that should not run on a database in use. */
export interface RiskyCommand extends Pick<RiskyPattern, 'kind' | 'effect' | 'instead'> {
  /** The words that make it so. */
  readonly words: string;
  readonly field: Field<string>;
  /** The script of a package.json that holds it, if one does. */
  readonly script: PackageScript | undefined;
}

/** The first such command of a container. */
export function findRiskyCommand(container: Container): RiskyCommand | undefined {
  for (const invocation of containerInvocations(container)) {
    const command = invocation.words.join(' ');
    for (const pattern of riskyCommands) {
      const words = matchCommand(command, pattern);
      if (words === undefined) continue;
      const { kind, effect, instead } = pattern;
      const field = fieldOf(invocation, words.split(' ').at(-1) ?? '');
      return { kind, effect, instead, words, field, script: invocation.script };
    }
  }
  return undefined;
}
