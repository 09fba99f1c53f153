import type { View } from './view.ts';

/** The numbers and booleans in maps and lists whose values the API server takes as texts only. */
export function findUnquoted(...collections: readonly View[]): View[] {
  return collections.flatMap((collection) =>
    [...collection.items(), ...collection.entries().map(([, value]) => value)].filter(({ isUnquoted }) => isUnquoted),
  );
}

/** Those of an object's labels, annotations, commands, arguments and literal variables. */
export function findUnquotedInWorkload(workload: View): View[] {
  const template = workload.get('spec', 'template');
  const metadata = [workload.get('metadata'), template.get('metadata')];
  const containers = ['initContainers', 'containers'].flatMap((list) => template.get('spec', list).items());
  const variables = containers.flatMap((container) =>
    container
      .get('env')
      .items()
      .map((entry) => entry.get('value')),
  );
  return [
    ...findUnquoted(...metadata.flatMap((each) => [each.get('labels'), each.get('annotations')])),
    ...findUnquoted(...containers.flatMap((container) => [container.get('command'), container.get('args')])),
    ...variables.filter(({ isUnquoted }) => isUnquoted),
  ];
}
