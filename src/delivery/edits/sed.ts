import { RE2JS, RE2JSException } from 're2js';
import { editsInPlace, type Words } from '../../shell/words.ts';
import type { Command } from '../pipelines/ci-job.ts';
import { programOf } from '../pipelines/commands.ts';
import type { LineMatcher } from './file-edits.ts';

/** An in-place `s/…/…/`, and the files that it changes. */
export interface Substitution {
  readonly program: string;
  /** As written. */
  readonly pattern: string;
  /** Undefined if the pattern has variables, or parts that cannot be read. */
  readonly matches: LineMatcher | undefined;
  /** The replacement, as written. */
  readonly replacement: string;
  readonly paths: readonly string[];
}

/** Reads `sed -i` and `perl -pi -e` with one expression; undefined for anything else. */
export function readSubstitution(command: Command): Substitution | undefined {
  const program = programOf(command);
  const { words } = command;
  const isSed = program === 'sed' && editsInPlace(words);
  const isPerl = program === 'perl' && words.some((word) => /^-(?=\w*p)\w*i/.test(word));
  if (!isSed && !isPerl) return undefined;
  const grammar = isPerl ? 'extended' : grammarOf(words);
  const plain = words.slice(1).filter((word) => word !== '' && !/^[-<>]/.test(word));
  const expressions = plain.filter((word) => substitution.test(word));
  const [expression, ...more] = expressions;
  if (expression === undefined || more.length > 0) return undefined;
  const [, delimiter = '', pattern = '', replacement = ''] = substitution.exec(expression) ?? [];
  const bare = pattern.replaceAll(`\\${delimiter}`, delimiter);
  const paths = plain.filter((word) => word !== expression);
  return { program, pattern, matches: compile(bare, grammar), replacement, paths };
}

const substitution = /^s([^\w\s\\])((?:\\.|(?!\1)[^\\])*)\1((?:\\.|(?!\1)[^\\])*)\1\w*$/s;

/** Converts a POSIX basic regular expression to an extended one, in which special characters have no backslash. */
function toExtended(pattern: string): string {
  return pattern.replace(/\\[(){}|+?]|[(){}|+?]|\\./g, (found) => {
    if (/^\\[(){}|+?]$/.test(found)) return found.slice(1);
    return found.length === 1 ? `\\${found}` : found;
  });
}

/** The grammar of a regular expression in POSIX. */
export type PatternGrammar = 'basic' | 'extended';

/** The grammar in which sed reads its patterns. */
export function grammarOf(words: Words): PatternGrammar {
  return words.some((word) => /^-[a-zA-Z]*[Er]|^--regexp-extended/.test(word)) ? 'extended' : 'basic';
}

/** Translates a pattern of sed to RE2. */
export function translatePattern(pattern: string, grammar: PatternGrammar): string {
  return (grammar === 'extended' ? pattern : toExtended(pattern)).replace(/\\[<>]/g, '\\b');
}

/** Compiles a pattern with an engine that takes linear time, since patterns are untrusted. */
function compile(pattern: string, grammar: PatternGrammar): LineMatcher | undefined {
  // Checked before the translation, which changes the braces of `${TAG}` in a basic expression.
  if (/\$[{(\w]/.test(pattern)) return undefined;
  const translated = translatePattern(pattern, grammar);
  if (/\\\$|\\\d|\[[=.]/.test(translated)) return undefined;
  try {
    const compiled = RE2JS.compile(translated);
    return (line) => {
      const matcher = compiled.matcher(line);
      return matcher.find() ? { start: matcher.start(), text: matcher.group() ?? '' } : undefined;
    };
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}
