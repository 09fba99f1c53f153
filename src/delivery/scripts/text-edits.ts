import { editsInPlace, redirections, type Words } from '../../shell/words.ts';
import { type LinearPattern, linearPattern } from '../../text/linear-pattern.ts';
import { grammarOf, type PatternGrammar, translatePattern } from '../edits/sed.ts';
import { unknown } from './deploy-script.ts';
import { argumentsOf } from './kubectl-calls.ts';
import { matchPath } from './match-name.ts';

/** A text that `sed` or `yq` replaces. */
export interface TextEdit {
  /** The part of a line that is replaced; undefined for a whole image or tag. */
  readonly pattern: LinearPattern | undefined;
  /** The file's path or its end; undefined if it is not known. */
  readonly file: LinearPattern | undefined;
  /** Whether the repository holds the file, so that it is not the output of a build. */
  readonly isHeld: boolean;
}

/** `newTag: ${TAG}` in a text that a script writes into a kustomization, such as a here-document; it may be for any image. */
export function writtenTags(text: string): TextEdit[] {
  return /^[ \t]*newTag:[ \t]*["']?\$/m.test(text) ? [{ pattern: undefined, file: undefined, isHeld: false }] : [];
}

/** The texts that `sed` or `yq` in a command replaces. */
export function textEdits(words: Words, holds: (path: string) => boolean): TextEdit[] {
  const sed = argumentsOf(words, /^g?sed$/);
  const edits = sed === undefined ? yqEdits(argumentsOf(words, /^yq$/) ?? []) : sedEdits(sed);
  return edits.map(([pattern, path]) => {
    return { pattern, file: matchPath(path), isHeld: !/[\0*]/.test(path) && holds(path) };
  });
}

/** What is replaced, and the path of the file. */
type Edit = readonly [pattern: LinearPattern | undefined, path: string];

function yqEdits(yq: Words): Edit[] {
  const sets = yq.some((word) => /newTag|image/i.test(word) && word.includes('='));
  return sets ? [[undefined, yq.at(-1) ?? '']] : [];
}

function sedEdits(sed: Words): Edit[] {
  if (onlyExtracts(sed)) return [];
  const expressions = sed.flatMap((word) => {
    const first = /^s(.)((?:\\.|(?!\1)[^\\])*)\1/.exec(word);
    return first === null ? [] : [first, ...word.matchAll(laterExpression)].map(([, , pattern = '']) => pattern);
  });
  const writesImages = expressions.some((expression) => /^[\w.\\-]+(?:\/[\w.\\-]+)+:[\w.\\-]+$/.test(expression));
  const patterns = expressions.map((expression) => {
    return writesImages && expression === unknown ? anyText : toPattern(expression, grammarOf(sed));
  });
  return patterns.flatMap((pattern) => editedFiles(sed).map((path): Edit => [pattern, path]));
}

/** What a variable stands for in a command that replaces images. */
const anyText: LinearPattern = /./;

/** The start of an expression of sed after others: `s|a|b|; s|c|d|`. */
const laterExpression = /;\s*s([!-/:-@[\]^`{-~])((?:\\.|(?!\1)[^\\])*)\1/g;

/** Whether sed prints only the lines that it is told to print (`-n`), as scripts do to read a value, and edits no file. */
function onlyExtracts(sed: Words): boolean {
  const isQuiet = sed.some((word) => /^(-[Erszu]*n[Erszu]*|--quiet|--silent)$/.test(word));
  return isQuiet && !editsInPlace(sed);
}

/** The files that sed reads; an empty text if it reads from a pipe, or those that `find -exec` finds (`{} +`). */
function editedFiles(sed: Words): string[] {
  const { from, to } = redirections(sed);
  const operands = sed.filter(
    (word) => word !== '' && !/^(?:-|\d?[<>]|s\W|\{\}$|[+;]$)/.test(word) && !to.includes(word),
  );
  const files = [...new Set([...from, ...operands])];
  return files.length > 0 ? files : [''];
}

/** A pattern of sed; plain text if it is not a valid pattern. */
function toPattern(expression: string, grammar: PatternGrammar): LinearPattern {
  const known = expression.split(unknown).join('.*');
  return linearPattern(translatePattern(known, grammar)) ?? { test: (text) => text.includes(known) };
}
