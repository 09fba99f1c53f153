import { pushAll } from '../collections/push-all.ts';
import type { Finding } from '../findings/finding.ts';
import type { LintedFolder } from './linted-folder.ts';
import type { OpenDocuments } from './open-documents.ts';
import { rangeOf, rangesTouch, sameRange } from './positions.ts';
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from './protocol.ts';
import { fixAllKind, type QuickFixes } from './quick-fixes.ts';

/** The actions for a range of an open document, of the kinds that the editor asks for. */
export async function offerActions(
  { textDocument, range, context }: CodeActionParams,
  documents: OpenDocuments,
  folders: readonly LintedFolder[],
  fixes: QuickFixes,
): Promise<CodeAction[]> {
  const path = documents.pathOf(textDocument.uri);
  const text = path === undefined ? undefined : documents.get(path)?.getText();
  if (text === undefined) return [];
  const wants = (kind: CodeActionKind) => context.only?.some((each) => `${kind}.`.startsWith(`${each}.`)) ?? true;
  const actions: (CodeAction | undefined)[] = [];
  for (const folder of folders) {
    const { latest } = folder;
    const here = (latest?.result.findings ?? []).filter(({ at }) => at.file.path === path);
    // While a run is due, positions in the document may have moved.
    if (latest === undefined || here.some(({ at }) => at.file.text !== text)) continue;
    const touched = wants(CodeActionKind.QuickFix) ? here.filter(({ at }) => rangesTouch(rangeOf(at), range)) : [];
    for (const finding of touched) {
      const diagnostics = context.diagnostics.filter((each) => isFor(each, finding));
      const found = [await fixes.fix(finding, folder, latest), await fixes.silence(finding, folder, latest)];
      pushAll(
        actions,
        found.map((action) => action && { ...action, diagnostics }),
      );
    }
    // Editors that ask for nothing in particular show what they get at each position.
    if (context.only && wants(fixAllKind)) actions.push(await fixes.fixAll(here, folder, latest));
  }
  return actions.filter((action) => action !== undefined);
}

/** Whether a diagnostic, as the editor has it, is that of a finding. */
function isFor({ code, range }: Diagnostic, { rule, at }: Finding): boolean {
  return code === rule && sameRange(range, rangeOf(at));
}
