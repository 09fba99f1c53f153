import type { Span } from './span.ts';

/** Why a text cannot be read. kustomize refuses the same texts, in other words. */
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
  | 'template'
  | 'too-deep'
  | 'too-many-aliases'
  | 'unclosed-quote'
  | 'unexpected-character'
  | 'unknown-anchor';

/** A text that is not YAML to go-yaml, or a document that kustomize refuses. */
export interface SyntaxProblem {
  readonly code: SyntaxProblemCode;
  /** What is wrong and how to fix it, as a sentence without a full stop. */
  readonly message: string;
  /** The offending characters; never empty unless the text is. */
  readonly at: Span;
}

/**
 * Thrown if reading cannot continue, and caught in `readYaml`; never leaves this folder. It is not an Error, since
 * nobody needs its stack, and capturing one costs more than reading a small file.
 */
export class Refusal {
  readonly code: SyntaxProblemCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;

  /** Offsets are in the text of the document, as in {@link Cursor}. */
  constructor(code: SyntaxProblemCode, message: string, start: number, end: number) {
    this.code = code;
    this.message = message;
    this.start = start;
    this.end = end;
  }
}
