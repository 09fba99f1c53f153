// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux or a shell fills.
import { describe, expect, test } from 'vitest';
import { findRiskyCommand } from '../../../src/model/commands/risky-command.ts';
import { containerOf } from '../../support/job-from-yaml.ts';

describe('risky-command', () => {
  test.each([
    ['npx prisma migrate reset --force', 'destroys: prisma migrate reset'],
    ['npx prisma db push --accept-data-loss', 'destroys: prisma db push --accept-data-loss'],
    ['npx prisma db push', 'develops: prisma db push'],
    ['npx prisma migrate dev', 'develops: prisma migrate dev'],
    ['npx prisma migrate deploy', 'none'],
    ['typeorm -d x schema:drop', 'destroys: typeorm -d x schema:drop'],
    ['typeorm schema:sync', 'destroys: typeorm schema:sync'],
    ['typeorm migration:run', 'none'],
    ['mikro-orm schema:fresh', 'destroys: mikro-orm schema:fresh'],
    ['mikro-orm schema:update', 'develops: mikro-orm schema:update'],
    ['sequelize db:migrate:undo:all', 'destroys: sequelize db:migrate:undo:all'],
    ['drizzle-kit push', 'develops: drizzle-kit push'],
    ['php artisan migrate:fresh --seed', 'destroys: php artisan migrate:fresh'],
    ['bin/rails db:reset', 'destroys: rails db:reset'],
    ['bin/console doctrine:schema:update --force', 'destroys: console doctrine:schema:update --force'],
    ['flyway -x clean migrate', 'destroys: flyway -x clean'],
    ['liquibase --url=x dropAll', 'destroys: liquibase --url=x dropAll'],
    ['migrate -path x drop', 'destroys: migrate -path x drop'],
    ['goose -dir x reset', 'destroys: goose -dir x reset'],
    ['sea-orm-cli migrate fresh', 'destroys: sea-orm-cli migrate fresh'],
    ['mix ecto.reset', 'destroys: mix ecto.reset'],
    ['dotnet ef database drop', 'destroys: dotnet ef database drop'],
    ['python manage.py flush', 'destroys: python manage.py flush'],
    ['echo prisma migrate reset', 'none'],
  ])('%s: %s', (command, expected) => {
    const found = findRiskyCommand(containerOf(`image: shop, command: [sh, -c, "${command}"]`));
    expect(found ? `${found.kind}: ${found.words}` : 'none').toBe(expected);
  });

  test('points at the last of its words, or at the script', () => {
    const pathOf = (command: string): string | undefined =>
      findRiskyCommand(containerOf(`image: shop, command: [${command}]`))?.field.path.replace(
        'spec.template.spec.containers[0].',
        '',
      );
    expect(pathOf('npx, prisma, migrate, reset, --force')).toBe('command[3]');
    expect(pathOf('sh, -c, "true; prisma migrate reset"')).toBe('command[2]');
    expect(pathOf('npx, "prisma migrate", reset')).toBe('command[2]');
  });
});
