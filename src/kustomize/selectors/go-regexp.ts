import { RE2JS, RE2JSException } from 're2js';
import { oncePerText } from '../../collections/once.ts';
import type { Span } from '../../source/span.ts';
import { BuildError } from '../problem.ts';

/** Whether a text matches. */
export type GoRegexp = (text: string) => boolean;

/**
 * Compiles a pattern of Go's `regexp` that has to match the whole text, `^(?:…)$`, as in the fields of kustomize's
 * selectors. Throws a BuildError at `at` if it is invalid.
 */
export function matchWhole(pattern: string, at: Span): GoRegexp {
  return refuseInvalid(wholeMatcher(pattern), pattern, at);
}

/**
 * Compiles a pattern of Go's `regexp` that may match anywhere in the text. Throws a BuildError at `at` if it is
 * invalid.
 */
export function matchAnywhere(pattern: string, at: Span): GoRegexp {
  return refuseInvalid(partMatcher(pattern), pattern, at);
}

const wholeMatcher = oncePerText((pattern) => translate(pattern, `^(?:${pattern})$`, true));
const partMatcher = oncePerText((pattern) => translate(pattern, pattern, false));

function refuseInvalid(matcher: GoRegexp | string, pattern: string, at: Span): GoRegexp {
  if (typeof matcher === 'function') return matcher;
  throw new BuildError(
    `\`${pattern}\` is not a regular expression that Go can read (${matcher}); put a backslash before a character that is meant literally`,
    at,
  );
}

// Most patterns are plain names, or names with a `.*`. For these Go and JavaScript agree, and RE2JS need not be loaded.
const plainText = /^[\w\-/:@ ]*$/;
const simplePattern = /^(?:[\w\-/:@ ]|\\[.$]|\.[*+]?|\|)*$/;

/**
 * JavaScript backtracks, in time to the power of the number of `.*`, and once more if a match may start anywhere. RE2JS
 * is faster than this many steps.
 */
const mostSteps = 100_000;

/** The matcher of a pattern, or why it is invalid. */
function translate(pattern: string, full: string, whole: boolean): GoRegexp | string {
  if (plainText.test(pattern)) {
    return whole ? (text) => text === pattern : (text) => text.includes(pattern);
  }
  if (simplePattern.test(pattern) && pattern.length < 100) {
    const native = new RegExp(full, 'u');
    const power = (pattern.match(/\.[*+]/g) ?? []).length + (whole ? 0 : 1);
    let engine: RE2JS | undefined;
    return (text) => {
      if (text.length ** power <= mostSteps) return native.test(text);
      engine ??= RE2JS.compile(full);
      return engine.matcher(text).find();
    };
  }
  try {
    const engine = RE2JS.compile(full);
    return (text) => engine.matcher(text).find();
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return error.message.replace('error parsing regexp: ', '').replace(full, pattern);
  }
}
