import { describe, expect, test } from 'vitest';
import { type CommandPattern, matchCommand } from '../../../src/model/tools/command-pattern.ts';
import { harmlessOfTools, isHarmless } from '../../../src/model/tools/harmless-command.ts';
import { migrationTools } from '../../../src/model/tools/migration-tools.ts';
import { riskyCommands } from '../../../src/model/tools/risky-commands.ts';

describe('command-pattern', () => {
  const pattern: CommandPattern = { mentions: ['rails', 'rake'], matches: /^(rails|rake) db:migrate\b/i };

  test.each([
    ['rails db:migrate', 'rails db:migrate'],
    ['Rake DB:migrate --trace', 'Rake DB:migrate'],
    ['rails server', undefined],
    ['prisma db:migrate', undefined],
  ])('%s: %s', (command, matched) => expect(matchCommand(command, pattern)).toBe(matched));

  test('what a pattern mentions stands in it', () => {
    for (const { mentions, matches } of [...migrationTools, ...harmlessOfTools, ...riskyCommands]) {
      const written = matches.source.toLowerCase().replaceAll('\\', '');
      expect(mentions.filter((word) => !written.includes(word))).toEqual([]);
    }
  });
});

describe('migration-tools: words that make a command harmless', () => {
  test.each([
    '--check',
    '--Dry-Run',
    '--sql=true',
    'status',
    'db:migrate:status',
    'make:migration',
    'migrate-list',
    'DOWN',
  ])('%s', (word) => expect(isHarmless(word)).toBe(true));
  test.each(['--checks', 'statuses', 'make:', 'remake:it', 'db:migrate', 'up', '--force'])('not %s', (word) =>
    expect(isHarmless(word)).toBe(false),
  );
});
