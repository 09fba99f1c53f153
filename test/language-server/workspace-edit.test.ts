import { describe, expect, test } from 'vitest';
import { OpenDocuments } from '../../src/language-server/open-documents.ts';
import { TextDocument, type WorkspaceEdit } from '../../src/language-server/protocol.ts';
import { toWorkspaceEdit } from '../../src/language-server/workspace-edit.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { diskMachine } from './editor.ts';

const able = { documentChanges: true, create: true };
const encode = (text: string) => new TextEncoder().encode(text);

/** An edit that makes one text of another, or a new file, in an editor that may have the document open. */
function editOf(
  before: string | undefined,
  after: string,
  { support = able, open }: { support?: typeof able; open?: string } = {},
): WorkspaceEdit | undefined {
  const documents = new OpenDocuments({ ...diskMachine(), fileSystem: memoryFileSystem({ '/C:/w/a.yaml': 'x' }) });
  if (open !== undefined) documents.set(TextDocument.create('file:///C:/w/a.yaml', 'yaml', 7, open));
  const change = { before: before === undefined ? undefined : encode(before), after: encode(after) };
  return toWorkspaceEdit(new Map([['/C:/w/a.yaml', change]]), documents, support);
}

describe('workspace-edit', () => {
  test.each([
    ['a word', 'a: 1\nb: 2\n', 'a: 1\nb: 34\n', '1:3-1:4 "34"'],
    ['a line more', 'a: 1\n', 'a: 1\nb: 2\n', '1:0-1:0 "b: 2\\n"'],
    ['a line less', 'a: 1\nb: 2\n', 'b: 2\n', '0:0-1:0 ""'],
    ['a repeated letter less', 'aaa', 'aa', '0:2-0:3 ""'],
    ['a repeated letter more', 'aa', 'aaa', '0:2-0:2 "a"'],
    ['all', 'ab', 'cd', '0:0-0:2 "cd"'],
    ['nothing', 'ab', 'ab', '0:2-0:2 ""'],
  ])('%s is the only change', (_, before, after, expected) => {
    const [change] =
      editOf(before, after, { support: { documentChanges: false, create: false } })?.changes?.['file:///C:/w/a.yaml'] ??
      [];
    const { start, end } = change?.range ?? { start: undefined, end: undefined };
    const described = `${start?.line}:${start?.character}-${end?.line}:${end?.character} ${JSON.stringify(change?.newText)}`;
    expect(described).toBe(expected);
  });

  test('an open document is edited in its version, unless it is another text by now', () => {
    const edit = { range: { start: { line: 0, character: 3 }, end: { line: 0, character: 4 } }, newText: '2' };
    const changed = (version: number | null) => ({
      documentChanges: [{ textDocument: { uri: 'file:///C:/w/a.yaml', version }, edits: [edit] }],
    });
    expect(editOf('a: 1', 'a: 2', { open: 'a: 1' })).toEqual(changed(7));
    expect(editOf('a: 1', 'a: 2')).toEqual(changed(null));
    expect(editOf('a: 1', 'a: 2', { open: 'a: 3' })).toBeUndefined();
  });

  test('a new file is created before it is filled, if the editor can create one', () => {
    const uri = 'file:///C:/w/a.yaml';
    const start = { line: 0, character: 0 };
    expect(editOf(undefined, 'a: 1')).toEqual({
      documentChanges: [
        { kind: 'create', uri },
        { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: 'a: 1' }] },
      ],
    });
    expect(editOf(undefined, 'a: 1', { support: { documentChanges: true, create: false } })).toBeUndefined();
    expect(editOf(undefined, 'a: 1', { support: { documentChanges: false, create: true } })).toBeUndefined();
  });

  test('a byte-order mark is no part of a document', () => {
    expect(editOf('\uFEFFa: 1', '\uFEFFa: 2', { open: 'a: 1' })).toEqual(editOf('a: 1', 'a: 2', { open: 'a: 1' }));
  });
});
