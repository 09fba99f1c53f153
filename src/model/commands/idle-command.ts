import type { PackageScript } from '../../objects/package-script.ts';
import type { Field } from '../../objects/view.ts';
import { fieldOf } from '../../shell/command-line.ts';
import { type Migration, migratingContainer } from '../migrations/migration.ts';
import { containerInvocations } from '../migrations/migration-command.ts';
import { idleCommands, revertingWord } from '../tools/idle-commands.ts';
import { findRiskyCommand } from './risky-command.ts';

/** A command of a migration tool that applies nothing. */
export interface IdleCommand {
  readonly text: string;
  /** Whether it reverts migrations; others only inspect or print. */
  readonly isUndone: boolean;
  readonly field: Field<string>;
  readonly script: PackageScript | undefined;
}

/** The only command of a migration Job, if it is idle. With several, another may apply the migrations. */
export function findIdleCommand(migration: Migration): IdleCommand | undefined {
  const container = migratingContainer(migration);
  if (migration.command !== undefined || container === undefined) return undefined;
  // Some Jobs are only meant to check.
  if (/check|verif|status|validat|lint/i.test(migration.job.object.name.value ?? '')) return undefined;
  const [invocation, ...others] = containerInvocations(container);
  // A command that drops data is reported as such.
  if (invocation === undefined || others.length > 0 || findRiskyCommand(container) !== undefined) return undefined;
  const { words, script } = invocation;
  const [found = ''] = idleCommands.exec(words.join(' ').slice(0, longestCommand)) ?? [];
  if (found === '') return undefined;
  const word = found.split(' ').at(-1) ?? '';
  return { text: found, isUndone: revertingWord.test(word), field: fieldOf(invocation, word), script };
}

/** What a command does is at its beginning. */
const longestCommand = 1000;
