import type { FileChange } from '../fix/fix-findings.ts';
import { SourceFile } from '../source/source-file.ts';
import type { OpenDocuments } from './open-documents.ts';
import { rangeOf } from './positions.ts';
import { CreateFile, Position, TextDocumentEdit, TextEdit, type WorkspaceEdit } from './protocol.ts';

/** What a client can do with an edit. */
export interface EditSupport {
  /** Whether an edit may have versions of documents, instead of only URIs. */
  readonly documentChanges: boolean;
  /** Whether an edit may create files. */
  readonly create: boolean;
}

/**
 * Changes of files, by real path, as an edit. Undefined if the client cannot make it, or if a document has been edited since it
 * was linted.
 */
export function toWorkspaceEdit(
  changes: ReadonlyMap<string, FileChange>,
  documents: OpenDocuments,
  { documentChanges, create }: EditSupport,
): WorkspaceEdit | undefined {
  const edits = [...changes].map(([path, { before, after }]) => ({
    uri: documents.uriOf(path),
    document: documents.get(path),
    before: before === undefined ? undefined : decode(before),
    after: decode(after),
  }));
  if (edits.some(({ document, before }) => document !== undefined && document.getText() !== before)) return undefined;
  // A kustomization that lists a new file does not build without it.
  const isNew = ({ before }: (typeof edits)[number]): boolean => before === undefined;
  const [created, changed] = [edits.filter(isNew), edits.filter((edit) => !isNew(edit))];
  if (!documentChanges) {
    if (created.length > 0) return undefined;
    return {
      changes: Object.fromEntries(changed.map(({ uri, before, after }) => [uri, [editBetween(before, after)]])),
    };
  }
  if (created.length > 0 && !create) return undefined;
  return {
    documentChanges: [...created, ...changed].flatMap((edit) => [
      ...(isNew(edit) ? [CreateFile.create(edit.uri)] : []),
      TextDocumentEdit.create({ uri: edit.uri, version: edit.document?.version ?? null }, [
        editBetween(edit.before, edit.after),
      ]),
    ]),
  };
}

/** Without the byte-order mark, which is not part of a document. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** One edit of the range in which two texts differ. */
function editBetween(before: string | undefined, after: string): TextEdit {
  if (before === undefined) return TextEdit.insert(Position.create(0, 0), after);
  const longest = Math.min(before.length, after.length);
  let start = 0;
  while (start < longest && before[start] === after[start]) start++;
  let same = 0;
  while (same < longest - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const range = rangeOf({ file: new SourceFile('', before), start, end: before.length - same });
  return TextEdit.replace(range, after.slice(start, after.length - same));
}
