import type { SyntaxProblem } from './syntax-problem.ts';

/** A problem without its file. Offsets are in the text of the file. */
type Cause = Pick<SyntaxProblem, 'code' | 'message'> & { readonly start: number; readonly end: number };

/**
 * Finds a likelier cause of a syntax error than the grammar reports: a Git conflict marker anywhere in the text, a character
 * shortly before the error that only looks like a space, or a template's expression there.
 * @param place the offset of the error
 */
export function findLikelyCause(text: string, place: number): Cause | undefined {
  return findConflict(text) ?? findFalseBlank(text, place) ?? findTemplate(text, place);
}

function findConflict(text: string): Cause | undefined {
  const marker = /^(?:<{7}|>{7})(?= ).*$/m.exec(text);
  if (marker === null) return undefined;
  const message =
    'Git has left a conflict here; choose what to keep, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`';
  return { code: 'conflict-marker', message, start: marker.index, end: marker.index + marker[0].length };
}

/** How many lines to search: a line indented by such characters continues the text above, so the error may be lower. */
const linesBefore = 3;

function findFalseBlank(text: string, place: number): Cause | undefined {
  let start = place;
  for (let line = 0; line < linesBefore; line++) {
    start = text.lastIndexOf('\n', start - 1) + 1;
    const blank = /[\u00a0\u2000-\u200b\u202f\u3000\ufeff]/.exec(
      /^\s*/.exec(text.slice(start, start + 200))?.[0] ?? '',
    );
    if (blank !== null) {
      const code = blank[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
      const message = `this line is indented by a character that only looks like a space (U+${code}); write plain spaces`;
      return { code: 'false-blank', message, start: start + blank.index, end: start + blank.index + 1 };
    }
    if (start === 0) return undefined;
    start--;
  }
  return undefined;
}

/** An expression of a template outside quotes and comments: `{{ .Values.name }}`, `{% if x %}`. */
const expression = /^(?:[^"'#\n]|"[^"\n]*"|'[^'\n]*')*?(?<template>\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\})/;

/** Finds a template's expression on the line of the error or the one before. */
function findTemplate(text: string, place: number): Cause | undefined {
  const lineStart = text.lastIndexOf('\n', place - 1) + 1;
  const before = lineStart === 0 ? lineStart : text.lastIndexOf('\n', lineStart - 2) + 1;
  for (const start of new Set([lineStart, before])) {
    const found = expression.exec(text.slice(start, start + 1000))?.groups?.['template'];
    if (found === undefined) continue;
    const at = text.indexOf(found, start);
    const message =
      'this is a template, for example of Helm, and not YAML; lint what it renders: `helm template CHART | migrate-lint -`';
    return { code: 'template', message, start: at, end: at + found.length };
  }
  return undefined;
}
