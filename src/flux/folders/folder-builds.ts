import type { BuiltRoot } from '../../kustomize/built-root.ts';
import { BuildError } from '../../kustomize/problem.ts';
import { toJson } from '../../source/json/json.ts';
import type { SourceCache } from '../../source/source-cache.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';
import { buildFluxFolder, type FluxFolder, type FolderOptions } from './build-folder.ts';
import { readBuildFields } from './read-build-fields.ts';

/**
 * Builds the folders of Flux Kustomizations. The search for entries builds each one before it is known how a parent
 * changes the Kustomization. These builds are kept, for reuse if nothing has changed.
 */
export class FolderBuilds {
  readonly #options: FolderOptions;
  readonly #sources: SourceCache;
  readonly #kept = new Map<string, BuiltRoot>();

  constructor(options: FolderOptions, sources: SourceCache) {
    this.#options = options;
    this.#sources = sources;
  }

  /** A build to read only; it is kept. */
  look(kustomization: FluxKustomization, folder: FluxFolder): BuiltRoot {
    const key = keyOf(kustomization, folder);
    const built = this.#kept.get(key) ?? this.#build(kustomization, folder);
    this.#kept.set(key, built);
    return built;
  }

  /** A build that the caller may change. */
  take(kustomization: FluxKustomization, folder: FluxFolder): BuiltRoot {
    const key = keyOf(kustomization, folder);
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    return kept ?? this.#build(kustomization, folder);
  }

  #build(kustomization: FluxKustomization, folder: FluxFolder): BuiltRoot {
    return buildFluxFolder(kustomization, folder, this.#options, this.#sources);
  }
}

/** A key for everything that the build of a folder depends on, including locations. */
function keyOf({ resource, object }: FluxKustomization, { source, directory }: FluxFolder): string {
  const { file, start } = object.name.place.at;
  return [source, directory, file.path, start, describeFields()].join('\0');

  function describeFields(): string {
    try {
      return toJson(readBuildFields(resource.node));
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      return error.message;
    }
  }
}
