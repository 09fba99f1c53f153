import { describe, expect, test } from 'vitest';
import { valueUnquoted } from '../../src/rules/value-unquoted.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

const job =
  'apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration-v1}\nspec: {template: {spec: {containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}';

/** What the rule says of a ConfigMap beside a migration, or beside none. */
function judge(data: string, beside = job): { message: string; hint: string; notes: string[]; changes: number }[] {
  const reported: ReturnType<typeof judge> = [];
  const config = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata: {${data}}`;
  valueUnquoted.check(modelFromYaml(`${config}\n---\n${beside}\n`), ({ message, hint = '', related, fix }) =>
    reported.push({ message, hint, notes: related.map(({ note }) => note), changes: fix?.changes.length ?? 0 }),
  );
  return reported;
}

describe('value-unquoted', () => {
  test('one value', () => {
    const [found, ...others] = judge('A: 1, B: "2", C: text');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ hint: 'Put it in quotes.', notes: [], changes: 1 });
    expect(found?.message).toContain('has a number or boolean in `data.A`, where');
  });

  test('five values are all named', () => {
    const [found] = judge('A: 1, B: 2, C: 3, D: 4, E: true');
    expect(found).toMatchObject({ hint: 'Put them in quotes.', notes: Array(4).fill('and this one'), changes: 5 });
    expect(found?.message).toContain(
      'has numbers or booleans in `data.A`, `data.B`, `data.C`, `data.D` and `data.E`, where',
    );
  });

  test('of more, five are named and all are fixed', () => {
    const [found] = judge('A: 1, B: 2, C: 3, D: 4, E: true, F: 6, G: 7');
    expect(found).toMatchObject({ notes: Array(4).fill('and this one'), changes: 7 });
    expect(found?.message).toContain('`data.D`, `data.E` and 2 more, where');
  });

  test('nothing of a tree without a migration', () => {
    expect(judge('A: 1', 'apiVersion: v1\nkind: Service\nmetadata: {name: shop}')).toEqual([]);
  });
});
