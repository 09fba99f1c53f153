import { type AliasBudget, Anchors } from './alias.ts';
import { type Comment, toComments } from './comment.ts';
import { Composer } from './compose.ts';
import { findControl, refuseControl, splitDocuments } from './documents.ts';
import { findLikelyCause } from './likely-cause.ts';
import type { Node } from './node.ts';
import { Scanner } from './scanner.ts';
import type { SourceFile } from './source-file.ts';
import { Refusal, type SyntaxProblem } from './syntax-problem.ts';
import type { WrittenForms } from './written-forms.ts';

/** What a file's text holds. Where there are problems, the documents before the first are still there. */
export interface YamlStream {
  documents: YamlDocument[];
  problems: SyntaxProblem[];
  /** In the order of the text; empty unless they were asked for, or the text speaks of migrate-lint somewhere. */
  comments: Comment[];
}

export interface YamlDocument {
  /** Undefined where the document is empty or has only comments. */
  root: Node | undefined;
  /** Offsets of the document's text, without the `---` lines around it that separate documents. */
  start: number;
  end: number;
}

/** Bounds that keep hostile input from taking all memory or the whole stack, and how much to read. */
export interface ReadLimits {
  /** How deep collections may nest. Default 1000; go-yaml takes 10000. */
  readonly maxDepth?: number;
  /** How many nodes aliases may add in all. Default 250000; go-yaml sets no bound that kustomize heeds. */
  readonly maxAliasNodes?: number;
  /**
   * Reads the first document only, and does not care what follows, as kustomize does with kustomization files: by
   * go-yaml v2's grammar, and a line `--- {a: b}` is no error, unlike in resources. Scalars have v3's types all the
   * same; `resolveYaml11` has v2's.
   */
  readonly firstDocumentOnly?: boolean;
  /** Gives the comments, whatever they say. */
  readonly comments?: boolean;
  /** Leaves aliases and merge keys unresolved, and gets what the tree has no place for, of all documents. */
  readonly written?: WrittenForms | undefined;
}

/**
 * Reads YAML as kustomize reads resources: go-yaml v3's grammar and scalars, documents separated as kyaml's reader
 * separates them, aliases and merge keys resolved. It accepts and refuses what kustomize does, never throws, and
 * stops at the first problem.
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
    for (const { start, end } of splitDocuments(text, only, offsets)) {
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

/** @param base where the text starts in the file; @param comments gets pairs of offsets in the text */
function readDocument(reading: Reading, text: string, base: number, comments?: number[]): Node | undefined {
  const scanner = new Scanner(`${text}\0`, reading.goYaml, comments);
  const anchors = new Anchors(reading.budget);
  const composer = new Composer(scanner, reading.file, base, reading.maxDepth, anchors, reading.written);
  const control = findControl(text);
  try {
    return composer.document();
  } finally {
    if (control >= 0) refuseControl(text, control, scanner.cursor.pos);
  }
}
