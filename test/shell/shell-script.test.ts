// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the shell.
import { describe, expect, test } from 'vitest';
import type { FindScript } from '../../src/objects/package-script.ts';
import type { Present } from '../../src/objects/view.ts';
import { invocationsOf, readInvocations } from '../../src/shell/command-line.ts';
import { readScript } from '../../src/shell/shell-script.ts';
import { firstOf } from '../support/first-of.ts';
import { modelFromYaml, rootFromYaml } from '../support/root-from-yaml.ts';

/** Commands as `[a|b]`, with a star behind those whose failure changes nothing. */
function describeScript(script: string): string {
  const { commands, loops, ignored } = readScript(script);
  const shown = commands.map((words, index) => `[${words.join('|')}]${ignored.has(index) ? '*' : ''}`);
  return [...shown, ...(loops ? ['loops'] : [])].join(' ');
}

describe('shell-script: failures that one ending well does not show', () => {
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
    expect([...readScript(script).unnoticed]).toEqual(expected);
    expect([...readScript(script, true).unnoticed]).toEqual([]);
  });
});

describe('shell-script: a shell started with -e', () => {
  test.each([
    ['a; b', []],
    ['a || true', [0]],
    ['a && b; c', [0]],
  ])('%s', (script, expected) => {
    expect([...readScript(script, true).ignored]).toEqual(expected);
  });
});

test('shell-script: a shell started with -o pipefail', () => {
  expect([...readScript('a | tee log').ignored]).toEqual([0]);
  expect([...readScript('a | tee log', false, true).ignored]).toEqual([]);
});

describe('command-line: a script that a ConfigMap brings', () => {
  const describeCalls = (command: readonly string[], script: string): string[] => {
    const model = modelFromYaml(`
apiVersion: v1
kind: ConfigMap
metadata: {name: scripts}
data: {wait.sh: ${JSON.stringify(script)}}
---
apiVersion: v1
kind: Pod
metadata: {name: x}
spec:
  volumes: [{name: scripts, configMap: {name: scripts, items: [{key: wait.sh, path: bin/wait.sh}]}}, {name: none}]
  containers:
    - name: main
      image: app
      command: ${JSON.stringify(command)}
      volumeMounts: [{name: none, mountPath: /none}, {name: scripts, mountPath: /scripts/}, {name: scripts, mountPath: /wait, subPath: bin/wait.sh}]
`);
    const container = firstOf(model.workloads.flatMap(({ pod }) => pod.containers));
    return readInvocations(container).map(
      ({ words, script: by, isFailureIgnored }) =>
        `${words.join(' ')}${isFailureIgnored ? '*' : ''} (${by?.call ?? 'itself'})`,
    );
  };

  test.each([
    [['sh', '/scripts/bin/wait.sh', 'job'], 'wait $1 "$2"', ['wait job $2 (sh /scripts/bin/wait.sh job)']],
    [['/wait'], '#!/usr/bin/env bash\na; b', ['a* (/wait)', 'b (/wait)']],
    [['bash', '-e', '/wait'], 'a; b', ['a (bash -e /wait)', 'b (bash -e /wait)']],
    [['/wait'], '#!/usr/bin/python3\na', ['wait (itself)']],
    [['/scripts/wait.sh'], 'a', ['wait.sh (itself)']],
    [['/scripts'], 'a', ['scripts (itself)']],
  ])('%j: %j', (command, script, expected) => expect(describeCalls(command, script)).toEqual(expected));
});

describe('shell-script: words', () => {
  test.each([
    ['a  b\tc', '[a|b|c]'],
    ['  a', '[a]'],
    ["a 'b c'd", '[a|b cd]'],
    ["a ''", '[a|]'],
    ['a ""', '[a|]'],
    ['a "b c" d', '[a|b c|d]'],
    ["a 'b", '[a|b]'],
    ['a "b', '[a|b]'],
    ['a b\\ c', '[a|b c]'],
    ['a \\"b', '[a|"b]'],
    ['a "b\\"c"', '[a|b"c]'],
    ['a "b\\$c \\` \\\\ \\n"', '[a|b$c ` \\ \\n]'],
    ["a 'b\\c'", '[a|b\\c]'],
    ['a "b\\\nc"', '[a|bc]'],
    ['a b\\\nc', '[a|bc]'],
    ['a \\\nb', '[a|b]'],
    ['a \\', '[a|]'],
    ['a # b', '[a]'],
    ['a b#c', '[a|b#c]'],
    ['# a\nb', '[b]'],
    ['a # "b\nc', '[a]* [c]'],
    ['a $B ${C}', '[a|$B|${C}]'],
    ['a $', '[a|$]'],
    ['a {b,c}', '[a|{b,c}]'],
    ['', ''],
    [' ;; ', ''],
  ])('%j: %s', (script, expected) => expect(describeScript(script)).toBe(expected));
});

describe('shell-script: operators', () => {
  test.each([
    ['a&&b', '[a] [b]'],
    ['a||b', '[a] [b]'],
    ['a|b', '[a] [b]'],
    ['a;b', '[a]* [b]'],
    ['a & b', '[a] [b]'],
    ['a &', '[a]'],
    ['(a;b)', '[a] [b]'],
    ['a 2>&1', '[a|2>&1]'],
    ['a &>b', '[a|&>b]'],
    ['a >& b', '[a|>&|b]'],
    ['a & > b', '[a] [>|b]'],
    ['a 2>&1 | b', '[a|2>&1] [b]'],
  ])('%j: %s', (script, expected) => expect(describeScript(script)).toBe(expected));
});

describe('shell-script: words of the shell', () => {
  test.each([
    ['if a; then b; elif c; then d; else e; fi', '[a] [b] [c] [d] [e]'],
    ['while a; do b; done', '[a] [b] loops'],
    ['until a; do b; done', '[a] [b] loops'],
    ['for x in a b; do c; done', '[for|x|in|a|b] [c] loops'],
    ['case a in b) c;; esac', '[case|a|in|b] [c]'],
    ['! a', '[a]'],
    ['time a', '[a]'],
    ['{ a; }', '[a]'],
    ['if ! while a; do b; done; then c; fi', '[a] [b] [c] loops'],
    ['echo while', '[echo|while]'],
    ['trap x EXIT; a', '[trap|x|EXIT] [a]'],
    ['formal; a', '[formal]* [a]'],
    ['a; done', '[a]'],
    ['fi; a', '[a]'],
  ])('%j: %s', (script, expected) => expect(describeScript(script)).toBe(expected));
});

describe('shell-script: substitutions', () => {
  test.each([
    ['a $(b c) d', '[b|c] [a|$()|d]'],
    ['a "x$(b "c d")y"', '[b|c d] [a|x$()y]'],
    ['a `b` c', '[b] [a|$()|c]'],
    ['a "`b`"', '[b] [a|$()]'],
    ['a=$(b $(c))', '[c] [b|$()] [a=$()]'],
    ['a $(b; c)', '[b] [c] [a|$()]'],
    ['a $(b', '[b] [a|$()]'],
    ["a '$(b)'", '[a|$(b)]'],
    ['a \\$(b)', '[a|$] [b]'],
  ])('%j: %s', (script, expected) => expect(describeScript(script)).toBe(expected));

  test('only so deep', () => {
    const nested = (depth: number): string => `${'$('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(readScript(nested(99)).commands[0]).toEqual(['a']);
    expect(readScript(nested(150)).commands.length).toBeGreaterThan(100);
  });
});

describe('shell-script: failures that change nothing', () => {
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
    expect(readScript(lines(500)).ignored.size).toBe(499);
    expect(readScript(lines(501)).ignored.size).toBe(0);
  });
});

describe('command-line', () => {
  /** The command of a container, each of its invocations with what it points at. */
  function invocationsIn(command: readonly string[]): string[] {
    const { workloads } = modelFromYaml(
      `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: x, command: ${JSON.stringify(command)}}]}`,
    );
    const words: readonly Present<string>[] = workloads[0]?.pod.containers[0]?.command ?? [];
    return invocationsOf(words).map(({ words: run, text, field, fields, loops, isFailureIgnored }) =>
      [
        run.join(' '),
        `as ${text}`,
        `at ${field.path.replace('spec.containers[0].', '')}`,
        ...(fields ? [`of ${fields.length}`] : []),
        ...(loops ? ['loops'] : []),
        ...(isFailureIgnored ? ['ignored'] : []),
      ].join(', '),
    );
  }

  test.each([
    [[], []],
    [['npx', 'prisma', 'up'], ['prisma up, as npx prisma up, at command[0], of 3']],
    [
      ['sh', '-c', 'a; npx b'],
      ['a, as a, at command[2], ignored', 'b, as npx b, at command[2]'],
    ],
    [
      ['/bin/bash', '-ec', 'a; b'],
      ['a, as a, at command[2]', 'b, as b, at command[2]'],
    ],
    [
      ['bash', '-e', '-c', 'a; b'],
      ['a, as a, at command[3]', 'b, as b, at command[3]'],
    ],
    [
      ['bash', '-o', 'pipefail', '-c', 'a; b'],
      ['a, as a, at command[4], ignored', 'b, as b, at command[4]'],
    ],
    [
      ['bash', '-o', 'pipefail', '-c', 'a | tee log'],
      ['a, as a, at command[4]', 'tee log, as tee log, at command[4]'],
    ],
    [
      ['bash', '-c', 'a | tee log'],
      ['a, as a, at command[2], ignored', 'tee log, as tee log, at command[2]'],
    ],
    [['bash', '-o', 'errexit', '-c', 'a'], ['bash -o errexit -c a, as bash -o errexit -c a, at command[0], of 5']],
    [['sh', '-cx', 'a'], ['a, as a, at command[2]']],
    [['sh', '-c', '-x', 'a'], ['a, as a, at command[3]']],
    [['sh', '-c'], ['sh -c, as sh -c, at command[0], of 2']],
    [['sh', 'run.sh', '-c', 'a'], ['sh run.sh -c a, as sh run.sh -c a, at command[0], of 4']],
    [['sh', '--c', 'a'], ['sh --c a, as sh --c a, at command[0], of 3']],
    [['busybox', 'ash', '-c', 'a'], ['a, as a, at command[3]']],
    [['tini', '-g', '--', 'dash', '-c', 'a'], ['a, as a, at command[5]']],
    [['tini', '-g', '-v', '--', 'dash', '-c', 'a'], ['dash -c a, as tini -g -v -- dash -c a, at command[0], of 7']],
    [
      ['sh', '-c', 'while a; do b; done'],
      ['a, as a, at command[2], loops', 'b, as b, at command[2], loops'],
    ],
    [['push', '-c', 'a'], ['push -c a, as push -c a, at command[0], of 3']],
  ])('%j', (command, expected) => expect(invocationsIn(command)).toEqual(expected));

  describe('scripts of a package.json', () => {
    const scripts: Readonly<Record<string, string>> = {
      migrate: 'prisma migrate deploy',
      start: 'npm run migrate || true; node .',
      again: 'npm run again',
      loop: 'while a; do npm run migrate; done',
    };

    /** What `npm run` and the like start, with the outermost call that leads there. */
    function calledBy(command: string): string[] {
      const { workloads } = modelFromYaml(
        `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: x, image: shop, command: [sh, -c, ${JSON.stringify(command)}]}]}`,
      );
      const container = firstOf(workloads.flatMap(({ pod }) => pod.containers));
      const file = firstOf(rootFromYaml('scripts: {}').files);
      const findScript: FindScript = ({ manager, name }, image) => {
        const text = scripts[name];
        return text === undefined
          ? undefined
          : { call: `${manager} run ${name} of ${image}`, text, at: { file, start: 0, end: 7 } };
      };
      return readInvocations({ ...container, findScript }).map(
        ({ words, text, script, loops, isFailureIgnored, fields }) =>
          [
            words.join(' '),
            `as ${text}`,
            ...(script ? [`by ${script.call}`] : []),
            ...(loops ? ['loops'] : []),
            ...(isFailureIgnored ? ['ignored'] : []),
            ...(fields ? ['of the list'] : []),
          ].join(', '),
      );
    }

    test.each([
      ['npm run migrate', ['prisma migrate deploy, as prisma migrate deploy, by npm run migrate of shop']],
      [
        'npm run migrate -- --x',
        ['prisma migrate deploy --x, as prisma migrate deploy --x, by npm run migrate of shop'],
      ],
      [
        'yarn migrate; b',
        ['prisma migrate deploy, as prisma migrate deploy, by yarn run migrate of shop, ignored', 'b, as b'],
      ],
      [
        'npm start',
        [
          'prisma migrate deploy, as prisma migrate deploy, by npm run start of shop, ignored',
          'true, as true, by npm run start of shop, ignored',
          'node ., as node ., by npm run start of shop',
        ],
      ],
      [
        'npm run loop',
        [
          'a, as a, by npm run loop of shop, loops',
          'prisma migrate deploy, as prisma migrate deploy, by npm run loop of shop, loops',
        ],
      ],
      ['npm run again', ['npm run again, as npm run again, by npm run again of shop']],
      ['npm run other', ['npm run other, as npm run other']],
      ['node .', ['node ., as node .']],
    ])('%s', (command, expected) => expect(calledBy(command)).toEqual(expected));
  });
});

describe('shell-script: commands', () => {
  test.each([
    ['a b; c "d e" && f', [['a', 'b'], ['c', 'd e'], ['f']]],
    ["a 'b; c' # d\ne", [['a', 'b; c'], ['e']]],
    ['if a; then b; else c; fi', [['a'], ['b'], ['c']]],
    [
      'x=$(a b) c',
      [
        ['a', 'b'],
        ['x=$()', 'c'],
      ],
    ],
    ['a 2>&1 | b', [['a', '2>&1'], ['b']]],
    ['a \\\n  b', [['a', 'b']]],
    ['echo "$(a `b`)"', [['b'], ['a', '$()'], ['echo', '$()']]],
    ['', []],
    ['"unclosed', [['unclosed']]],
  ])('%j', (script, commands) => {
    expect(readScript(script).commands).toEqual(commands);
  });

  test('loops are noticed', () => {
    expect(readScript('until a; do b; done').loops).toBe(true);
    expect(readScript('a && b').loops).toBe(false);
  });

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
    const { commands, ignored } = readScript(script);
    expect([...ignored].map((index) => commands[index]?.[0])).toEqual(expected);
  });
});
