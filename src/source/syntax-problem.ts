import type { Span } from './span.ts';

/** Why a text cannot be read. The wording is ours; kustomize refuses the same texts. */
export type SyntaxProblemCode =
  | 'bad-alias'
  | 'bad-anchor'
  | 'bad-block-header'
  | 'bad-character'
  | 'bad-directive'
  | 'bad-document-separator'
  | 'bad-escape'
  | 'bad-merge'
  | 'bad-tag'
  | 'conflict-marker'
  | 'false-blank'
  | 'missing-colon'
  | 'missing-comma'
  | 'missing-dash'
  | 'missing-key'
  | 'missing-value'
  | 'not-allowed-here'
  | 'recursive-alias'
  | 'tab-indentation'
  | 'too-deep'
  | 'too-many-aliases'
  | 'unclosed-quote'
  | 'unexpected-character'
  | 'unknown-anchor';

/** A text that is no YAML by go-yaml's rules, or a document that kustomize does not take. */
export interface SyntaxProblem {
  readonly code: SyntaxProblemCode;
  /** What is wrong and what to do about it, as a sentence without a full stop. */
  readonly message: string;
  /** The characters at fault, never empty where the text is not. */
  readonly at: Span;
}

/**
 * Thrown where reading cannot go on and caught by the reader of the document; never leaves this folder.
 * It is no Error: nobody looks at its stack, and taking one costs more than reading a small file.
 */
export class Refusal {
  readonly code: SyntaxProblemCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;

  /** Offsets count in the text of the document, as a {@link Cursor} does. */
  constructor(code: SyntaxProblemCode, message: string, start: number, end: number) {
    this.code = code;
    this.message = message;
    this.start = start;
    this.end = end;
  }
}
