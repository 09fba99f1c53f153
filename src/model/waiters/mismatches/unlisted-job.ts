import { posix } from 'node:path';
import { pointAtName } from '../../../objects/kubernetes-object.ts';
import { firstText, historyOf, joinRelated, narrowPlace } from '../../../objects/place.ts';
import type { Present } from '../../../objects/view.ts';
import type { RootModel } from '../../root-model.ts';
import type { TargetMatch } from '../target-match.ts';
import type { NameMismatch } from './name-mismatch.ts';

/**
 * Explains that the Job a waiter asks for, by its built or its written name, is in a file that the build does not list.
 * Undefined if there is no such file, or if a Job of the build is more likely meant.
 */
export function explainUnlistedJob(
  { unlisted }: Pick<RootModel, 'unlisted'>,
  { near }: TargetMatch,
  name: Present<string>,
): NameMismatch | undefined {
  if (near !== undefined && near.how !== 'only one') return undefined;
  const names = [name.value, firstText(name.place)];
  const job = unlisted.jobs().find(({ object }) => names.includes(object.name.value ?? ''));
  if (job === undefined) return undefined;
  const { at } = job.object.name.place;
  const file = posix.basename(at.file.path);
  const place = narrowPlace(name.place, name.value);
  return {
    at: place.at,
    clause: `it is in \`${file}\`, which this build does not list`,
    related: joinRelated([pointAtName(job.object)], historyOf(place, 'argument')),
    hint: `List \`${file}\` under \`resources\`, unless it is applied separately.`,
  };
}
