import type { Finding } from '../findings/finding.ts';
import type { Edit, NewFile } from '../fix/edit.ts';
import { planFix } from '../fix/plan-fix.ts';

/** The changes that the fix of a finding would make; undefined if there is no fix, or if it cannot be applied. */
export function findEdits({ fix }: Finding): { edits: readonly Edit[]; files: readonly NewFile[] } | undefined {
  if (fix === undefined) return undefined;
  const plan = planFix(fix, () => false);
  return plan.kind === 'edits' ? plan : undefined;
}
