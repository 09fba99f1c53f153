import { posix } from 'node:path';
import { once } from '../../collections/once.ts';
import { mentionsMigration } from '../../model/migrations/migration-tools.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { BuiltImage, Dockerfile, ImageBuild, Packages } from '../delivery.ts';
import { readPackages } from '../packages/packages.ts';
import { isMigrationBuild } from '../pipelines/image-pairs.ts';
import type { Repository } from '../repository.ts';
import { findCopiedFolders } from './copied-folders.ts';
import { readInstructions } from './dockerfile.ts';
import { builtInstructions } from './stages.ts';

/** Finds the Dockerfiles for a folder of the repository: those that its pipelines name, and those in the folders above it. */
export class Dockerfiles {
  readonly #repository: Repository;
  readonly #builds: readonly ImageBuild[];
  readonly #pushed: () => ReadonlySet<ImageBuild>;
  readonly #known = new Map<string, Dockerfile | undefined>();
  readonly #byFolder = new Map<string, readonly Dockerfile[]>();
  readonly #placed = new Map<string, readonly string[]>();

  /** @param pushed the builds whose images may get to a registry */
  constructor(builds: readonly ImageBuild[], pushed: () => ReadonlySet<ImageBuild>, repository: Repository) {
    this.#builds = builds;
    this.#pushed = pushed;
    this.#repository = repository;
  }

  /**
   * The Dockerfiles for a folder. If several services have Dockerfiles for migrations, only those that share the
   * longest path with the folder count.
   */
  of(folder: string): readonly Dockerfile[] {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const named = this.#builds.flatMap(({ dockerfile }) => dockerfile ?? []);
    const paths = new Set([...this.#upwards(folder), ...named]);
    const all = [...paths].flatMap((path) => this.#read(path) ?? []);
    const shared = all.map(({ file, forMigration }) => (forMigration ? sharedParts(file.path, folder) : 0));
    const nearest = Math.max(0, ...shared);
    const found = all.filter(({ forMigration }, index) => !forMigration || shared[index] === nearest);
    this.#byFolder.set(folder, found);
    return found;
  }

  /**
   * The Dockerfiles in a folder and those above it, and in their `docker` and `build`. Cached, since trees share most
   * folders above.
   */
  #upwards(folder: string): readonly string[] {
    const { top } = this.#repository;
    if (folder.length < top.length) return [];
    let placed = this.#placed.get(folder);
    if (placed === undefined) {
      const here = [folder, posix.join(folder, 'docker'), posix.join(folder, 'build')];
      const above = folder === top ? [] : this.#upwards(posix.dirname(folder));
      placed = [...here.flatMap((place) => this.#placedIn(place)), ...above];
      this.#placed.set(folder, placed);
    }
    return placed;
  }

  #placedIn(folder: string): string[] {
    return this.#repository
      .list(folder)
      .filter((name) => /^(Dockerfile|Containerfile)([._-].*)?$|\.Dockerfile$/i.test(name))
      .map((name) => posix.join(folder, name));
  }

  #read(path: string): Dockerfile | undefined {
    if (!this.#known.has(path)) this.#known.set(path, this.#readDockerfile(path));
    return this.#known.get(path);
  }

  /** The package.json of a folder, or of the nearest folder above it. */
  #packages(folder: string): Packages | undefined {
    const found = readPackages(folder, this.#repository);
    const isTop = folder === this.#repository.top || folder === posix.dirname(folder);
    return found ?? (isTop ? undefined : this.#packages(posix.dirname(folder)));
  }

  /** Beside builds that are pushed, the others only test that an image can be built. */
  #isReleased(build: ImageBuild): boolean {
    return this.#pushed().size === 0 || this.#pushed().has(build);
  }

  /** The file of the build context that `ENTRYPOINT` starts, which the image may have in a folder of its own. */
  #entryScript(dockerfile: Pick<Dockerfile, 'instructions' | 'target'>, context: string): SourceFile | undefined {
    const entry = builtInstructions(dockerfile).findLast(({ keyword }) => keyword === 'ENTRYPOINT');
    const words = (entry?.text ?? '').split(/[[\]",\s]+/);
    const parts = words.find((word) => /entrypoint|\.sh$/.test(word))?.split('/') ?? [];
    for (const index of parts.keys()) {
      const file = this.#repository.read(posix.join(context, ...parts.slice(index)));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  #readDockerfile(path: string): Dockerfile | undefined {
    const file = /\.(dockerignore|md|ya?ml|[tj]s|sh)$/.test(path) ? undefined : this.#repository.read(path);
    if (file === undefined) return undefined;
    const builds = this.#builds.filter(({ dockerfile }) => dockerfile === path);
    const images = builds.map((build): BuiltImage => {
      const forMigration = isMigrationBuild(build) && this.#isReleased(build);
      return { name: posix.basename(build.repository), forMigration, target: build.target };
    });
    const own = images.filter(({ forMigration }) => forMigration);
    const byName = mentionsMigration(posix.basename(path));
    const context = builds[0]?.context ?? posix.dirname(path);
    const instructions = readInstructions(file);
    const target = stageOf(own.length > 0 ? own : images);
    const ownStage = own.some(({ target }) => target !== undefined);
    return {
      file,
      forMigration: byName || ownStage || (own.length > 0 && own.length === images.length),
      target,
      images,
      instructions,
      entryScript: this.#entryScript({ instructions, target }, context),
      packages: this.#packages(context),
      read: (name) => this.#repository.read(posix.join(context, name)),
      copied: once(() => findCopiedFolders({ instructions, target }, context, this.#repository)),
    };
  }
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
