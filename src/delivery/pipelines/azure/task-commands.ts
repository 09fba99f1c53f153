import { posix } from 'node:path';
import type { Span } from '../../../source/span.ts';
import { spanOfWord } from '../commands.ts';
import { unknownRegistry } from '../variables.ts';
import type { Task } from './task.ts';

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
  const tags = task.input('tags') === '' ? ['$(Build.BuildId)'] : task.list('tags');
  const images = tags.map((tag) => ({ image: `${name}:${tag}`, at: spanOfWord({ at: written }, tag) }));
  if (command === 'push') return images.map(({ image, at }) => ({ words: ['docker', 'push', image], at }));
  const file = task.input('dockerfile') || '**/Dockerfile';
  const context = task.input('buildcontext') || '**';
  const options = [
    ...(command === 'build' ? [] : ['--push']),
    ...task.arguments(),
    context === '**' ? posix.dirname(file) : context,
  ];
  return images.map(({ image, at }) => ({ words: ['docker', 'build', '-f', file, '-t', image, ...options], at }));
}

/** `Kubernetes@1`, which runs kubectl, and may create a Secret or ConfigMap first. */
function kubectlCommands(task: Task): TaskCommand[] {
  const namespace = task.input('namespace') === '' ? [] : ['-n', task.input('namespace')];
  const [secret, config, command] = [task.input('secretname'), task.input('configmapname'), task.input('command')];
  const file = task.input('configuration');
  const run = (place: string, ...words: readonly string[]): TaskCommand => ({
    words: ['kubectl', ...words, ...namespace],
    at: task.placeOf(place, 'command'),
  });
  return [
    ...(secret === '' ? [] : [run('secretname', 'create', 'secret', 'generic', secret)]),
    ...(config === '' ? [] : [run('configmapname', 'create', 'configmap', config)]),
    ...(command === '' ? [] : [run('arguments', command, ...(file === '' ? [] : ['-f', file]), ...task.arguments())]),
  ];
}

/** `KubernetesManifest@1`; `deploy` also sets the tags of the images under `containers`. */
function manifestCommands(task: Task): TaskCommand[] {
  const run = (place: string, ...words: readonly string[]): TaskCommand => ({
    words,
    at: task.placeOf(place, 'action'),
  });
  switch (task.input('action').toLowerCase() || 'deploy') {
    case 'bake':
      return [run('kustomizationpath', 'kustomize', 'build', task.input('kustomizationpath') || '.')];
    case 'createsecret': {
      const type = task.input('secrettype') === 'generic' ? 'generic' : 'docker-registry';
      return [run('secretname', 'kubectl', 'create', 'secret', type, task.input('secretname'))];
    }
    case 'delete':
      return [run('arguments', 'kubectl', 'delete', ...task.arguments())];
    case 'deploy':
      return [
        ...task.list('containers').map((image) => ({
          ...run('containers', 'kustomize', 'edit', 'set', 'image', image),
          onlyApplied: true as const,
        })),
        ...task
          .list('manifests')
          .map((file) => (file.includes('manifestsBundle') ? '-' : file))
          .map((file) => run('manifests', 'kubectl', 'apply', '-f', file)),
      ];
    default:
      return [];
  }
}
