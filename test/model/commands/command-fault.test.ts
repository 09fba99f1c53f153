// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux or a shell fills.
import { describe, expect, test } from 'vitest';
import { findCommandFault } from '../../../src/model/commands/command-fault.ts';
import { containerOf } from '../../support/job-from-yaml.ts';

describe('command-fault', () => {
  test.each([
    ['command: npx prisma migrate deploy', 'text: npx prisma migrate deploy'],
    ['command: ["npx prisma migrate deploy"]', 'one word: npx prisma migrate deploy'],
    ['command: ["/bin/my migrate", up]', 'one word: /bin/my migrate'],
    ['command: [" migrate "]', 'none'],
    ['command: ["$(RUN) migrate"]', 'none'],
    ['command: ["${RUN} migrate"]', 'none'],
    ['args: ["prisma migrate deploy"]', 'none'],
    ['command: [sh, -c, npx, prisma, migrate]', 'lost words: npx'],
    ['command: [/bin/bash, -c], args: [./migrate.sh, up]', 'lost words: ./migrate.sh'],
    ['command: [sh, -c, npx]', 'none'],
    ['command: [sh, -c, "npx \\"$@\\"", --, up]', 'none'],
    ['command: [sh, -c, "npx $0", up]', 'none'],
    ['command: [sh, -ec, npx, prisma]', 'lost words: npx'],
    ['command: [sh, -c, "cd /app && env"], args: [prisma migrate deploy]', 'unread words: prisma migrate deploy'],
    ['command: [alembic, upgrade, head, "&&", python, seed.py]', 'operator: &&'],
    ['command: [alembic, upgrade, head], args: ["|", tee, log]', 'operator: |'],
    ['command: [timeout, "60", sh, -c, a, "&&", b]', 'none'],
    ['command: [/bin/cp, -r], args: ["/old/*", /new]', 'glob: /old/*'],
    ['command: [cp, -r, /old/., /new]', 'none'],
    ['command: [psql, -c, "select * from a"]', 'none'],
    ['command: [sh, -c, "set -e; env", --, prisma, migrate, deploy]', 'unread words: prisma'],
    ['command: [sh, -c, "exec npx \\"$*\\"", --, up]', 'none'],
    ['command: [sh, -c, "exec npx ${1}", --, up]', 'none'],
    ['command: [sh, -c, "echo $#; env", --, up]', 'none'],
    ['command: [sh, -c, "shift; env", --, up]', 'none'],
    ['command: [sh, -c, "for x; do npx $x; done", --, up]', 'none'],
    ['command: [sh, -c, "cd /app && npx prisma migrate deploy", --]', 'none'],
    ['command: [sh, -c, "cd /app && npx prisma migrate deploy", /bin/sh]', 'none'],
    ['command: [sh, -c, "$(SCRIPT)", prisma migrate deploy]', 'none'],
    ['command: [sh, -e, run, up]', 'none'],
    ['command: [sh, run, up, again]', 'none'],
    ['command: [python, -c, run, up]', 'none'],
    ['command: [sh, -c]', 'none'],
    ['command: []', 'none'],
  ])('%s: %s', (fields, expected) => {
    const fault = findCommandFault(containerOf(fields));
    expect(fault ? `${fault.kind}: ${fault.field.value}` : 'none').toBe(expected);
  });

  test.each([
    ['command: [sh, -c, "cd /app && env", prisma migrate deploy]', true],
    ['command: [sh, -c, "cd /app && env", --, prisma, migrate, deploy]', true],
    ['command: [sh, -c, "npx prisma migrate deploy", --, --verbose]', false],
    ['command: [sh, -c, "npx prisma migrate deploy", prisma migrate status]', false],
    ['command: [sh, -c, "cd /app && ./run.sh", --, --verbose]', false],
  ])('%s: it is the migration that does not run: %s', (fields, expected) => {
    expect(findCommandFault(containerOf(fields))?.isMigration).toBe(expected);
  });
});
