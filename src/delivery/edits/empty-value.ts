import type { EmptyOutput } from '../pipelines/ci-job.ts';
import { expand } from '../pipelines/variables.ts';
import type { FileEdit } from './file-edits.ts';
import { placeOfEdit } from './tag-edits.ts';

/** An output that an edit writes as the version, and that is always empty. */
export interface EmptyValue extends EmptyOutput {
  /** As expressions name it: `needs.version.outputs.tag`. */
  readonly output: string;
}

/** Finds such an output in what an edit writes. Steps of an action have a scope of their own, so its edits are not judged. */
export function findEmptyValue(edit: FileEdit): EmptyValue | undefined {
  const { job, written } = edit;
  const { findEmptyOutput, variants } = job;
  if (written === undefined || findEmptyOutput === undefined || placeOfEdit(edit).file !== job.file) return undefined;
  const text = expand(written, variants[0] ?? new Map());
  for (const [, output = ''] of text.matchAll(/\$\{\{((?:needs|steps)\.[\w.-]+)\}\}/g)) {
    const found = findEmptyOutput(output);
    if (found !== undefined) return { output, ...found };
  }
  return undefined;
}
