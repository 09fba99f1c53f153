// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the shell.
import { describe, expect, test } from 'vitest';
import { commandsOf, readScript } from '../../src/shell/shell-script.ts';
import { describeScript } from './describe-script.ts';

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
    expect(commandsOf(nested(99))[0]).toEqual(['a']);
    expect(commandsOf(nested(150)).length).toBeGreaterThan(100);
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
    expect(commandsOf(script)).toEqual(commands);
  });

  test('loops are noticed', () => {
    expect(readScript('until a; do b; done').loops).toBe(true);
    expect(readScript('a && b').loops).toBe(false);
  });
});
