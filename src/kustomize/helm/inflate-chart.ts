import { posix } from 'node:path';
import { platformPaths } from '../../source/files/platform-paths.ts';
import { changeOrigins, childMap, type MapNode, setField, stringNode } from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { readYaml } from '../../source/read.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import { readResources } from '../load/read-resources.ts';
import { BuildError } from '../problem.ts';
import { chartAnnotation } from '../resources/internal-annotations.ts';
import type { Resource } from '../resources/resource.ts';
import type { BuildContext } from '../session/build-context.ts';
import { LeftOut } from '../session/left-out.ts';
import { Chart } from './chart.ts';
import { chartValues } from './chart-values.ts';
import { HelmFailure, type HelmFolder, type HelmProgram } from './helm-program.ts';
import { templateArguments } from './template-arguments.ts';

/**
 * Renders a chart on disk with helm, run as kustomize runs it. Throws LeftOut if helm may not be run or the chart would
 * have to be pulled, and a BuildError if kustomize or helm fails. Follows kustomize's HelmChartInflationGenerator.
 * @param config `helmGlobals` and `helmCharts` of `kustomization-schema.ts` in one map
 * @param inherited the namespace of the kustomization, for a chart without one
 */
export function inflateChart(
  config: MapNode,
  inherited: string,
  files: KustomizationFiles,
  context: BuildContext,
): Resource[] {
  const chart = new Chart(config, files);
  const what = `the Helm chart \`${chart.name}\``;
  const { helm } = context;
  if (helm === undefined) {
    throw new LeftOut(
      what,
      'migrate-lint runs no program (`--enable-helm` lets it run helm for charts on disk)',
      chart.at,
    );
  }
  checkChart(chart);
  if (!files.isDirectory(chart.directory)) {
    const wanted = platformPaths.leave(chart.directory);
    if (chart.repository === '') {
      throw new BuildError(`${what} is not at \`${wanted}\`, and no \`repo\` says where it is pulled from`, chart.at);
    }
    throw new LeftOut(what, `it is not at \`${wanted}\`, and migrate-lint pulls nothing`, chart.at);
  }
  checkLinks(chart, files);
  const text = render(chart, chart.text('namespace') || inherited, files, context, helm);
  const resources = readRendered(chart, text);
  for (const resource of resources) claim(resource, chart, context);
  return resources;
}

function checkChart(chart: Chart): void {
  if (chart.name === '') throw new BuildError('a chart needs a name; add `name` to this entry', chart.at);
  const release = chart.scalar('releaseName');
  // helm would read it as an option, and some options run programs.
  if (release?.value.startsWith('-')) {
    throw new BuildError(
      `\`${release.value}\` cannot be the name of a release; it starts with a dash`,
      originSpan(release.origin),
    );
  }
  const template = chart.scalar('nameTemplate');
  // Unlike a chart's own templates, this one may read the environment and look up hosts.
  const actions = template?.value.split('{{').slice(1).join('') ?? '';
  const reaching = /\b(?:env|expandenv|getHostByName)\b/.exec(actions)?.[0];
  if (template && reaching !== undefined) {
    throw new BuildError(
      `\`nameTemplate\` asks \`${reaching}\` for what is not in the tree, and migrate-lint does not run it; give the release a \`releaseName\``,
      originSpan(template.origin),
    );
  }
}

/** helm follows symbolic links, so a chart could render files from outside the repository into its objects. */
function checkLinks(chart: Chart, files: KustomizationFiles): void {
  const path = files.findWayOut(chart.directory);
  if (path === undefined) return;
  const link = posix.relative(chart.directory, path);
  throw new BuildError(
    `the Helm chart \`${chart.name}\` is not rendered: its \`${link}\` leads out of the repository, where migrate-lint reads nothing; put the file itself there`,
    chart.at,
  );
}

function render(
  chart: Chart,
  namespace: string,
  files: KustomizationFiles,
  context: BuildContext,
  helm: HelmProgram,
): string {
  try {
    return helm.withFolder((folder) => {
      const configHome = chart.text('configHome') || posix.join(folder.path, 'helm');
      checkVersion(helm.run(versionArguments(context), configHome), chart, context);
      return helm.run(templateArguments(chart, namespace, valuesFiles(chart, files, context, folder)), configHome);
    });
  } catch (error) {
    if (error instanceof HelmFailure)
      throw new BuildError(`the Helm chart \`${chart.name}\`: ${error.message}`, chart.at);
    throw error;
  }
}

/** A temporary file with the chart's values, then the additional files in place. */
function valuesFiles(chart: Chart, files: KustomizationFiles, context: BuildContext, folder: HelmFolder): string[] {
  const additional = chart.strings('additionalValuesFiles').map(({ value, origin }) => {
    // helm reads the file itself; reading it here applies the load restrictor.
    const path = posix.join(files.directory, value);
    files.readBytes(value, originSpan(origin));
    // kustomize joins an absolute path too, so helm reads another file.
    if (posix.isAbsolute(value)) files.readBytes(path, originSpan(origin));
    return path;
  });
  const name = `${posix.basename(chart.name)}-kustomize-values.yaml`;
  return [folder.write(name, chartValues(chart, files, context)), ...additional];
}

function versionArguments({ dialect }: BuildContext): string[] {
  return dialect === '5.7' ? ['version', '-c', '--short'] : ['version', '--short'];
}

function checkVersion(printed: string, chart: Chart, { dialect }: BuildContext): void {
  const version = /v?(?<!\d)(\d+)(?:\.\d+)+/.exec(printed);
  const accepted = dialect === '5.7' ? ['3'] : ['3', '4'];
  if (version !== null && accepted.includes(version[1] ?? '')) return;
  const found = version === null ? 'it prints no version' : `this one is ${version[0]}`;
  throw new BuildError(
    `the Helm chart \`${chart.name}\`: kustomize ${dialect} works with helm ${accepted.join(' and ')}, and ${found}`,
    chart.at,
  );
}

function readRendered(chart: Chart, text: string): Resource[] {
  const file = new SourceFile(`<helm template ${chart.name}>`, text);
  try {
    return readResources(readYaml(file));
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    throw new BuildError(`the Helm chart \`${chart.name}\` renders what cannot be built: ${error.message}`, chart.at);
  }
}

/**
 * Sets the origin of a rendered object to the chart's entry, since none of it is in a file of the tree, and marks it.
 */
function claim(resource: Resource, chart: Chart, { dialect }: BuildContext): void {
  const origin: Origin = { kind: 'generated', by: 'helm chart', configuredIn: chart.at };
  changeOrigins(resource.node, () => origin);
  if (dialect === '5.7') return;
  const metadata = childMap(resource.node, 'metadata', origin);
  const annotations = childMap(metadata, 'annotations', origin);
  setField(annotations, stringNode(chartAnnotation, origin), stringNode('true', origin, 'double'));
}
