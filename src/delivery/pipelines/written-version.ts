import type { FileEdit, ImageBuild } from '../delivery.ts';
import { expand, isPlain, uniteCommits, type Variables } from './variables.ts';

/** A version that a pipeline writes into the tree, and an image of it that the pipeline builds under another tag. */
export interface WrittenOtherwise {
  readonly edit: FileEdit;
  readonly build: ImageBuild;
  /** The text that is written, with variables. */
  readonly written: string;
}

/**
 * Compares what an edit writes with the tags under which the same pipeline builds an image; undefined where one of these is
 * written, and where a variable in either is set by what only a running job knows.
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

/** Without the blanks and quotes that sed and yq ask for; `strenv(TAG)` and `env(TAG)` are a variable. */
function readWritten(written: string, variables: Variables): string {
  const text = written
    .replace(/\b(?:str)?env\((\w+)\)/g, (_, name: string) => `\${${name}}`)
    .replace(/\\(["' /])/g, '$1')
    .trim()
    .replace(/^"(.*)"$/, '$1');
  return uniteCommits(expand(text, variables).trim());
}

/** Whether a tag stands in a text, and not within a longer word. */
function holds(text: string, tag: string): boolean {
  const at = text.indexOf(tag);
  if (at < 0) return false;
  return !/[\w.-]/.test(text.charAt(at - 1)) && !/^[\w.-]/.test(text.slice(at + tag.length));
}
