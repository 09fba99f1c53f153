import { RE2JS, RE2JSException } from 're2js';

/** A regular expression with linear running time. */
export interface LinearPattern {
  test(text: string): boolean;
}

/**
 * Compiles a regular expression from a tree. Unlike JavaScript's, its running time is linear in the length of the text, and it
 * has no back references. Undefined if it is invalid.
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
