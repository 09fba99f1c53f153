import { describe, expect, test } from 'vitest';
import { hintToStop, stopsOnFailure } from '../../../src/model/commands/hidden-failure.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

function stops(command: string, args = '[]'): boolean {
  const { workloads } = modelFromYaml(
    `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: x, image: x, command: ${command}, args: ${args}}]}`,
  );
  return stopsOnFailure(firstOf(workloads.flatMap(({ pod }) => pod.containers)));
}

describe('hidden-failure: a shell that stops at the first failure', () => {
  test.each([
    ['[sh, -ec, a]', true],
    ['[sh, -e, -c, a]', true],
    ['[bash, -euxc, a]', true],
    ['[sh, -c, "set -e; a"]', true],
    ['[sh, -c, "set  -ue\\na"]', true],
    ['[sh, -c, "a;set -e"]', true],
    ['[sh, -c, "a\\nset -euo pipefail"]', true],
    ['[sh, -c, "a; b"]', false],
    ['[sh, -c, "reset -e"]', false],
    ['[sh, -c, "set -x; a"]', false],
    ['[tool, a-e]', false],
    ['[tool, -e1]', false],
    ['[tool, --env]', false],
  ])('%s: %s', (command, expected) => expect(stops(command)).toBe(expected));

  test('by its arguments', () => expect(stops('[sh]', '[-ec, a]')).toBe(true));
});

describe('hidden-failure: what to do', () => {
  const stop = 'Put `&&` between the commands, or start the script with `set -e`';
  const pipe = 'Start the script with `set -o pipefail`, in a shell that has it, such as bash; or remove the pipe.';

  test.each<[script: string, hint: string, isStrict?: boolean]>([
    ['migrate; start', `${stop}.`],
    ['migrate | tee log', pipe],
    ['migrate 2>&1 | tee log', pipe],
    ['set -e\nmigrate | tee log', pipe],
    ['migrate || true', 'Remove `|| true`.'],
    ['migrate || true\n', 'Remove `|| true`.'],
    ['migrate --force || true', 'Remove `|| true`.'],
    ['migrate \\\n  || true', 'Remove `|| true`.'],
    ['migrate  ||  echo done', 'Remove `|| echo …`.'],
    ['migrate || truely', 'Remove `|| truely …`.'],
    ['migrate || is true', 'Remove `|| is …`.'],
    ['migrate || true; start', `${stop}; and remove \`|| true\`.`],
    ['migrate || true & start', `${stop}; and remove \`|| true\`.`],
    ['migrate || true\nstart', `${stop}; and remove \`|| true\`.`],
    ['migrate || true\nstart', 'Remove `|| true`.', true],
    ['migrate\nstart || true', 'Start the script with `set -e`.'],
    ['other || exit 1; migrate || echo failed', 'Remove `|| echo …`.'],
  ])('%j: %s', (script, hint, isStrict = false) => {
    expect(hintToStop(script, 'migrate', isStrict)).toBe(hint);
  });

  test('a command that is written otherwise in the script', () => {
    expect(hintToStop('"migrate" up || true', 'migrate up', false)).toBe(`${stop}; and remove \`|| true\`.`);
  });
});
