// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the shell.
import { describe, expect, test } from 'vitest';
import { findIgnoredFailures, type ShellFlags } from '../../src/shell/ignored-failures.ts';
import { commandsOf, readScript } from '../../src/shell/shell-script.ts';
import { describeScript } from './describe-script.ts';

/** The commands of a script whose failures change nothing. */
function judge(script: string, flags: ShellFlags = {}) {
  return findIgnoredFailures(readScript(script), flags);
}

describe('ignored-failures: failures that one ending well does not show', () => {
  test.each([
    ['a; echo x', [0, 1]],
    ['for x in a b; do c && continue; d; done; echo x', [0, 1, 2, 3, 4]],
    ['until a; do b; done; c; echo x; exit 0', [2, 3, 4]],
    ['while true; do a && break; done; echo x', [3]],
    ['if a; then b; fi; echo x', [0, 1, 2]],
    ['a', []],
    ['a; b', []],
    ['a && echo x', []],
    ['a || echo x', [0, 1]],
    ['set -e; a; echo x', []],
    ['a || exit 1; echo x', []],
    ['a; echo $?', []],
    ['if a; then echo x; fi', []],
    ['trap x ERR; a; echo x', []],
    ['. ./lib.sh; a; echo x', []],
    ['', []],
  ])('%s: %j', (script, expected) => {
    expect([...judge(script).unnoticed]).toEqual(expected);
    expect([...judge(script, { errexit: true }).unnoticed]).toEqual([]);
  });
});

describe('ignored-failures: a shell started with -e', () => {
  test.each([
    ['a; b', []],
    ['a || true', [0]],
    ['a && b; c', [0]],
  ])('%s', (script, expected) => {
    expect([...judge(script, { errexit: true }).ignored]).toEqual(expected);
  });
});

test('ignored-failures: a shell started with -o pipefail', () => {
  expect([...judge('a | tee log').ignored]).toEqual([0]);
  expect([...judge('a | tee log', { pipefail: true }).ignored]).toEqual([]);
});

describe('ignored-failures: failures that change nothing', () => {
  test.each([
    ['a || true', '[a]* [true]'],
    ['a || :', '[a]* [:]'],
    ['a || echo x', '[a]* [echo|x]'],
    ['a || printf x', '[a]* [printf|x]'],
    ['a || sleep 5', '[a]* [sleep|5]'],
    ['a || untrue', '[a] [untrue]'],
    ['a || trueish', '[a] [trueish]'],
    ['a || exit', '[a] [exit]'],
    ['a || exit 0', '[a]* [exit|0]'],
    ['a || exit 3', '[a] [exit|3]'],
    ['a || exit $?', '[a] [exit|$?]'],
    ['a || false', '[a] [false]'],
    ['a || true; b', '[a]* [true]* [b]'],
    ['a || true; exit 1', '[a] [true] [exit|1]'],
    ['a; echo $?; b', '[a] [echo|$?]* [b]'],
    ['a; echo "code $?"', '[a] [echo|code $?]'],
    ['a; false', '[a] [false]'],
    ['a; exit 0', '[a]* [exit|0]'],
    ['a && b && c; d', '[a]* [b]* [c]* [d]'],
    ['a && b || true', '[a]* [b]* [true]'],
    ['a && b', '[a] [b]'],
    ['set -e; a; b', '[set|-e]* [a] [b]'],
    ['set -ex; a; b', '[set|-ex]* [a] [b]'],
    ['set -o errexit; a; b', '[set|-o|errexit]* [a] [b]'],
    ['set -x; a; b', '[set|-x]* [a]* [b]'],
    ['set +e; a; b', '[set|+e]* [a]* [b]'],
    ['set -- e; a; b', '[set|--|e]* [a]* [b]'],
    ['unset -e; a; b', '[unset|-e]* [a]* [b]'],
    ['set errexits; a; b', '[set|errexits]* [a]* [b]'],
    ['a; set -e; b; c', '[a]* [set|-e]* [b] [c]'],
    ['set -e; a && b; c', '[set|-e]* [a]* [b] [c]'],
    ['set -e; a || true; c', '[set|-e]* [a]* [true] [c]'],
    ['a; if b; then c; fi', '[a] [b] [c]'],
    ['a; if [ x ]; then c; else d; fi; e', '[a]* [[|x|]] [c] [d] [e]'],
    ['a; if [[ x ]]; then c; elif test y; then d; fi', '[a]* [[[|x|]]] [c] [test|y] [d]'],
    ['a; if [ x ]; then c; elif d; then e; fi', '[a] [[|x|]] [c] [d] [e]'],
    ['a; if [ x ]; then exit 1; fi; b', '[a] [[|x|]] [exit|1] [b]'],
    ['if [ x ]; then a; fi; b; c', '[[|x|]] [a] [b]* [c]'],
    ['a && if [ x ]; then b; fi; c', '[a] [[|x|]] [b] [c]'],
    ['set -e; a; if [ x ]; then b; fi; c', '[set|-e]* [a] [[|x|]] [b] [c]'],
    ['a; b | c', '[a] [b] [c]'],
    ['a; (b)', '[a] [b]'],
    ['a; b &', '[a] [b]'],
    ['a; b $(c)', '[a] [c] [b|$()]'],
    ['a; b `c`', '[a] [c] [b|$()]'],
    ['until a; do sleep 1; done; b; echo x', '[a] [sleep|1] [b]* [echo|x] loops'],
    ['b; until a; do sleep 1; done; echo x', '[b] [a] [sleep|1] [echo|x] loops'],
    ['until a; do sleep 1; done; set -e; b; echo x', '[a] [sleep|1] [set|-e]* [b] [echo|x] loops'],
    ['for x in a b; do c; done; d; e', '[for|x|in|a|b] [c] [d]* [e] loops'],
    ['a | b; c; d', '[a] [b] [c]* [d]'],
    ['a & b; c', '[a] [b] [c]'],
    ['x=$(a); b; c', '[a] [x=$()] [b]* [c]'],
    ['if a; then b; fi; c; d', '[a] [b] [c]* [d]'],
    ['if [ a ]; then b; elif c; then d; fi; e; f', '[[|a|]] [b] [c] [d] [e]* [f]'],
    ['f() { a; }; b; c', '[f] [a] [b] [c]'],
    ['trap x ERR; a; b', '[trap|x|ERR] [a] [b]'],
  ])('%j: %s', (script, expected) => expect(describeScript(script)).toBe(expected));

  test('not looked for in very long scripts', () => {
    const lines = (count: number): string => Array.from({ length: count }, (_, index) => `a${index}`).join('\n');
    expect(judge(lines(500)).ignored.size).toBe(499);
    expect(judge(lines(501)).ignored.size).toBe(0);
  });
});

describe('ignored-failures: whatever becomes of a command', () => {
  test.each([
    ['a || true', ['a']],
    ['a || exit 0', ['a']],
    ['a || exit 1', []],
    ['a || recover', []],
    ['a; b', ['a']],
    ['a\nb', ['a']],
    ['a && b', []],
    ['a && b; c', ['a', 'b']],
    ['set -e; a; b', ['set']],
    ['set -euo pipefail\na\nb', ['set']],
    ['set -e; a && b; c', ['set', 'a']],
    ['a; exit $?', []],
    ['a; exit 1', []],
    ['if a; then b; fi; c', []],
    ['a & wait; c', []],
    ['a | b; c', []],
    ['a | tee log', ['a']],
    ['a 2>&1 | ts | tee -a log', ['a', 'ts']],
    ['a | tee log; b', ['a']],
    ['a | grep x', []],
    ['a | tee log | grep x', []],
    ['a | tee log; grep -q done log', []],
    ['a | tee log; exit "${PIPESTATUS[0]}"', []],
    ['a | tee log; exit 1', []],
    ['set -o pipefail; a | tee log', []],
    ['set -euo pipefail; a | tee log', []],
    ['set -e; a | tee log; b', ['a']],
    ['if a | tee log; then b; fi', []],
    ['until a | tee log; do b; done', []],
    ['(a | tee log)', []],
    ['a || b | tee log', ['b']],
    ['(a; b); c', []],
    ['a "$(b)"; c', []],
  ])('%j goes on whatever becomes of %j', (script, expected) => {
    const commands = commandsOf(script);
    expect([...judge(script).ignored].map((index) => commands[index]?.[0])).toEqual(expected);
  });
});
