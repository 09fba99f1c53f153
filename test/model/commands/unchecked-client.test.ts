import { describe, expect, test } from 'vitest';
import { findUncheckedClient, hidesFailure } from '../../../src/model/commands/unchecked-client.ts';
import { firstOf } from '../../support/first-of.ts';
import { containerOf, jobOf } from '../../support/job-from-yaml.ts';

const script = (text: string): string => `command: [sh, -c, ${JSON.stringify(text)}]`;

describe('unchecked-client', () => {
  test.each([
    ['psql -f up.sql', 'psql stops: -v ON_ERROR_STOP=1'],
    ['psql --file=up.sql', 'psql stops: -v ON_ERROR_STOP=1'],
    ['psql < up.sql', 'psql stops: -v ON_ERROR_STOP=1'],
    ['psql -v ON_ERROR_STOP=1 -f up.sql', undefined],
    ['psql -c "select 1"', undefined],
    ['psql <<END', undefined],
    ['export PSQLRC=/rc; echo "\\set ON_ERROR_STOP on" > /rc; psql -f up.sql', undefined],
    ['sqlcmd -i up.sql', 'sqlcmd stops: -b'],
    ['sqlcmd --input-file up.sql', 'sqlcmd stops: -b'],
    ['sqlcmd -b -i up.sql', undefined],
    ['sqlcmd -i up.sql -bx', 'sqlcmd stops: -b'],
    ['psql -v ON_ERROR_STOP=1 -f a.sql; sqlcmd -i b.sql', 'sqlcmd stops: -b'],
    ['mysql < up.sql', undefined],
    ['for file in *.sql; do psql -f $file; done', 'psql continues: -v ON_ERROR_STOP=1'],
    ['set -e; for file in *.sql; do psql -f $file; done', 'psql stops: -v ON_ERROR_STOP=1'],
    ['psql -f up.sql || true', 'psql continues: -v ON_ERROR_STOP=1'],
  ])('%s: %s', (text, expected) => {
    const found = findUncheckedClient(containerOf(`image: postgres, ${script(text)}`));
    const described = found && `${found.program} ${found.stopsScript ? 'stops' : 'continues'}: ${found.remedy}`;
    expect(described).toBe(expected);
  });

  test('the option may be in a variable of the arguments', () => {
    const container = containerOf('image: postgres, command: [psql, -f, up.sql], args: ["--set=ON_ERROR_STOP=1"]');
    expect(findUncheckedClient(container)).toBeUndefined();
  });

  test.each([
    ['the tool, with a failure that is ignored', [script('npx prisma migrate deploy || true')], true],
    ['the tool', [script('npx prisma migrate deploy')], false],
    ['a client that continues', [script('psql -f up.sql')], true],
    ['a client that continues in the second container', ['command: [run]', script('psql -f up.sql')], true],
    ['a program of its own', [script('./up')], false],
    ['a program of its own, with a failure that is ignored', [script('./up || true')], true],
    ['a program of its own whose failure is printed', [script('./up || echo failed')], true],
    ['two programs, of which one fails', [script('./up || true'), script('./up')], false],
    ['two commands, of which only the first may fail', [script('./prepare || true; ./up')], false],
    ['words too many', ['command: [sh, -c, "./up || true", x, y]'], false],
  ])('a failure is hidden: %s: %s', (_, containers, expected) => {
    const written = containers.map((fields, i) => `{name: main-${i}, image: shop, ${fields}}`).join(', ');
    expect(hidesFailure(firstOf(jobOf({ containers: written }).model.migrations))).toBe(expected);
  });
});
