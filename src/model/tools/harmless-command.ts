import type { CommandPattern } from './command-pattern.ts';

/** Flags that keep any of these commands from changing the schema. */
const harmlessFlags = new Set(['--check', '--check-only', '--dry-run', '--dryrun', '--plan', '--sql', '--fake']);

/** Words, or parts of words as in `migration:status`, of commands that inspect, write files, or revert. */
const harmlessParts = new Set(
  (
    'status generate create new validate diff lint info history current show list version rollback down downgrade ' +
    'revert undo help'
  ).split(' '),
);

/** Whether a word of a command makes it harmless. */
export function isHarmless(word: string): boolean {
  const lower = word.toLowerCase();
  const [flag = ''] = lower.split('=');
  return (
    harmlessFlags.has(flag) ||
    lower.split(/[:_-]/).some((part) => harmlessParts.has(part)) ||
    /(^|[:_-])make:\w/.test(lower)
  );
}

/** Commands of tools that inspect or write files although their words say otherwise. */
export const harmlessOfTools: readonly CommandPattern[] = [
  { mentions: ['prisma'], matches: /^prisma migrate resolve\b/i },
  { mentions: ['aerich'], matches: /^aerich migrate\b/i },
  { mentions: ['flask'], matches: /^flask\b.* ?db migrate\b/i },
  { mentions: ['liquibase'], matches: /^liquibase\b.* (update|rollback)\w*-?sql\b/i },
  { mentions: ['migrate'], matches: /^migrate .*\bforce\b/i },
  { mentions: ['artisan'], matches: /^(php )?(\S*\/)?artisan migrate:install\b/i },
  { mentions: ['ef migrations'], matches: /^(dotnet )?(dotnet-)?ef migrations\b/i },
  { mentions: ['diesel'], matches: /^diesel\b.* migration (pending|list|generate)\b/i },
  { mentions: ['sqlx'], matches: /^sqlx\b.* mig(rate)? (add|info)\b/i },
  { mentions: ['sea-orm-cli'], matches: /^sea-orm-cli migrate (init|generate|status)\b/i },
];
