import { type Comment, toComments } from './comment.ts';
import { type AliasBudget, Anchors } from './compose/alias.ts';
import { Composer } from './compose/composer.ts';
import { findControl, refuseControl, splitDocuments } from './documents.ts';
import { findLikelyCause } from './likely-cause.ts';
import type { Node } from './node.ts';
import { Scanner } from './scan/scanner.ts';
import type { SourceFile } from './source-file.ts';
import { Refusal, type SyntaxProblem } from './syntax-problem.ts';
import type { WrittenForms } from './written-forms.ts';

/** The parsed text of a file. If there is a problem, it has the documents before that. */
export interface YamlStream {
  documents: YamlDocument[];
  problems: SyntaxProblem[];
  /** In the order of the text; empty unless requested, or the text contains `migrate-lint`. */
  comments: Comment[];
}

export interface YamlDocument {
  /** Undefined if the document is empty or has only comments. */
  root: Node | undefined;
  /** Offsets of the document's text, without the `---` lines that separate documents. */
  start: number;
  end: number;
}

/** Options of {@link readYaml}: limits that keep hostile input from exhausting memory or the stack, and what to read. */
export interface ReadLimits {
  /** How deeply collections may nest. Default 1000; go-yaml allows 10000. */
  readonly maxDepth?: number;
  /** How many nodes aliases may add in total. Default 250000; kustomize has no limit. */
  readonly maxAliasNodes?: number;
  /**
   * Whether to read only the first document, whatever follows, as kustomize does with kustomization files: by the
   * grammar of go-yaml v2, and a line `--- {a: b}` is not an error, unlike in resources. Scalars still have the types
   * of v3; use `resolveYaml11` for those of v2.
   */
  readonly firstDocumentOnly?: boolean;
  /** Whether to collect comments. */
  readonly comments?: boolean;
  /** If given, aliases and merge keys are not resolved, and details that nodes do not hold are recorded here. */
  readonly written?: WrittenForms | undefined;
}

/**
 * Reads YAML as kustomize reads resources: by the grammar and scalar types of go-yaml v3, with documents separated as in
 * kyaml's ByteReader, and aliases and merge keys resolved. It accepts and refuses what kustomize does. It never throws,
 * and stops at the first problem.
 */
export function readYaml(file: SourceFile, limits: ReadLimits = {}): YamlStream {
  const stream: YamlStream = { documents: [], problems: [], comments: [] };
  const { text } = file;
  const offsets: number[] | undefined = limits.comments || text.includes('migrate-lint') ? [] : undefined;
  const only = limits.firstDocumentOnly ?? false;
  const reading: Reading = {
    file,
    goYaml: only ? 2 : 3,
    maxDepth: limits.maxDepth ?? 1000,
    budget: { left: limits.maxAliasNodes ?? 250_000 },
    written: limits.written,
  };
  let base = 0;
  try {
    for (const { start, end } of splitDocuments(text, only || file.encoding === 'utf-16', offsets)) {
      base = start;
      const comments: number[] | undefined = offsets && [];
      try {
        const root = readDocument(reading, text.slice(start, end), start, comments);
        stream.documents.push({ root, start, end });
      } finally {
        for (const offset of comments ?? []) offsets?.push(start + offset);
      }
      if (only) break;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { length } = text;
    const start = Math.min(base + error.start, length);
    const end = Math.min(Math.max(base + error.end, start + 1), length);
    const refusal = findLikelyCause(text, start) ?? { code: error.code, message: error.message, start, end };
    const { code, message } = refusal;
    stream.problems.push({ code, message, at: { file, start: refusal.start, end: refusal.end } });
  }
  if (offsets !== undefined) stream.comments = toComments(file, offsets);
  return stream;
}

interface Reading {
  readonly file: SourceFile;
  readonly goYaml: 2 | 3;
  readonly maxDepth: number;
  readonly budget: AliasBudget;
  readonly written: WrittenForms | undefined;
}

/**
 * @param base the offset of the text in the file
 * @param comments receives pairs of offsets in the text
 */
function readDocument(reading: Reading, text: string, base: number, comments?: number[]): Node | undefined {
  const scanner = new Scanner(`${text}\0`, reading.goYaml, comments);
  const { file, maxDepth, budget, written } = reading;
  const composer = new Composer(scanner, { file, base, maxDepth, anchors: new Anchors(budget), written });
  const control = findControl(text);
  try {
    return composer.document();
  } finally {
    if (control >= 0) refuseControl(text, control, scanner.cursor.pos);
  }
}
