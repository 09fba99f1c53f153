import { describe, expect, test } from 'vitest';
import { findIdleCommand } from '../../../src/model/commands/idle-command.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** The idle command of a migration Job, and the field that shows it. */
function idleOf(container: string, name = 'shop-migration'): string | undefined {
  const { migrations } = modelFromYaml(
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {containers: [{name: main, ${container}}]}}}`,
  );
  const idle = findIdleCommand(firstOf(migrations));
  return idle && `${idle.isUndone ? 'undone: ' : ''}${idle.text} at ${idle.field.path.replace(/^.*\./, '')}`;
}

describe('idle-command', () => {
  test.each([
    ['image: shop, command: [alembic, current]', 'alembic current at command[1]'],
    ['image: shop, command: [alembic, downgrade, base]', 'undone: alembic downgrade at command[1]'],
    ['image: shop, command: [npx], args: [prisma, migrate, status]', 'prisma migrate status at args[2]'],
    ['image: shop, command: [sh, -c, "goose status"]', 'goose status at command[2]'],
    [`image: shop, command: [alembic, current, ${'x'.repeat(2000)}]`, 'alembic current at command[1]'],
  ])('%s', (container, expected) => expect(idleOf(container)).toBe(expected));

  test.each([
    ['a command that migrates', 'image: shop, command: [alembic, upgrade, head]'],
    ['two commands', 'image: shop, command: [sh, -c, "alembic current; ./migrate"]'],
    ['a command that drops data', 'image: shop, command: [goose, -dir, sql, reset]'],
    ['a word far away', `image: shop, command: [goose, ${'x'.repeat(1000)}, status]`],
    ['another program', 'image: shop, command: [./migrate]'],
    ['no command', 'image: shop'],
  ])('not %s', (_, container) => expect(idleOf(container)).toBeUndefined());

  test('not of a Job that is to check', () => {
    expect(idleOf('image: shop, command: [alembic, current]', 'shop-migration-check')).toBeUndefined();
  });
});
