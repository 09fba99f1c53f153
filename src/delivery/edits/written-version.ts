import type { RootModel } from '../../model/root-model.ts';
import { imageOf } from '../../objects/image.ts';
import type { Workload } from '../../objects/workload.ts';
import type { ImageBuild } from '../images/image-builds.ts';
import { isRepository, releaseContainers } from '../images/release-images.ts';
import { expand, isPlain, isUnknown, uniteCommits, type Variables } from '../pipelines/variables.ts';
import type { FileEdit } from './file-edits.ts';
import { writesTagOf } from './tag-edits.ts';

/** A version that a pipeline writes into the tree for an image that it builds with another tag. */
export interface WrittenOtherwise {
  /** The workload that runs the image. */
  readonly workload: Workload;
  readonly build: ImageBuild;
  /** The text that is written, with its variables. */
  readonly written: string;
}

/** Compares what an edit writes with the tags of the images that get it. */
export function findWrittenOtherwise(
  model: RootModel,
  edit: FileEdit,
  builds: readonly ImageBuild[],
): WrittenOtherwise | undefined {
  // An image whose name only a running step knows may be one of these.
  if (builds.some(({ repository }) => isUnknown(repository))) return undefined;
  for (const [workload, container] of releaseContainers(model)) {
    if (!writesTagOf(edit, container)) continue;
    const { repository } = imageOf(container);
    const own = builds.filter((build) => isRepository(build.repository, repository));
    const found = compareVersion(edit, own);
    if (found !== undefined) return { workload, ...found };
  }
  return undefined;
}

/**
 * Compares what an edit writes with the tags that the same pipeline gives an image. Undefined if it writes one of these
 * tags, or if a variable in either is only known to a running job.
 */
function compareVersion(edit: FileEdit, builds: readonly ImageBuild[]): Omit<WrittenOtherwise, 'workload'> | undefined {
  const own = builds.filter(({ job }) => job.pipeline === edit.job.pipeline);
  const [build] = own;
  if (build === undefined || edit.written === undefined) return undefined;
  const texts = writtenTexts(edit);
  const tags = own.map(tagOf);
  if (tags.includes('') || ![...texts, ...tags].every(isPlain)) return undefined;
  return buildsOfWritten(edit, own).length > 0 ? undefined : { build, written: texts[0] ?? '' };
}

/** The builds of an image with the tag that an edit certainly writes. */
export function buildsOfWritten(edit: FileEdit, builds: readonly ImageBuild[]): ImageBuild[] {
  const texts = writtenTexts(edit);
  return builds.filter((build) => {
    const tag = tagOf(build);
    return tag !== '' && !isUnknown(tag) && texts.some((text) => holds(text, tag));
  });
}

function tagOf({ tag = '' }: ImageBuild): string {
  return uniteCommits(tag);
}

/** What an edit writes, in each job of a matrix. */
function writtenTexts({ job, written = '' }: FileEdit): string[] {
  return job.variants.map((variables) => readWritten(written, variables));
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
