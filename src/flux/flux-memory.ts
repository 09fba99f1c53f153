import { posix } from 'node:path';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Resource } from '../kustomize/resources/resource.ts';
import type { FluxBuiltRoot } from './flux-built-root.ts';
import type { FluxFolder } from './folders/build-folder.ts';

/** What the build of a Flux Kustomization is based on. */
export interface Basis {
  readonly folder: FluxFolder;
  /** The object that describes its source. */
  readonly source: Resource | undefined;
}

/** The outcome of building a Kustomization. */
interface Outcome extends Basis {
  readonly root: FluxBuiltRoot;
  /** The objects of the folder, in the order of the build. */
  readonly brought: readonly Resource[];
  /** The objects that its variables came from. */
  readonly variables: readonly (Resource | undefined)[];
}

/** The Flux Kustomizations in a folder, by the locations where they are written. */
interface Children extends Basis {
  readonly files: BuiltRoot['files'];
  readonly places: readonly string[];
}

/** Keeps the outcomes of a run for the next one, after the contents of some files have changed. */
export class FluxMemory {
  readonly #outcomes = new Map<Resource, Outcome>();
  readonly #children = new Map<Resource, Children>();
  /** Those of the previous run, but not its FluxMemory, which would keep those of all runs before. */
  readonly #outcomesBefore: ReadonlyMap<Resource, Outcome>;
  readonly #childrenBefore: ReadonlyMap<Resource, Children>;
  readonly #changed: ReadonlySet<string>;
  readonly #ignoresTheSame: boolean;

  /** @param changed absolute paths of files whose content differs from the earlier run */
  constructor(earlier?: FluxMemory, changed: ReadonlySet<string> = new Set()) {
    this.#outcomesBefore = earlier === undefined ? new Map() : earlier.#outcomes;
    this.#childrenBefore = earlier === undefined ? new Map() : earlier.#children;
    this.#changed = changed;
    this.#ignoresTheSame = ![...changed].some((path) => posix.basename(path) === '.sourceignore');
  }

  /**
   * The outcome of a Kustomization in the previous run, if it is still valid.
   * @param resource the same object as before, so whatever brings it has not changed either
   * @param variables the objects that its variables come from now
   */
  recallOutcome(resource: Resource, basis: Basis, variables: readonly (Resource | undefined)[]): Outcome | undefined {
    const known = this.#outcomesBefore.get(resource);
    if (known === undefined || !this.#isSame(known, basis, known.root.files)) return undefined;
    if (known.variables.some((each, index) => each !== variables[index])) return undefined;
    this.#outcomes.set(resource, known);
    return known;
  }

  noteOutcome(resource: Resource, outcome: Outcome): void {
    this.#outcomes.set(resource, outcome);
  }

  recallChildren(resource: Resource, basis: Basis): readonly string[] | undefined {
    const known = this.#childrenBefore.get(resource);
    if (known === undefined || !this.#isSame(known, basis, known.files)) return undefined;
    this.#children.set(resource, known);
    return known.places;
  }

  noteChildren(resource: Resource, children: Children): void {
    this.#children.set(resource, children);
  }

  #isSame({ folder, source }: Basis, now: Basis, files: BuiltRoot['files']): boolean {
    return (
      this.#ignoresTheSame &&
      source === now.source &&
      folder.source === now.folder.source &&
      folder.directory === now.folder.directory &&
      !files.some(({ path }) => this.#changed.has(path))
    );
  }
}
