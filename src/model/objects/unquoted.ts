import { containerViews } from './container-views.ts';
import type { View } from './view.ts';

/** The numbers and booleans among a workload's labels, annotations, commands, arguments and literal variables. */
export function findUnquotedInWorkload(workload: View): View[] {
  const template = workload.get('spec', 'template');
  const metadata = [workload.get('metadata'), template.get('metadata')];
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
