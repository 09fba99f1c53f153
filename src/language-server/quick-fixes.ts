import type { Finding } from '../findings/finding.ts';
import { changedFileSystem } from '../fix/changed-file-system.ts';
import { type FileChange, fixFindings } from '../fix/fix-findings.ts';
import { keyOf } from '../fix/plan-candidates.ts';
import { refuseOutside } from '../fix/refuse-outside.ts';
import type { Linted } from '../run.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import type { LintedFolder } from './linted-folder.ts';
import type { OpenDocuments } from './open-documents.ts';
import { type CodeAction, CodeActionKind, type WorkspaceEdit } from './protocol.ts';
import { type EditSupport, toWorkspaceEdit } from './workspace-edit.ts';

/** The kind of an action that applies all safe fixes in a document. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.migrateLint`;

/** Offers the fixes of findings. Each fix is tried first, as `--fix` does, and offered only if it works. */
export class QuickFixes {
  readonly #documents: OpenDocuments;
  readonly #support: EditSupport;

  constructor(documents: OpenDocuments, support: EditSupport) {
    this.#documents = documents;
    this.#support = support;
  }

  /** The fix of a finding; undefined if it has none, or if it does not work. */
  async fix(finding: Finding, folder: LintedFolder, latest: Linted): Promise<CodeAction | undefined> {
    const { fix } = finding;
    if (fix === undefined) return undefined;
    const wanted = keyOf(finding);
    const edit = await this.#tryFixes((other) => keyOf(other) === wanted, folder, latest);
    return edit && { title: fix.title, kind: CodeActionKind.QuickFix, isPreferred: fix.safe, edit };
  }

  /** The safe fixes of all findings in a document, as far as they work. */
  async fixAll(findings: readonly Finding[], folder: LintedFolder, latest: Linted): Promise<CodeAction | undefined> {
    const paths = new Set(findings.map(({ at }) => at.file.path));
    const edit = await this.#tryFixes(({ at, fix }) => fix?.safe === true && paths.has(at.file.path), folder, latest);
    return edit && { title: 'Apply all safe fixes of migrate-lint', kind: fixAllKind, edit };
  }

  /** A comment above the line of a finding that silences its rule there; undefined where there are no comments. */
  async silence(finding: Finding, folder: LintedFolder, latest: Linted): Promise<CodeAction | undefined> {
    const { rule, at } = finding;
    if (at.file.path.endsWith('.json')) return undefined;
    const line = at.file.position(at.start).line;
    const start = at.file.lineStarts[line - 1] ?? 0;
    const indent = /^[ \t]*/.exec(at.file.line(line))?.[0] ?? '';
    const newline = at.file.text.includes('\r\n') ? '\r\n' : '\n';
    const comment = `${indent}# migrate-lint-disable-next-line ${rule}${newline}`;
    const text = at.file.text.slice(0, start) + comment + at.file.text.slice(start);
    const path = this.#documents.fileSystem.realPath(at.file.path) ?? at.file.path;
    const encoder = new TextEncoder();
    const changes = new Map([[path, { before: encoder.encode(at.file.text), after: encoder.encode(text) }]]);
    const after = await folder.lintChanged(latest, changedFileSystem(this.#documents.fileSystem, changes), changes);
    const before = new Set(latest.result.findings.map(keyOf));
    const isNew = (other: Finding): boolean => !before.has(keyOf(other));
    if (after.result.findings.length >= latest.result.findings.length || after.result.findings.some(isNew))
      return undefined;
    const edit = toWorkspaceEdit(changes, this.#documents, this.#support);
    return edit && { title: `Silence ${rule} on this line`, kind: CodeActionKind.QuickFix, edit };
  }

  async #tryFixes(
    wants: (finding: Finding) => boolean,
    folder: LintedFolder,
    latest: Linted,
  ): Promise<WorkspaceEdit | undefined> {
    const lint = (files: FileSystem, changes: ReadonlyMap<string, FileChange>) =>
      folder.lintChanged(latest, files, changes);
    const files = this.#documents.fileSystem;
    const { boundary, settings } = latest.memory;
    const real = (path: string) => files.realPath(path) ?? path;
    const cache = settings.remoteCache === undefined ? undefined : real(settings.remoteCache);
    const permission = { wants, refuse: refuseOutside(boundary.map(real), cache, (path) => path) };
    const { changed } = await fixFindings(lint, files, permission);
    return changed.size === 0 ? undefined : toWorkspaceEdit(changed, this.#documents, this.#support);
  }
}
