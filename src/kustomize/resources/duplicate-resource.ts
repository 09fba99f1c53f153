import { sameSpan } from '../../source/span.ts';
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
  return new BuildError(
    `${id} is already in this build; rename or remove one of them, or make this one a patch`,
    here,
    [{ at: there, note: 'the first one is here' }],
  );
}
