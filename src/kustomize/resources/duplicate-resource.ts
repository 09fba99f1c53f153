import { type Span, sameSpan } from '../../source/span.ts';
import { BuildError } from '../problem.ts';
import { nameSpan } from './describe-resource.ts';
import type { Resource } from './resource.ts';
import { formatId } from './resource-id.ts';

/** The error for two objects with the same id in one build. */
export function duplicateResource(second: Resource, first: Resource): BuildError {
  const id = formatId(second.id);
  const [here, there] = [nameSpan(second), nameSpan(first)];
  const listing = second.listedIn[0];
  const otherListing = first.listedIn[0];
  if (sameSpan(here, there) && listing !== undefined && otherListing !== undefined) {
    return new BuildError(`${id} is listed twice; remove one of the entries that lead to it`, listing, [
      { at: otherListing, note: 'it is listed here too' },
      { at: here, note: 'it is written here' },
    ]);
  }
  const isRenamed = second.id.kind === 'Namespace' && textAt(here) !== textAt(there);
  return new BuildError(
    isRenamed
      ? `${id} is already in this build, since \`namespace\` gives every Namespace the same name; remove one of them, or make this one a patch`
      : `${id} is already in this build; rename or remove one of them, or make this one a patch`,
    here,
    [{ at: there, note: 'the first one is here' }],
  );
}

/** What a span holds. */
function textAt({ file, start, end }: Span): string {
  return file.text.slice(start, end);
}
