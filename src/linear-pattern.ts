import { RE2JS, RE2JSException } from 're2js';

/** Tells whether a text matches somewhere. */
export interface LinearPattern {
  test(text: string): boolean;
}

/**
 * A regular expression out of a tree. JavaScript's own may take time without end for some; these take it by the length of the
 * text, and have no back references. Undefined where it is none.
 */
export function linearPattern(source: string): LinearPattern | undefined {
  try {
    const engine = RE2JS.compile(source);
    return { test: (text) => engine.matcher(text).find() };
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}
