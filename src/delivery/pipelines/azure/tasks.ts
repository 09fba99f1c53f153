import { posix } from 'node:path';
import { getField, getText, type MapNode, type ScalarNode } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import type { Span } from '../../../source/span.ts';
import { spanOfWord, unknownRegistry } from '../commands.ts';
import { parseWithMacros } from './macros.ts';
import { fill, type Written } from './templates.ts';

/** A task with its inputs, whose names Azure compares without regard to case. */
export interface Task {
  /** In lower case and without the version: `docker`. */
  readonly name: string;
  /** The text of an input; empty if it is not given. */
  input(...names: readonly string[]): string;
  /** The node of an input with a single value. */
  scalar(name: string): ScalarNode | undefined;
  /** Where the first of these inputs is written; the task if none is. */
  placeOf(...names: readonly string[]): Span;
}

/** Reads `task: NAME@VERSION`; undefined for another step. */
export function readTask({ node, scope }: Written<MapNode>): Task | undefined {
  const task = getField(node, 'task');
  if (task?.kind !== 'scalar') return undefined;
  const given = getField(node, 'inputs');
  const inputs = new Map(
    (given?.kind === 'map' ? given.entries : []).map((each) => [each.key.value.toLowerCase(), each.value]),
  );
  const find = (names: readonly string[]) => names.map((name) => inputs.get(name)).find((each) => each !== undefined);
  return {
    name: task.value.replace(/@.*/, '').toLowerCase(),
    input: (...names) => fill(getText(find(names)) ?? '', scope).trim(),
    scalar: (name) => {
      const found = inputs.get(name);
      return found?.kind === 'scalar' ? found : undefined;
    },
    placeOf: (...names) => originSpan((find(names) ?? task).origin),
  };
}

/** A command that stands for what a task does. */
export interface TaskCommand {
  readonly words: readonly string[];
  readonly at: Span;
  /** Whether it changes only what is applied, and no file of the repository. */
  readonly onlyApplied?: true;
}

/** The commands that do what a task does; undefined for a task that is not known. */
export function taskCommands(task: Task): TaskCommand[] | undefined {
  switch (task.name) {
    case 'docker':
      return dockerCommands(task);
    case 'kubernetes':
      return kubectlCommands(task);
    case 'kubernetesmanifest':
      return manifestCommands(task);
    default:
      if (task.name.startsWith('download')) return [{ words: ['download'], at: task.placeOf() }];
      return harmless.test(task.name) || copiesToArtifact(task) ? [] : undefined;
  }
}

/** Tasks that install, log in, publish or wait, and change no file of the repository. */
const harmless =
  /^(kubectlinstaller|kubelogininstaller|helminstaller|dockerinstaller|usedotnet|nodetool|usenode|usepythonversion|usejava|javatoolinstaller|gotool|azurekeyvault|cache|publish.*|manualvalidation|delay)$/;

/** `CopyFiles@2` to the folder that the run publishes. */
function copiesToArtifact(task: Task): boolean {
  return task.name === 'copyfiles' && /artifact/i.test(task.input('targetfolder'));
}

/** `Docker@2`, as a command for each tag. The registry is that of a service connection, whose host is not known. */
function dockerCommands(task: Task): TaskCommand[] {
  const command = (task.input('command') || 'buildAndPush').toLowerCase();
  const repository = task.input('repository');
  if (!/^(build|push|buildandpush)$/.test(command) || repository === '') return [];
  const name = /^[^/.:]*[.:][^/]*\//.test(repository) ? repository : `${unknownRegistry}/${repository}`;
  const written = task.placeOf('tags', 'repository');
  const images = (task.input('tags') || '$(Build.BuildId)')
    .split(/[\n,]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
    .map((tag) => ({ image: `${name}:${tag}`, at: spanOfWord({ at: written }, tag) }));
  if (command === 'push') return images.map(({ image, at }) => ({ words: ['docker', 'push', image], at }));
  const file = task.input('dockerfile') || '**/Dockerfile';
  const context = task.input('buildcontext') || '**';
  const options = [
    ...(command === 'build' ? [] : ['--push']),
    ...(parseWithMacros(task.input('arguments'))[0] ?? []),
    context === '**' ? posix.dirname(file) : context,
  ];
  return images.map(({ image, at }) => ({ words: ['docker', 'build', '-f', file, '-t', image, ...options], at }));
}

/** `Kubernetes@1`, which runs kubectl, and may create a Secret or ConfigMap first. */
function kubectlCommands(task: Task): TaskCommand[] {
  const namespace = task.input('namespace') === '' ? [] : ['-n', task.input('namespace')];
  const [secret, config, command] = [task.input('secretname'), task.input('configmapname'), task.input('command')];
  const file = task.input('configuration');
  const more = parseWithMacros(task.input('arguments'))[0] ?? [];
  const run = (place: string, ...words: readonly string[]): TaskCommand => ({
    words: ['kubectl', ...words, ...namespace],
    at: task.placeOf(place, 'command'),
  });
  return [
    ...(secret === '' ? [] : [run('secretname', 'create', 'secret', 'generic', secret)]),
    ...(config === '' ? [] : [run('configmapname', 'create', 'configmap', config)]),
    ...(command === '' ? [] : [run('arguments', command, ...(file === '' ? [] : ['-f', file]), ...more)]),
  ];
}

/** `KubernetesManifest@1`; `deploy` also sets the tags of the images under `containers`. */
function manifestCommands(task: Task): TaskCommand[] {
  const run = (place: string, ...words: readonly string[]): TaskCommand => ({
    words,
    at: task.placeOf(place, 'action'),
  });
  const lines = (name: string) =>
    task
      .input(name)
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const files = lines('manifests').map((file) => (file.includes('manifestsBundle') ? '-' : file));
  switch (task.input('action').toLowerCase() || 'deploy') {
    case 'bake':
      return [run('kustomizationpath', 'kustomize', 'build', task.input('kustomizationpath') || '.')];
    case 'createsecret': {
      const type = task.input('secrettype') === 'generic' ? 'generic' : 'docker-registry';
      return [run('secretname', 'kubectl', 'create', 'secret', type, task.input('secretname'))];
    }
    case 'delete':
      return [run('arguments', 'kubectl', 'delete', ...(parseWithMacros(task.input('arguments'))[0] ?? []))];
    case 'deploy':
      return [
        ...lines('containers').map((image) => ({
          ...run('containers', 'kustomize', 'edit', 'set', 'image', image),
          onlyApplied: true as const,
        })),
        ...files.map((file) => run('manifests', 'kubectl', 'apply', '-f', file)),
      ];
    default:
      return [];
  }
}
