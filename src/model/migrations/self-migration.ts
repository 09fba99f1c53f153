import { oncePer } from '../../collections/once.ts';
import { argvOf } from '../../objects/argv.ts';
import type { Field } from '../../objects/view.ts';
import { allContainers, type Container, type Workload } from '../../objects/workload.ts';
import { findMigrationCommand, type MigrationCommand } from './migration-command.ts';

/** A command that migrates the database in a workload's own pods. */
export interface SelfMigration {
  readonly command: MigrationCommand;
  readonly where: 'command' | 'init container' | 'postStart' | 'preStop';
  /** The value that holds the command. */
  readonly field: Field<string>;
}

/** The first migrating command of each container of a workload. */
export const findSelfMigrations = oncePer((workload: Workload): readonly SelfMigration[] => {
  return allContainers(workload.pod).flatMap((container) => {
    const command = findMigrationCommand(container);
    if (command) {
      const where = container.role === 'main' ? 'command' : 'init container';
      return [{ command, where, field: holder(container, command) }];
    }
    return container.hooks.flatMap(({ when, command: words }): SelfMigration[] => {
      const hooked = { ...container, command: words, args: [] };
      const found = findMigrationCommand(hooked);
      return found ? [{ command: found, where: when, field: holder(hooked, found) }] : [];
    });
  });
});

/** The word that starts the command, or the shell string that holds it. */
function holder(container: Container, { text, script, field }: MigrationCommand): Field<string> {
  if (script !== undefined) return field;
  const words = argvOf(container);
  const start = text.replace(/\.\.\.$/, '').slice(0, 20);
  return (
    words.find(({ value }) => value.replace(/\s+/g, ' ').includes(start)) ??
    words.findLast(({ value }) => text.startsWith(value)) ??
    words[0] ??
    container.image
  );
}
