import { posix } from 'node:path';
import { mentionsMigration } from '../../model/tools/migration-names.ts';
import { parseImage } from '../../objects/image.ts';
import { valuesOf, type Words } from '../../shell/words.ts';
import type { Span } from '../../source/span.ts';
import type { ActionStep, CiJob, Command } from '../pipelines/ci-job.ts';
import { programOf, resolvePath, spanOfWord } from '../pipelines/commands.ts';
import { expand, unknownRegistry, type Variables } from '../pipelines/variables.ts';
import type { Repository } from '../repository.ts';
import { metadataTags } from './image-metadata.ts';
import { commandPushes, isRegistryBuild, stepPushes } from './image-pushes.ts';

/** An image that a pipeline builds or renames. */
export interface ImageBuild {
  readonly job: CiJob;
  /** The reference as written: `${CI_REGISTRY_IMAGE}/migration:${IMAGE_TAG}`. */
  readonly image: string;
  /** Everything before the tag, with variables that the pipeline sets filled in. */
  readonly repository: string;
  /**
   * The tag with variables filled in, or a rule of `docker/metadata-action` such as `type=sha`; undefined if there is
   * none.
   */
  readonly tag: string | undefined;
  readonly at: Span;
  /** Absolute path, if it is known. */
  readonly dockerfile: string | undefined;
  /** Absolute path of the build context, if it is known. */
  readonly context: string | undefined;
  /** The stage that is built, if it is not the last. */
  readonly target: string | undefined;
  /** Whether the build also pushes the image; undefined if that is not known. */
  readonly pushes: boolean | undefined;
}

/**
 * The images that a job builds or renames with kaniko, docker, buildx, podman, buildah, nerdctl, crane, skopeo or `az acr
 * build`, or with GitHub's build action. With a matrix, one for each of its jobs.
 */
export function findImageBuilds(job: CiJob, repository: Repository): ImageBuild[] {
  return job.variants.flatMap((variables) => [
    ...job.commands.flatMap((command) => readCommand(command, job, variables, repository)),
    ...job.actions.flatMap((step) => readStep(step, job, variables, repository)),
  ]);
}

/** Whether a build is for a migration, by the name of its image, its Dockerfile or its stage. */
export function isMigrationBuild({ repository, dockerfile, target }: ImageBuild): boolean {
  return [posix.basename(repository), posix.basename(dockerfile ?? ''), target ?? ''].some(mentionsMigration);
}

function readCommand(command: Command, job: CiJob, variables: Variables, repository: Repository): ImageBuild[] {
  const builds = isBuild(command);
  const images = builds
    ? valuesOf(command.words, ['--destination', '-d', '--tag', '-t', '--image'])
    : copyTarget(command);
  if (images.length === 0) return [];
  const source = builds ? readSource(command, variables, repository) : unknownSource;
  return images.map((image) => ({
    job,
    image,
    ...splitImage(`${registryOf(command, variables)}${image}`, variables),
    at: spanOfWord(command, image),
    pushes: commandPushes(command),
    ...source,
  }));
}

function isBuild(command: Command): boolean {
  const program = programOf(command);
  if (program === 'executor' || isRegistryBuild(command)) return true;
  return /^(docker|podman|buildah|nerdctl)$/.test(program) && command.words.some((word) => /^(build|bud)$/.test(word));
}

/** What `az acr build` puts before the name of an image; the registry is often given by the first label of its host. */
function registryOf(command: Command, variables: Variables): string {
  if (!isRegistryBuild(command)) return '';
  const registry = expand(valuesOf(command.words, ['--registry', '-r'])[0] ?? '$', variables);
  return registry.includes('$') ? `${unknownRegistry}/` : `${registry.replace(/\.azurecr\.io$/, '')}.azurecr.io/`;
}

/** The new name of an image in `docker tag SOURCE NAME`, `buildah push SOURCE NAME`, `crane copy` and `skopeo copy`. */
function copyTarget(command: Command): string[] {
  const [, sub = '', ...rest] = command.words;
  const plain = rest.filter((word) => !word.startsWith('-'));
  const copies = /^(docker|podman|nerdctl|buildah) tag$|^buildah push$|^crane (cp|copy)$|^skopeo copy$/;
  if (!copies.test(`${programOf(command)} ${sub}`) || plain.length !== 2) return [];
  return [(plain[1] ?? '').replace(/^docker:\/\//, '')];
}

/** What an image is built from. */
type BuildSource = Pick<ImageBuild, 'dockerfile' | 'context' | 'target'>;

const unknownSource: BuildSource = { dockerfile: undefined, context: undefined, target: undefined };

function readSource(command: Command, variables: Variables, repository: Repository): BuildSource {
  const { words } = command;
  const isKaniko = programOf(command) === 'executor';
  const written = isKaniko ? valuesOf(words, ['--context', '-c'])[0]?.replace(/^dir:\/\//, '') : contextOf(words);
  const context = resolvePath(command, expand(written ?? '.', variables), repository);
  const file = expand(valuesOf(words, ['--dockerfile', '--file', '-f'])[0] ?? '', variables);
  // For docker the path is relative to the working directory, for kaniko to the context.
  const dockerfile = findDockerfile(file, isKaniko ? context : command.folder, context, repository);
  return { dockerfile, context, target: valuesOf(words, ['--target']).map((target) => expand(target, variables))[0] };
}

/**
 * The absolute path of a Dockerfile; without a path the one in the build context.
 * @param from the folder that the path is relative to
 */
function findDockerfile(path: string, from: string | undefined, context: string | undefined, repository: Repository) {
  if (path !== '') return resolvePath({ folder: from }, path, repository);
  return context === undefined ? undefined : posix.join(context, 'Dockerfile');
}

/** The word of `docker build` that is neither an option nor the value of one, wherever it is. */
function contextOf(words: Words): string | undefined {
  const start = words.findIndex((word) => /^(build|bud)$/.test(word)) + 1;
  return words.findLast((word, index) => {
    const before = words[index - 1] ?? '';
    const isValue = before.startsWith('-') && !before.includes('=') && !switches.has(before);
    return index >= start && !word.startsWith('-') && (index === start || !isValue);
  });
}

/** The options of `docker build` and the like that take no value. */
const switches: ReadonlySet<string> = new Set(
  '--all --check --compress --debug -D --force-rm --layers --load --no-cache --pull --push -q --quiet --rm --squash'.split(
    ' ',
  ),
);

/** `docker/build-push-action`, with tags that are written out or come from `docker/metadata-action`. */
function readStep(step: ActionStep, job: CiJob, variables: Variables, repository: Repository): ImageBuild[] {
  const tags = step.inputs.get('tags');
  if (step.action !== 'docker/build-push-action' || tags === undefined) return [];
  const input = (name: string): string => expand(step.inputs.get(name)?.value ?? '', variables);
  const { top } = repository;
  const context = resolvePath({ folder: top }, input('context') || '.', repository);
  const made = {
    job,
    dockerfile: findDockerfile(input('file'), top, context, repository),
    context,
    target: input('target') || undefined,
    pushes: stepPushes(step),
  };
  return tags.value.split(/[\n,]/).flatMap((line): ImageBuild[] => {
    const image = line.trim();
    if (image === '' || image.startsWith('#')) return [];
    const at = spanOfWord(tags, image);
    const metadata = /^\$\{\{\s*steps\.([\w-]+)\.outputs\.tags\s*\}\}$/.exec(image)?.[1];
    if (metadata === undefined) return [{ ...made, image, at, ...splitImage(image, variables) }];
    return metadataTags(metadata, job, variables).map((each) => ({ ...made, at, ...each }));
  });
}

function splitImage(image: string, variables: Variables): Pick<ImageBuild, 'repository' | 'tag'> {
  const { repository, tag } = parseImage(expand(image, variables));
  return { repository, tag: tag?.replace(/\s/g, '') };
}
