import { describe, expect, test } from 'vitest';
import { judgeRetry } from '../../../src/model/jobs/retry-effect.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** What a second run means for a migration Job with these containers, which may run `/sql/a.sql` with this text. */
function effectOf(containers: string, sql = '', above = ''): string {
  const { migrations } = modelFromYaml(`${above}apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration}
spec:
  template:
    spec:
      volumes: [{name: sql, configMap: {name: sql}}]
      containers: [${containers}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: sql}
data: {a.sql: ${JSON.stringify(sql)}, b.sql: "select 1;"}
`);
  const { isHarmless, clause } = judgeRetry(firstOf(migrations));
  return `${isHarmless ? 'harmless' : 'harmful'}${clause}`;
}

const psql = (...words: readonly string[]) =>
  `{name: main, image: postgres, command: ${JSON.stringify(['psql', ...words])}, volumeMounts: [{name: sql, mountPath: /sql}]}`;
const own = '{name: main, image: shop, command: [./migrate.sh]}';

const locked = 'harmless; Flyway keeps a lock and a record, so this mostly costs time';
const atOnce = 'harmless; its statements are one transaction, so this mostly costs time';
const halfDone = 'harmful, on top of whatever the failed run left half-done';
const said = 'harmless; a comment beside it says that it may run again, so this mostly costs time';
const created = 'harmless; `create_all` leaves tables that exist as they are, so this mostly costs time';
const unknown = 'harmful, which does harm unless the program undoes or skips what the failed run has done';

describe('retry-effect', () => {
  test.each([
    ['a tool that locks', '{name: main, image: flyway/flyway, args: [migrate]}', locked],
    ['a tool that does not', '{name: main, image: shop, command: [npx, sequelize-cli, "db:migrate"]}', halfDone],
    ['a client', psql('-c', 'select 1'), halfDone],
    ['another client', '{name: main, image: mysql, command: [sh, -c, "mysql < a.sql"]}', halfDone],
    ['a client after another program', '{name: main, image: postgres, command: [sh, -c, "echo; psql -c x"]}', halfDone],
    ['a client beside another container', `${own}, ${psql('-c', 'x').replace('main', 'second')}`, halfDone],
    ['its own program', own, unknown],
  ])('%s', (_, containers, expected) => expect(effectOf(containers)).toBe(expected));

  test.each([
    ['# The program is idempotent.\n', said],
    ['# Takes an advisory lock, and records\n# what it has applied.\n', said],
    ['# It is safe\n# to re-run.\n', said],
    ['# Re-running is a no-op at the newest version.\n', said],
    ['# Safe to retry.\n', said],
    ['# Reindexing can be repeated.\n', said],
    ['# It may be run twice.\n', said],
    ['# It cannot be repeated.\n', unknown],
    ['# Not idempotent: never run it twice.\n', unknown],
    ['# It is not safe to re-run.\n', unknown],
    ['# Runs before the service.\n', unknown],
  ])('its own program below %j', (above, expected) => expect(effectOf(own, '', above)).toBe(expected));

  test.each([
    ['{backoffLimit: 2, # may be repeated', said],
    ['{ # may be repeated', unknown],
    ['{backoffLimit: 2,', unknown],
  ])('its own program in %j', (start, expected) => {
    const job = `apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration}\nspec: ${start}\n  template: {spec: {containers: [${own}]}}}\n`;
    const { isHarmless } = judgeRetry(firstOf(modelFromYaml(job).migrations));
    expect(isHarmless).toBe(expected === said);
  });

  test('a tool that locks below a comment', () => {
    expect(effectOf('{name: main, image: flyway/flyway, args: [migrate]}', '', '# idempotent\n')).toBe(locked);
  });

  test.each([
    ['Base.metadata.create_all(engine)', created],
    ['Base.metadata.drop_all(engine); Base.metadata.create_all(engine)', unknown],
    ['Base.metadata.create_all(engine); engine.execute(1)', unknown],
  ])('Python that runs %s', (script, expected) =>
    expect(effectOf(`{name: main, image: shop, command: [python, -c, "${script}"]}`)).toBe(expected),
  );

  test.each([
    ['-1', psql('-1', '-f', '/sql/a.sql'), atOnce],
    ['--single-transaction', psql('--single-transaction', '--file=/sql/a.sql'), atOnce],
    ['-1 beside another container', `${own}, ${psql('-1', '-f', '/sql/a.sql').replace('main', 'second')}`, atOnce],
    ['an option that only looks like it', psql('-10', '-f', '/sql/a.sql'), halfDone],
    ['another option that only looks like it', psql('x--single-transaction', '-f', '/sql/a.sql'), halfDone],
    [
      '-1 and two files',
      psql('-1', '-f', '/sql/a.sql').replace('["psql"', '["sh","-c","psql -1 -f a; psql -1 -f b"'),
      halfDone,
    ],
    ['-1 without a file', psql('-1', '-c', 'x'), halfDone],
    [
      'a file of another program',
      '{name: main, image: postgres, command: [sh, -c, "tool -f x -1; psql -c x"]}',
      halfDone,
    ],
  ])('psql with %s', (_, containers, expected) => expect(effectOf(containers)).toBe(expected));

  test.each([
    ['BEGIN;\ncreate table a ();\nCOMMIT;\n', true],
    ['begin;\ncreate table a ();\ncommit;', true],
    ['-- a table\n\\set ON_ERROR_STOP on\n\n  BEGIN ;\ncreate table a ();\n  COMMIT ;\n\n', true],
    ['create table a ();\n', false],
    ['BEGIN;\ncreate table a ();\n', false],
    ['create table a ();\nBEGIN;\nselect 1;\nCOMMIT;\n', false],
    ['BEGIN;\nselect 1;\nCOMMIT;\ncreate table a ();\n', false],
    ['BEGIN;\nselect 1;\nCOMMIT;\nBEGIN;\nselect 2;\nCOMMIT;\n', false],
    ['BEGIN;\nselect 1;\n  ROLLBACK ;\nselect 2;\nCOMMIT;\n', false],
    ['BEGIN;\nselect 1; -- COMMIT;\nCOMMIT;\n', true],
  ])('the file %j is one transaction: %s', (sql, expected) => {
    for (const words of [
      ['-f', '/sql/a.sql'],
      ['-f/sql/a.sql'],
      ['--file=/sql/a.sql'],
      ['--file', '/sql/a.sql'],
      ['-q', '-f', '/sql/a.sql'],
    ]) {
      expect(effectOf(psql(...words), sql)).toBe(expected ? atOnce : halfDone);
    }
  });

  test('a file that the tree lacks, and none', () => {
    expect(effectOf(psql('-f', '/other/a.sql'), 'BEGIN;\nselect 1;\nCOMMIT;\n')).toBe(halfDone);
    expect(effectOf(psql('-f'), 'BEGIN;\nselect 1;\nCOMMIT;\n')).toBe(halfDone);
  });
});
