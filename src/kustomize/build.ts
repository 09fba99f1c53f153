import { pushAll } from '../collections/push-all.ts';
import { platformPaths } from '../source/files/platform-paths.ts';
import { findPrintError } from '../source/print/check-printable.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import { SourceFile } from '../source/source-file.ts';
import { type Span, sameSpan } from '../source/span.ts';
import { accumulate } from './accumulate/accumulate.ts';
import { Accumulation } from './accumulate/accumulation.ts';
import { setOpenApiSchema } from './accumulate/set-openapi-schema.ts';
import { loadTarget } from './accumulate/target.ts';
import type { BuiltRoot } from './built-root.ts';
import { type Dialect, defaultDialect } from './dialect.ts';
import { type FinishedBuild, finish } from './finish/finish.ts';
import type { HelmProgram } from './helm/helm-program.ts';
import { readBooleansAsKubectl } from './load/kubectl-booleans.ts';
import type { Kustomization, KustomizationAmendment } from './load/kustomization.ts';
import { type FolderAccess, KustomizationFolder, type LoadRestrictor } from './load/kustomization-folder.ts';
import { readResources } from './load/read-resources.ts';
import { RemoteCache } from './load/remote-cache.ts';
import { kubernetesSchema } from './openapi/kubernetes-schema.ts';
import { forgetClusterScoped, startScopes } from './openapi/scope.ts';
import { describePrintError } from './print-build.ts';
import { BuildError, type BuildProblem, leavesComplete, NamelessObject } from './problem.ts';
import { builtFolder } from './resources/origin-annotations.ts';
import type { Resource } from './resources/resource.ts';
import type { BuildContext } from './session/build-context.ts';
import { checkTime } from './session/build-limits.ts';
import { noBuildMetadata, readBuildMetadata } from './session/build-metadata.ts';
import type { BuildNotes, BuildSession } from './session/build-session.ts';
import { Growth } from './session/growth.ts';

/** The options of one build; `kustomize build` has flags for most of them. */
export interface BuildOptions {
  readonly dialect?: Dialect;
  readonly loadRestrictor?: LoadRestrictor;
  /** Whether the tool that builds this in the cluster takes it from Git, and so has only files that are committed. */
  readonly fromGit?: boolean;
  /** Absolute path of a folder with what kustomize would fetch, laid out as `RemoteCache` says. */
  readonly remoteCache?: string;
  /** The helm that may be run for charts on disk. */
  readonly helm?: HelmProgram;
  /** Changes the folder's kustomization before it is built, as Flux does. */
  readonly amendment?: KustomizationAmendment;
}

/**
 * Builds the kustomization in a folder, as `kustomize build` does. Never throws for a mistake in the tree: the root then
 * has a problem with the location of the mistake, and has resources only if nothing but an absent part is wrong.
 * @param directory absolute path
 */
export function buildRoot(directory: string, options: BuildOptions, sources: SourceCache): BuiltRoot {
  const build = new RootBuild(directory, options, sources);
  return build.run(() => build.kustomize());
}

/**
 * Reads plain manifests as a root: their objects, unchanged, in the order of the files.
 * @param path the root's name: a folder, a file or `<stdin>`
 * @param files absolute paths, or names of the texts that `sources` was provided with
 */
export function buildManifests(
  path: string,
  files: readonly string[],
  options: BuildOptions,
  sources: SourceCache,
): BuiltRoot {
  const build = new RootBuild(path, options, sources);
  return build.run(() => build.readManifests(files));
}

/** The build of one root, and what it records as it runs. */
class RootBuild {
  readonly #path: string;
  readonly #options: BuildOptions;
  readonly #sources: SourceCache;
  readonly #notes: BuildNotes = {
    problems: [],
    replacements: [],
    entries: [],
    overridden: [],
    files: [],
    folders: [],
    unknownKinds: 0,
  };
  readonly #unnamed: Resource[] = [];
  readonly #context: BuildContext;
  #kustomization: Kustomization | undefined;

  constructor(path: string, options: BuildOptions, sources: SourceCache) {
    this.#path = path;
    this.#options = options;
    this.#sources = sources;
    this.#context = {
      dialect: options.dialect ?? defaultDialect,
      schema: kubernetesSchema,
      checkTime: (at) => checkTime(sources, at),
      growth: new Growth(),
      ...(options.helm === undefined ? {} : { helm: options.helm }),
      report: (problem) => this.#report(problem),
      traceReplacements: (traces) => pushAll(this.#notes.replacements, traces),
      traceEntry: (trace) => this.#notes.entries.push(trace),
    };
  }

  /** Runs the build; a BuildError becomes a problem of a root without resources. */
  run(work: () => FinishedBuild): BuiltRoot {
    let finished: FinishedBuild = { resources: [], listed: [], order: undefined };
    try {
      finished = work();
    } catch (error) {
      this.#note(error);
    } finally {
      forgetClusterScoped();
    }
    return {
      path: this.#path,
      kustomization: this.#kustomization?.file,
      ...finished,
      problems: this.#notes.problems,
      unnamed: this.#unnamed,
      files: [...new Set(this.#notes.files)],
      replacements: this.#notes.replacements,
      entries: this.#notes.entries,
      overridden: [...new Set(this.#notes.overridden)],
    };
  }

  kustomize(): FinishedBuild {
    const { loadRestrictor = 'root-only', fromGit = false, remoteCache, amendment } = this.#options;
    const sources = this.#sources;
    startScopes(this.#context.dialect);
    const access: FolderAccess = {
      sources,
      loadRestrictor,
      fromGit,
      remoteCache: remoteCache === undefined ? undefined : new RemoteCache(remoteCache, sources.fileSystem),
      noteRead: (file) => this.#notes.files.push(file),
    };
    const at = wholeFile(this.#path);
    const folder = KustomizationFolder.root(this.#path, access);
    if (folder === undefined) throw new BuildError(`there is no folder \`${platformPaths.leave(this.#path)}\``, at);
    const session: BuildSession = {
      sources,
      access,
      context: this.#context,
      metadata: noBuildMetadata,
      schemaIsSet: false,
      notes: this.#notes,
    };
    const target = loadTarget(folder, at, { originPath: builtFolder }, session, amendment);
    this.#kustomization = target.kustomization;
    session.metadata = readBuildMetadata(target.kustomization.strings('buildMetadata'));
    setOpenApiSchema(target);
    const accumulation = new Accumulation();
    accumulate(target, accumulation);
    const finished = finish(target, accumulation);
    const refused = finished.resources.flatMap(({ node }) => findPrintError(node) ?? []);
    if (refused.length === 0) return finished;
    pushAll(this.#notes.problems, refused.map(describePrintError));
    return { ...finished, resources: [], listed: [] };
  }

  readManifests(files: readonly string[]): FinishedBuild {
    const resources = files.flatMap((path) => this.#readManifest(path));
    return { resources, listed: resources, order: undefined };
  }

  /**
   * Plain manifests are independent: an object may appear twice, and an error in one file does not affect the others.
   */
  #readManifest(path: string): Resource[] {
    const file = this.#sources.read(path);
    try {
      checkTime(this.#sources, wholeFile(path));
      if (isReadFailure(file)) throw new BuildError(`cannot read this file: ${file.message}`, wholeFile(path));
      this.#notes.files.push(file);
      const resources = readResources(this.#sources.parse(file), (resource) => this.#unnamed.push(resource));
      for (const { node } of resources) readBooleansAsKubectl(node);
      return resources;
    } catch (error) {
      this.#note(error);
      return [];
    }
  }

  /** A correction is reported once, although several objects or several builds of its base may lead to it. */
  #report(problem: BuildProblem): void {
    const { problems } = this.#notes;
    if (leavesComplete(problem) && problems.some(({ at }) => sameSpan(at, problem.at))) return;
    problems.push(problem);
  }

  #note(error: unknown): void {
    if (!(error instanceof BuildError)) throw error;
    this.#notes.problems.push(error.problem);
    if (error instanceof NamelessObject) this.#unnamed.push(error.object);
  }
}

/** The location of problems with a file or folder as a whole. */
function wholeFile(path: string): Span {
  return { file: new SourceFile(path, ''), start: 0, end: 0 };
}
