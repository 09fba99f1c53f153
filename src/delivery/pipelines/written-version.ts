import type { FileEdit, ImageBuild } from '../delivery.ts';
import { expand, isPlain, uniteCommits, type Variables } from './variables.ts';

/** A version that a pipeline writes into the tree, and an image that it builds with another tag. */
export interface WrittenOtherwise {
  readonly edit: FileEdit;
  readonly build: ImageBuild;
  /** The text that is written, with its variables. */
  readonly written: string;
}

/**
 * Compares what an edit writes with the tags that the same pipeline gives an image. Undefined if it writes one of these
 * tags, or if a variable in either is only known to a running job.
 */
export function findWrittenOtherwise(edit: FileEdit, builds: readonly ImageBuild[]): WrittenOtherwise | undefined {
  const own = builds.filter(({ job }) => job.pipeline === edit.job.pipeline);
  const [build] = own;
  if (build === undefined || edit.written === undefined) return undefined;
  const texts = edit.job.variants.map((variables) => readWritten(edit.written ?? '', variables));
  const tags = own.map(({ tag }) => uniteCommits(tag ?? ''));
  if (tags.includes('') || ![...texts, ...tags].every(isPlain)) return undefined;
  const agrees = tags.some((tag) => texts.some((text) => holds(text, tag)));
  return agrees ? undefined : { edit, build, written: texts[0] ?? '' };
}

/**
 * The written text without the blanks and quotes that sed and yq need, and with `strenv(TAG)` and `env(TAG)` as
 * variables.
 */
function readWritten(written: string, variables: Variables): string {
  const text = written
    .replace(/\b(?:str)?env\((\w+)\)/g, (_, name: string) => `\${${name}}`)
    .replace(/\\(["' /])/g, '$1')
    .trim()
    .replace(/^"(.*)"$/, '$1');
  return uniteCommits(expand(text, variables).trim());
}

/** Whether a text holds a tag as a whole word. */
function holds(text: string, tag: string): boolean {
  const at = text.indexOf(tag);
  if (at < 0) return false;
  return !/[\w.-]/.test(text.charAt(at - 1)) && !/^[\w.-]/.test(text.slice(at + tag.length));
}
