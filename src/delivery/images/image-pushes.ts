import { parseImage } from '../../objects/image.ts';
import { valuesOf } from '../../shell/words.ts';
import type { ActionStep, CiJob, Command } from '../pipelines/ci-job.ts';
import { programOf } from '../pipelines/commands.ts';
import { expand, type Variables } from '../pipelines/variables.ts';
import type { ImageBuild } from './image-builds.ts';

/** Whether a command builds an image in the registry itself: `az acr build`. */
export function isRegistryBuild(command: Command): boolean {
  return programOf(command) === 'az' && command.words[1] === 'acr' && command.words[2] === 'build';
}

/**
 * Whether a command that builds or renames an image also pushes it; kaniko, crane, skopeo and `az acr build` do by
 * default.
 */
export function commandPushes(command: Command): boolean | undefined {
  const { words } = command;
  const program = programOf(command);
  if (program === 'executor' || isRegistryBuild(command)) {
    return !words.some((word) => /^--no-push(=true)?$/.test(word));
  }
  if (/^(crane|skopeo)$/.test(program) || words[1] === 'push') return true;
  if (words.includes('--push')) return true;
  const outputs = [...valuesOf(words, ['--output', '-o']), ...words.filter((word) => word.startsWith('--push='))];
  return outputs.length === 0 ? false : undefined;
}

/** Whether a `docker/build-push-action` step pushes; it does not by default. */
export function stepPushes({ inputs }: ActionStep): boolean | undefined {
  const push = inputs.get('push')?.value.trim() ?? '';
  if (inputs.has('outputs')) return undefined;
  if (push === '' || push === 'false') return false;
  return push === 'true' ? true : undefined;
}

/** Whether an image may get to a registry, with its build or with a command such as `docker push` in any job. */
export function mayBePushed(build: ImageBuild, jobs: readonly CiJob[]): boolean {
  if (build.pushes !== false) return true;
  return jobs.some(({ commands, variants }) =>
    commands.some((command) => {
      const pushed = pushedImages(command);
      return pushed !== undefined && variants.some((variables) => mayName(pushed, build, variables));
    }),
  );
}

/** The images that a command pushes by name; none if a file or option names them; undefined if it pushes nothing. */
function pushedImages(command: Command): string[] | undefined {
  const { words } = command;
  if (!/^(docker|podman|buildah|nerdctl|crane)$/.test(programOf(command))) return undefined;
  const push = words.indexOf('push');
  return push < 0 ? undefined : words.slice(push + 1).filter((word) => !word.startsWith('-'));
}

function mayName(pushed: readonly string[], build: ImageBuild, variables: Variables): boolean {
  if (pushed.length === 0) return true;
  return pushed.some((image) => {
    const { repository } = parseImage(expand(image, variables));
    if (repository === build.repository) return true;
    const registry = /^\$\{\w+\}\//.exec(repository)?.[0] ?? '';
    const isBeside = build.repository.startsWith(registry);
    // A name that only a running step knows may be any image.
    return [repository, build.repository].some((each) => /[$`]/.test(isBeside ? each.slice(registry.length) : each));
  });
}
