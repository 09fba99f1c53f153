import { posix } from 'node:path';
import { once, oncePerText } from '../../collections/once.ts';
import { mentionsMigration } from '../../model/tools/migration-names.ts';
import { foldersUpwards, isWithin } from '../../source/files/path.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { type ImageBuild, isMigrationBuild } from '../images/image-builds.ts';
import { type Packages, readPackages } from '../packages/packages.ts';
import type { Repository } from '../repository.ts';
import { findCopiedFolders } from './copied-folders.ts';
import type { BuiltImage, Dockerfile, Recipe } from './dockerfile.ts';
import { readInstructions } from './instructions.ts';
import { builtInstructions } from './stages.ts';

/**
 * Finds the Dockerfiles for the folders of a repository: those that its pipelines name, and those in the folders above.
 * If several services have Dockerfiles for migrations, only those that share the longest path with the folder count.
 * @param pushed the builds whose images may get to a registry
 */
export function dockerfileFinder(
  builds: readonly ImageBuild[],
  pushed: () => ReadonlySet<ImageBuild>,
  repository: Repository,
): (folder: string) => readonly Dockerfile[] {
  const named = new Set(builds.flatMap(({ dockerfile }) => dockerfile ?? []));
  const read = oncePerText((path) => readDockerfile(path, builds, pushed, repository));
  const placed = oncePerText((folder) => dockerfilesIn(folder, repository));
  return oncePerText((folder) => {
    const above = [...foldersUpwards(folder)].filter((each) => isWithin(each, repository.top)).flatMap(placed);
    const all = [...new Set([...above, ...named])].flatMap((path) => read(path) ?? []);
    const shared = all.map(({ file, forMigration }) => (forMigration ? sharedParts(file.path, folder) : 0));
    const nearest = Math.max(0, ...shared);
    return all.filter(({ forMigration }, index) => !forMigration || shared[index] === nearest);
  });
}

/** The paths of the Dockerfiles in a folder, and in its `docker` and `build`. */
function dockerfilesIn(folder: string, repository: Repository): string[] {
  const places = [folder, posix.join(folder, 'docker'), posix.join(folder, 'build')];
  return places.flatMap((place) =>
    repository
      .list(place)
      .filter((name) => /^(Dockerfile|Containerfile)([._-].*)?$|\.Dockerfile$/i.test(name))
      .map((name) => posix.join(place, name)),
  );
}

function readDockerfile(
  path: string,
  builds: readonly ImageBuild[],
  pushed: () => ReadonlySet<ImageBuild>,
  repository: Repository,
): Dockerfile | undefined {
  const file = /\.(dockerignore|md|ya?ml|[tj]s|sh)$/.test(path) ? undefined : repository.read(path);
  if (file === undefined) return undefined;
  const own = builds.filter(({ dockerfile }) => dockerfile === path);
  const images = own.map((build): BuiltImage => {
    // Beside builds that are pushed, the others only test that an image can be built.
    const forMigration = isMigrationBuild(build) && (pushed().size === 0 || pushed().has(build));
    return { name: posix.basename(build.repository), forMigration, target: build.target };
  });
  const forMigration = images.filter((image) => image.forMigration);
  const hasStage = forMigration.some(({ target }) => target !== undefined);
  const isOnly = forMigration.length > 0 && forMigration.length === images.length;
  const context = own[0]?.context ?? posix.dirname(path);
  const recipe = {
    instructions: readInstructions(file),
    target: stageOf(forMigration.length > 0 ? forMigration : images),
  };
  return {
    ...recipe,
    file,
    forMigration: mentionsMigration(posix.basename(path)) || hasStage || isOnly,
    images,
    entryScript: findEntryScript(recipe, context, repository),
    packages: nearestPackages(context, repository),
    read: (name) => repository.read(posix.join(context, name)),
    copied: once(() => findCopiedFolders(recipe, context, repository)),
  };
}

/** The package.json of a folder, or of the nearest folder above it. */
function nearestPackages(folder: string, repository: Repository): Packages | undefined {
  for (const each of foldersUpwards(folder)) {
    const found = readPackages(each, repository);
    if (found !== undefined || each === repository.top) return found;
  }
  return undefined;
}

/** The file of the build context that `ENTRYPOINT` starts, which the image may have in a folder of its own. */
function findEntryScript(recipe: Recipe, context: string, repository: Repository): SourceFile | undefined {
  const entry = builtInstructions(recipe).findLast(({ keyword }) => keyword === 'ENTRYPOINT');
  const words = (entry?.text ?? '').split(/[[\]",\s]+/);
  const parts = words.find((word) => /entrypoint|\.sh$/.test(word))?.split('/') ?? [];
  for (const index of parts.keys()) {
    const file = repository.read(posix.join(context, ...parts.slice(index)));
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The stage that all given images are built from; undefined for the last stage, and if they differ. */
function stageOf(images: readonly BuiltImage[]): string | undefined {
  const [target, ...others] = new Set(images.map((image) => image.target));
  return others.length === 0 ? target : undefined;
}

/** How many folders two paths have in common from the top. */
function sharedParts(a: string, b: string): number {
  const [one, other] = [posix.dirname(a).split('/'), b.split('/')];
  const differs = one.findIndex((part, index) => part !== other[index]);
  return differs < 0 ? one.length : differs;
}
