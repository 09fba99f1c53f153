import {
  addItems,
  findEntry,
  getField,
  listItems,
  type MapEntry,
  type MapNode,
  type Node,
  removeField,
  setField,
  stringNode,
} from '../../source/node.ts';

/**
 * Moves the fields that kustomize moves after reading the file (`FixKustomization`). Fields that are merely deprecated,
 * such as `commonLabels` or `patchesStrategicMerge`, have their own steps and stay. Changes the map and returns it.
 */
export function moveDeprecatedFields(fields: MapNode): MapNode {
  appendList(fields, 'bases', 'resources');
  appendList(fields, 'imageTags', 'images');
  for (const name of ['configMapGenerator', 'secretGenerator']) {
    for (const generator of listItems(getField(fields, name))) if (generator.kind === 'map') moveEnv(generator);
  }
  moveHelmCharts(fields);
  return fields;
}

/** Moves the items of one list to the end of another, creating that if it is absent; an empty list is dropped. */
function appendList(fields: MapNode, from: string, to: string): void {
  const entry = findEntry(fields, from);
  if (entry === undefined) return;
  removeField(fields, from);
  const items = listItems(entry.value);
  if (items.length > 0) appendItems(fields, entry, to, items);
}

/** Appends items to a list field. An absent list is created with the origin of the entry that the items come from. */
function appendItems(fields: MapNode, { key, value }: MapEntry, to: string, items: readonly Node[]): void {
  addItems(fields, { ...key, value: to }, items, value.origin);
}

/** Turns `env: x` into `envs: [x]`. */
function moveEnv(generator: MapNode): void {
  const entry = findEntry(generator, 'env');
  if (entry === undefined) return;
  removeField(generator, 'env');
  if (entry.value.kind === 'scalar' && entry.value.value !== '') appendItems(generator, entry, 'envs', [entry.value]);
}

/** The field of `helmCharts` for each field of `helmChartInflationGenerator` that kustomize moves. */
const helmFields: Readonly<Record<string, string>> = {
  chartName: 'name',
  chartVersion: 'version',
  chartRepoUrl: 'repo',
  values: 'valuesFile',
  valuesLocal: 'valuesInline',
  valuesMerge: 'valuesMerge',
  releaseName: 'releaseName',
};

function moveHelmCharts(fields: MapNode): void {
  const entry = findEntry(fields, 'helmChartInflationGenerator');
  if (entry === undefined) return;
  const charts: MapNode[] = [];
  const globals: MapNode = { kind: 'map', entries: [], origin: entry.value.origin };
  for (const old of listItems(entry.value)) {
    if (old.kind !== 'map') continue;
    const chart: MapNode = { kind: 'map', entries: [], origin: old.origin };
    for (const { key, value } of old.entries) {
      const name = helmFields[key.value];
      if (name !== undefined) chart.entries.push({ key: { ...key, value: name }, value });
      const isSet = value.kind === 'scalar' && value.value !== '';
      if (isSet && key.value === 'helmHome') setField(globals, { ...key, value: 'configHome' }, value);
      if (isSet && key.value === 'chartHome') setField(globals, key, value);
    }
    charts.push(chart);
  }
  removeField(fields, 'helmChartInflationGenerator');
  if (charts.length > 0) appendItems(fields, entry, 'helmCharts', charts);
  if (globals.entries.length > 0 && getField(fields, 'helmGlobals') === undefined) {
    setField(fields, stringNode('helmGlobals', entry.key.origin), globals);
  }
}
