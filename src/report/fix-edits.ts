import type { Edit, NewFile } from '../fix/edit.ts';
import { planFix } from '../fix/plan-fix.ts';
import type { Finding } from '../lint/finding.ts';

/** What the fix of a finding would change, where it has one that can be made out of the files. */
export function findEdits({ fix }: Finding): { edits: readonly Edit[]; files: readonly NewFile[] } | undefined {
  if (fix === undefined) return undefined;
  const plan = planFix(fix, () => false);
  return plan.kind === 'edits' ? plan : undefined;
}
