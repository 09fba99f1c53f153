import type { Chart } from './chart.ts';

/**
 * The arguments of `helm`, in kustomize's order.
 * @param namespace the release's; empty for none
 * @param valuesFiles absolute paths; later files override earlier ones
 */
export function templateArguments(chart: Chart, namespace: string, valuesFiles: readonly string[]): string[] {
  return [
    'template',
    chart.text('releaseName') || '--generate-name',
    chart.directory,
    ...option('--namespace', namespace),
    ...option('--name-template', chart.text('nameTemplate')),
    ...valuesFiles.flatMap((path) => ['-f', path]),
    ...chart.strings('apiVersions').flatMap(({ value }) => ['--api-versions', value]),
    ...option('--kube-version', chart.text('kubeVersion')),
    ...switches.flatMap(([field, name]) => (chart.isOn(field) ? [name] : [])),
  ];
}

const switches = [
  ['includeCRDs', '--include-crds'],
  ['skipTests', '--skip-tests'],
  ['skipHooks', '--no-hooks'],
  ['debug', '--debug'],
  ['devel', '--devel'],
] as const;

function option(name: string, value: string): string[] {
  return value === '' ? [] : [name, value];
}
