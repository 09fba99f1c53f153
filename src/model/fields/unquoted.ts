import { containerViews } from '../../objects/container-views.ts';
import type { View } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import { isSound } from './is-sound.ts';

/** The numbers and booleans among a workload's labels, annotations, commands, arguments and literal variables. */
export function findUnquotedInWorkload(workload: Workload): View[] {
  if (isSound(workload)) return [];
  const { view } = workload;
  const template = view.get('spec', 'template');
  const metadata = [view.get('metadata'), template.get('metadata')];
  const containers = containerViews(template.get('spec'));
  const variables = containers.flatMap((container) =>
    container
      .get('env')
      .items()
      .map((entry) => entry.get('value')),
  );
  const collections = [
    ...metadata.flatMap((each) => [each.get('labels'), each.get('annotations')]),
    ...containers.flatMap((container) => [container.get('command'), container.get('args')]),
  ];
  return [
    ...collections.flatMap((collection) => collection.unquoted()),
    ...variables.filter(({ isUnquoted }) => isUnquoted),
  ];
}
