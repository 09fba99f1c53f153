import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { BuildProblem } from '../kustomize/problem.ts';
import type { Resource } from '../kustomize/resource.ts';
import { type ConfigObject, readConfigObject } from '../model/objects/config-object.ts';
import { sameNamespace } from '../model/objects/kubernetes-object.ts';
import type { MapNode } from '../source/node.ts';
import { finishFluxBuild } from './build-flux.ts';
import { collectVariables, type FindConfigObject } from './collect-variables.ts';
import { writtenPlace } from './find-entries.ts';
import type { FluxBuiltRoot } from './flux-built-root.ts';
import { type FluxKustomization, isFluxKustomization, readFluxKustomization } from './flux-kustomization.ts';
import type { FluxMemory } from './flux-memory.ts';
import type { FolderBuilds } from './folder-builds.ts';
import type { FluxOptions } from './follow.ts';
import { ResourceIndex } from './resource-index.ts';
import { findSource, type SourceLocator, sourceKey } from './source-location.ts';

/** A Kustomization whose folder is built and whose variables are still to be substituted. */
interface Waiting {
  readonly kustomization: FluxKustomization;
  readonly built: BuiltRoot;
  readonly source: string;
}

/** One cluster: all that its entries bring to it, one Kustomization after the other. */
export class Cluster {
  readonly #options: FluxOptions;
  readonly #locator: SourceLocator;
  readonly #builds: FolderBuilds;
  readonly #memory: FluxMemory;
  /** The objects that the cluster has as far as is known: those that its own Kustomizations bring, then those of the given roots. */
  readonly #objects: ResourceIndex;
  readonly #homes = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #queue: Resource[] = [];
  readonly #waiting: Waiting[] = [];
  /** What makes Secrets, as it was read. Its substitution puts another node in the place of one that it changes. */
  readonly #makers = new WeakMap<MapNode, ConfigObject | undefined>();
  readonly #roots: FluxBuiltRoot[] = [];

  constructor(
    options: FluxOptions,
    locator: SourceLocator,
    builds: FolderBuilds,
    memory: FluxMemory,
    beside: ResourceIndex,
  ) {
    this.#options = options;
    this.#locator = locator;
    this.#builds = builds;
    this.#memory = memory;
    this.#objects = new ResourceIndex([], beside);
  }

  /**
   * Builds the entries and what follows from them. A Kustomization whose variables come from an object that is not
   * there yet waits until the others are built, for one of them may bring it.
   */
  follow(entries: readonly Resource[]): readonly FluxBuiltRoot[] {
    for (const entry of entries) {
      const kustomization = readFluxKustomization(entry);
      if (kustomization && this.#locator.isAtHome(kustomization, this.#objects)) {
        this.#homes.add(sourceKey(kustomization));
      }
      this.#enqueue(entry);
    }
    // Only a Kustomization that is built may bring what others wait for.
    let mayBeReady = false;
    for (;;) {
      const next = this.#queue.shift();
      if (next !== undefined) {
        this.#build(next);
        mayBeReady = true;
        continue;
      }
      const index: number = mayBeReady
        ? this.#waiting.findIndex(({ kustomization }) => this.#hasSources(kustomization))
        : -1;
      mayBeReady = index >= 0;
      const [ready] = this.#waiting.splice(Math.max(index, 0), 1);
      if (ready === undefined) return this.#roots;
      this.#finish(ready);
    }
  }

  /** Takes each Kustomization once, by its name and the place where it is written. */
  #enqueue(resource: Resource): void {
    const key = `${resource.namespace}/${resource.name}@${writtenPlace(resource)}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#queue.push(resource);
  }

  #build(resource: Resource): void {
    const kustomization = readFluxKustomization(resource);
    if (kustomization === undefined) return;
    const located = this.#locator.locate(kustomization, this.#homes, this.#objects);
    if ('problem' in located) {
      this.#roots.push(notBuilt(kustomization, located.problem));
      return;
    }
    const basis = { folder: located.folder, source: findSource(kustomization, this.#objects) };
    const known = this.#memory.recallOutcome(resource, basis, this.#findSources(kustomization));
    if (known !== undefined) {
      this.#objects.add(known.brought);
      this.#take(known.root);
      return;
    }
    const built = this.#builds.take(kustomization, located.folder);
    this.#objects.add(built.resources);
    const waiting = { kustomization, built, source: located.folder.source };
    if (!this.#hasSources(kustomization)) {
      this.#waiting.push(waiting);
      return;
    }
    const variables = this.#findSources(kustomization);
    const { resources: brought } = built;
    const before = brought.map(({ node }) => node);
    const root = this.#finish(waiting);
    // Objects that others look up must be the same whether they are looked up before or after their substitution.
    const isPlain = brought.every((each, index) => each.node === before[index] || !isLookedUp(each));
    const isAlone = !variables.some((each) => each !== undefined && brought.includes(each));
    if (isPlain && isAlone) this.#memory.noteOutcome(resource, { ...basis, root, brought, variables });
  }

  #finish({ kustomization, built, source }: Waiting): FluxBuiltRoot {
    const collected = collectVariables(kustomization, this.#findConfig, this.#options.variables);
    const root = finishFluxBuild(built, kustomization, source, collected, this.#options.strict);
    this.#take(root);
    return root;
  }

  #take(root: FluxBuiltRoot): void {
    this.#roots.push(root);
    for (const resource of root.resources) if (isFluxKustomization(resource)) this.#enqueue(resource);
  }

  /** The objects that its variables come from, as far as they are there. */
  #findSources({ substituteFrom, object }: FluxKustomization): (Resource | undefined)[] {
    return substituteFrom.map(({ kind, name }) => this.#findConfig(kind, name.value ?? '', object.namespace.value));
  }

  #hasSources({ substituteFrom, object }: FluxKustomization): boolean {
    return substituteFrom.every(
      ({ kind, name, optional }) =>
        optional || this.#findConfig(kind, name.value ?? '', object.namespace.value) !== undefined,
    );
  }

  readonly #findConfig: FindConfigObject = (kind, name, namespace) => {
    const found = this.#objects.find(kind, name, namespace);
    if (found !== undefined || kind !== 'Secret') return found;
    // What becomes a Secret in the cluster may have another name than the Secret.
    return makesSecret
      .flatMap((each) => this.#objects.ofKind(each))
      .find((resource) => {
        const object = this.#readMaker(resource);
        return object?.name === name && sameNamespace(object.object.namespace.value, namespace);
      });
  };

  /** Each is read once for thousands of names that are looked for. */
  #readMaker(resource: Resource): ConfigObject | undefined {
    const { node } = resource;
    if (!this.#makers.has(node)) this.#makers.set(node, readConfigObject(resource));
    return this.#makers.get(node);
  }
}

/** Whether others may look for an object: for variables, for a source, or for Kustomizations. */
function isLookedUp({ kind }: Resource): boolean {
  return (
    /^(?:ConfigMap|Secret|Kustomization|Bucket|ExternalArtifact|ArtifactGenerator|.*Repository)$/.test(kind) ||
    makesSecret.includes(kind)
  );
}

/** The kinds of objects that become Secrets in the cluster. */
const makesSecret = ['SealedSecret', 'ExternalSecret'];

/** A Kustomization whose folder is not here, with the reason. */
function notBuilt(kustomization: FluxKustomization, problem: BuildProblem): FluxBuiltRoot {
  return {
    path: kustomization.object.name.place.at.file.path,
    kustomization: undefined,
    resources: [],
    listed: [],
    order: undefined,
    problems: [problem],
    unnamed: [],
    replacements: [],
    files: [],
    flux: { kustomization, source: '', variables: undefined, unset: [], unknown: [], remarks: [] },
  };
}
