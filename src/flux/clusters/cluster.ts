import type { BuiltRoot } from '../../kustomize/built-root.ts';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { type ConfigObject, readConfigObject } from '../../objects/config-object.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';
import type { MapNode } from '../../source/node.ts';
import type { FluxBuiltRoot } from '../flux-built-root.ts';
import { type FluxKustomization, isFluxKustomization, readFluxKustomization } from '../flux-kustomization.ts';
import type { FluxMemory } from '../flux-memory.ts';
import { finishFluxBuild } from '../folders/finish-build.ts';
import type { FolderBuilds } from '../folders/folder-builds.ts';
import type { FluxOptions } from '../follow.ts';
import type { SourceLocator, UnknownFolder } from '../sources/source-location.ts';
import { findSource } from '../sources/source-object.ts';
import { collectVariables, type FindConfigObject } from '../substitution/collect-variables.ts';
import { writtenPlace } from './find-entries.ts';
import { ResourceIndex } from './resource-index.ts';

/** A Kustomization whose folder is built, but whose variables are not yet substituted. */
interface Waiting {
  readonly kustomization: FluxKustomization;
  readonly built: BuiltRoot;
  readonly source: string;
}

/** One cluster: builds its entry Kustomizations, and those that they bring. */
export class Cluster {
  readonly #options: FluxOptions;
  readonly #locator: SourceLocator;
  readonly #builds: FolderBuilds;
  readonly #memory: FluxMemory;
  /** The known objects of the cluster: those that its own Kustomizations bring, then those of the given roots. */
  readonly #objects: ResourceIndex;
  #homes: ReadonlySet<string> = new Set();
  readonly #seen = new Set<string>();
  readonly #queue: Resource[] = [];
  readonly #waiting: Waiting[] = [];
  /** Objects that become Secrets, by node: substitution replaces the node of an object that it changes. */
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
   * Builds the entries and all Kustomizations that they bring. A Kustomization whose variables come from an object that
   * is not there yet waits until the others are built, since one of them may bring it.
   */
  follow(entries: readonly Resource[]): readonly FluxBuiltRoot[] {
    const kustomizations = entries.flatMap((entry) => readFluxKustomization(entry) ?? []);
    this.#homes = this.#locator.findHomes(kustomizations, this.#objects);
    for (const entry of entries) this.#enqueue(entry);
    // Only building another Kustomization can bring what others wait for.
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

  /** Enqueues each Kustomization once, by name and location. */
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
      this.#roots.push(notBuilt(kustomization, located));
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
    // Reuse the outcome only if substitution changes no object that other Kustomizations look up.
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

  /** The objects that its variables come from; undefined for those that are absent. */
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
    // An object that becomes a Secret may have another name than the Secret.
    return secretSources
      .flatMap((each) => this.#objects.ofKind(each))
      .find((resource) => {
        const object = this.#readMaker(resource);
        return object?.name === name && sameNamespace(object.object.namespace.value, namespace);
      });
  };

  /** Reads an object that becomes a Secret once, for thousands of lookups. */
  #readMaker(resource: Resource): ConfigObject | undefined {
    const { node } = resource;
    if (!this.#makers.has(node)) this.#makers.set(node, readConfigObject(resource));
    return this.#makers.get(node);
  }
}

/** Whether other Kustomizations may look up an object: for variables, as a source, or to build it. */
function isLookedUp({ kind }: Resource): boolean {
  return (
    /^(?:ConfigMap|Secret|Kustomization|Bucket|ExternalArtifact|ArtifactGenerator|.*Repository)$/.test(kind) ||
    secretSources.includes(kind)
  );
}

/** The kinds of objects that become Secrets in the cluster. */
const secretSources = ['SealedSecret', 'ExternalSecret'];

/** The root of a Kustomization that cannot be located, with the reason. */
function notBuilt(kustomization: FluxKustomization, { problem, candidates }: UnknownFolder): FluxBuiltRoot {
  return {
    path: kustomization.object.name.place.at.file.path,
    kustomization: undefined,
    resources: [],
    listed: [],
    order: undefined,
    problems: problem === undefined ? [] : [problem],
    unnamed: [],
    replacements: [],
    entries: [],
    overridden: [],
    files: [],
    flux: { kustomization, source: '', variables: undefined, unset: [], unknown: [], remarks: [], candidates },
  };
}
