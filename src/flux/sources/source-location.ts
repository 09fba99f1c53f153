import { posix } from 'node:path';
import { onlyOne } from '../../collections/only-one.ts';
import type { BuildProblem } from '../../kustomize/problem.ts';
import { foldersUpwards, isWithin } from '../../source/files/path.ts';
import { findRepository } from '../../source/files/repository.ts';
import { getText } from '../../source/node.ts';
import type { SourceCache } from '../../source/source-cache.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';
import type { FluxFolder } from '../folders/build-folder.ts';
import type { GivenVariables } from '../substitution/collect-variables.ts';
import { findArtifactFolder } from './artifact-folder.ts';
import { compareUrl, type UrlMatch } from './compare-url.ts';
import { fillInPath, foldersOfOpenPath } from './open-path.ts';
import { readSourceIgnore } from './source-ignore.ts';
import { type ClusterObjects, findSource, findUrl } from './source-object.ts';
import {
  missingPath,
  outsideOfSource,
  sourceElsewhere,
  sourceOutOfRepository,
  variableInPath,
} from './source-problems.ts';

/**
 * Finds the folders that are pushed to the OCI repository of a URL by the repository around a file; absolute paths.
 * Its pipelines are read on the first call.
 */
export type FindPushedFolders = (url: string, file: string) => readonly string[];

/** Where sources are, as far as the user or a pipeline says. */
export interface SourceSettings {
  /** Absolute folders by the name of the source: `NAME`, `NAMESPACE/NAME` or `KIND/NAME`. */
  readonly given: ReadonlyMap<string, string>;
  /** Absolute path of the folder that contains all given paths, for trees that are not in a git repository. */
  readonly commonFolder: string;
  /** Variables whose values are not in the tree. */
  readonly variables: GivenVariables;
  readonly pushedFolders: FindPushedFolders;
}

/** The folder of a Flux Kustomization, or the reason why it is unknown. */
export type LocatedFolder = { readonly folder: FluxFolder } | UnknownFolder;

/** Why the folder of a Flux Kustomization is unknown. */
export interface UnknownFolder {
  /** Undefined if its folder is among those that it may be built from. */
  readonly problem: BuildProblem | undefined;
  /** Absolute paths of the folders that a path with unknown variables may mean. */
  readonly candidates: readonly string[];
}

/** The source of a Flux Kustomization as a key: kind, namespace and name. */
function sourceKey({ sourceRef, object }: FluxKustomization): string {
  const namespace = sourceRef.namespace.value ?? object.namespace.value ?? '';
  return `${sourceRef.kind.value ?? ''}/${namespace}/${sourceRef.name.value ?? ''}`;
}

/**
 * Finds the folders of sources. A source is assumed to be the repository of the Kustomization itself if that is likely:
 * it has the name of Flux's own source, its URL names the repository, or the path exists and its URL does not name
 * another repository. Any other source is elsewhere, and the user may say where.
 */
export class SourceLocator {
  readonly #settings: SourceSettings;
  readonly #sources: SourceCache;
  /** The folders in which sources were found, by the key of the source, to look for their other paths. */
  readonly #tops = new Map<string, string>();
  readonly #ignores = new Map<string, FluxFolder['isIgnored']>();

  constructor(settings: SourceSettings, sources: SourceCache) {
    this.#settings = settings;
    this.#sources = sources;
  }

  /** The keys of the sources that are the repository itself. Flux's own comes first, since it tells about the others. */
  findHomes(kustomizations: readonly FluxKustomization[], objects: ClusterObjects): Set<string> {
    const homes = new Set<string>();
    const [own, others] = [kustomizations.filter(isOfFluxsOwn), kustomizations.filter((each) => !isOfFluxsOwn(each))];
    for (const each of [...own, ...others]) if (this.isAtHome(each, homes, objects)) homes.add(sourceKey(each));
    return homes;
  }

  /**
   * Whether the source of a Kustomization is the repository itself.
   * @param homes keys of the sources that are known to be the repository
   */
  isAtHome(kustomization: FluxKustomization, homes: ReadonlySet<string>, objects: ClusterObjects): boolean {
    if (this.#given(kustomization) !== undefined) return false;
    const { sourceRef, path } = kustomization;
    const packed = this.#packedFolder(kustomization, objects);
    if (packed !== undefined || sourceRef.kind.value === 'ExternalArtifact') return packed !== undefined;
    const top = this.#top(kustomization);
    const directory = joinPath(top, path.value);
    const isThere = directory !== top && isWithin(directory, top) && this.#isDirectory(directory);
    const isFluxsOwn = isOfFluxsOwn(kustomization);
    // Many repositories have a folder `deploy`, so an existing path proves nothing if the URL names another repository.
    const named = this.#compareUrl(kustomization, objects);
    if (!isFluxsOwn && named === 'another repository') return false;
    // The name of this one, but another owner: a fork reads its original, unless it also has a source of its own.
    if (!isFluxsOwn && named === 'namesake' && homes.size > 0) return false;
    if (isThere) this.#tops.set(sourceKey(kustomization), top);
    return isThere || isFluxsOwn || named === 'ours' || named === 'namesake';
  }

  /** @param homes keys of the sources that are the repository itself */
  locate(written: FluxKustomization, homes: ReadonlySet<string>, objects: ClusterObjects): LocatedFolder {
    const kustomization = fillInPath(written, this.#settings.variables);
    const { path } = kustomization;
    const given = this.#given(kustomization);
    if (path.value?.includes('${')) return this.#locateOpen(kustomization, given, objects);
    if (given === undefined && !homes.has(sourceKey(kustomization)) && !this.isAtHome(kustomization, homes, objects)) {
      return unknownFolder(sourceElsewhere(kustomization, findUrl(kustomization, objects)));
    }
    if (given !== undefined && this.#sources.fileSystem.isOutside?.(given)) {
      return unknownFolder(sourceOutOfRepository(kustomization));
    }
    const top = this.#real(given ?? this.#packedFolder(kustomization, objects) ?? this.#top(kustomization));
    const directory = joinPath(top, path.value);
    if (!isWithin(directory, top)) return unknownFolder(outsideOfSource(kustomization));
    if (!this.#isDirectory(directory)) {
      return unknownFolder(missingPath(kustomization, directory, top, this.#sources.fileSystem));
    }
    return {
      folder: { source: top, directory: this.#real(directory), isIgnored: this.#ignore(top, kustomization, objects) },
    };
  }

  /** Finds the folders that a path with unknown variables may mean. They are linted, each as what it is built from. */
  #locateOpen(kustomization: FluxKustomization, given: string | undefined, objects: ClusterObjects): UnknownFolder {
    const isElsewhere =
      given === undefined
        ? this.#compareUrl(kustomization, objects) === 'another repository'
        : this.#sources.fileSystem.isOutside?.(given) === true;
    const pushed = onlyOne(this.#pushedFolders(kustomization, objects));
    const top = this.#real(given ?? pushed ?? this.#top(kustomization));
    const path = kustomization.path.value ?? '';
    const candidates = isElsewhere ? [] : foldersOfOpenPath(path, top, this.#sources.fileSystem);
    return { problem: candidates.length > 0 ? undefined : variableInPath(kustomization), candidates };
  }

  #given({ sourceRef, object }: FluxKustomization): string | undefined {
    const { given } = this.#settings;
    const name = sourceRef.name.value ?? '';
    const namespace = sourceRef.namespace.value ?? object.namespace.value ?? '';
    return given.get(`${sourceRef.kind.value}/${name}`) ?? given.get(`${namespace}/${name}`) ?? given.get(name);
  }

  /** The folder that a source is a copy of, if it has the path of the Kustomization. */
  #packedFolder(kustomization: FluxKustomization, objects: ClusterObjects): string | undefined {
    const holdsPath = (folder: string) => this.#isDirectory(joinPath(folder, kustomization.path.value));
    const copied = this.#copiedFolders(kustomization, objects).find(holdsPath);
    return copied ?? onlyOne(this.#pushedFolders(kustomization, objects).filter(holdsPath));
  }

  /**
   * The folders that an artifact may have been created from, if an ArtifactGenerator in the tree says so. They are relative
   * to a source that may itself be a folder of the repository.
   */
  #copiedFolders({ sourceRef, object }: FluxKustomization, objects: ClusterObjects): string[] {
    if (sourceRef.kind.value !== 'ExternalArtifact') return [];
    const folder = findArtifactFolder(sourceRef.name.value ?? '', objects.ofKind('ArtifactGenerator'));
    if (folder === undefined) return [];
    const file = object.name.place.at.file.path;
    const top = this.#gitTop(file) ?? this.#settings.commonFolder;
    return [top, ...foldersBetween(posix.dirname(file), top)].map((candidate) => joinPath(candidate, folder));
  }

  /** The folders that a pipeline of the repository pushes to the URL of a source. */
  #pushedFolders(kustomization: FluxKustomization, objects: ClusterObjects): readonly string[] {
    if (kustomization.sourceRef.kind.value !== 'OCIRepository') return [];
    const url = findUrl(kustomization, objects);
    return url === undefined ? [] : this.#settings.pushedFolders(url, kustomization.object.name.place.at.file.path);
  }

  /**
   * The root of the source: the repository of the Kustomization or, if that lacks the path, a folder around the given
   * paths. A source that is not a git repository may be an artifact of one folder, which also contains the
   * Kustomization, or is the only one at the top of the repository that has the path.
   */
  #top(kustomization: FluxKustomization): string {
    const { commonFolder } = this.#settings;
    const file = kustomization.object.name.place.at.file.path;
    const top = this.#gitTop(file);
    const path = kustomization.path.value ?? '';
    const holdsPath = (folder: string): boolean => this.#isDirectory(joinPath(folder, path));
    if (top !== undefined && holdsPath(top)) return top;
    if (
      /^(?:OCIRepository|Bucket)$/.test(kustomization.sourceRef.kind.value ?? '') &&
      /^[./]*[^./].*\/[^/]/.test(path)
    ) {
      const packed = foldersBetween(posix.dirname(file), top ?? commonFolder).find(holdsPath);
      if (packed !== undefined) return packed;
      const [only, ...others] = this.#foldersIn(top ?? commonFolder).filter(holdsPath);
      if (only !== undefined && others.length === 0) return only;
    }
    for (const folder of foldersUpwards(commonFolder)) {
      if (holdsPath(folder)) return folder;
      if (folder === top) break;
    }
    return this.#tops.get(sourceKey(kustomization)) ?? top ?? commonFolder;
  }

  #gitTop(file: string): string | undefined {
    return findRepository(posix.dirname(file), this.#sources);
  }

  /** Compares the source's URL with the repository of the Kustomization. */
  #compareUrl(kustomization: FluxKustomization, objects: ClusterObjects): UrlMatch | undefined {
    return compareUrl(findSource(kustomization, objects), this.#top(kustomization), this.#sources);
  }

  #ignore(top: string, kustomization: FluxKustomization, objects: ClusterObjects): FluxFolder['isIgnored'] {
    const source = findSource(kustomization, objects);
    const field = source && getText(source.node, ['spec', 'ignore']);
    const key = `${top}\0${field ?? ''}`;
    const known = this.#ignores.get(key) ?? readSourceIgnore(top, field, this.#sources);
    this.#ignores.set(key, known);
    return known;
  }

  #foldersIn(folder: string): string[] {
    const names = this.#sources.fileSystem.listDirectory(folder);
    return names.filter((name) => !name.startsWith('.')).map((name) => posix.join(folder, name));
  }

  #isDirectory(path: string): boolean {
    return this.#sources.fileSystem.stat(path)?.kind === 'directory';
  }

  #real(path: string): string {
    return this.#sources.fileSystem.realPath(path) ?? path;
  }
}

function unknownFolder(problem: BuildProblem): UnknownFolder {
  return { problem, candidates: [] };
}

/** Whether a Kustomization is built from the source that `flux bootstrap` creates. */
function isOfFluxsOwn({ sourceRef }: FluxKustomization): boolean {
  return sourceRef.name.value === 'flux-system';
}

/** A path in a source; an absolute one is relative to the root of the source too. */
function joinPath(top: string, path = ''): string {
  return posix.join(top, path, '.').replace(/(?<=.)\/$/, '');
}

/** A folder and its parents, up to but excluding `top`. */
function foldersBetween(folder: string, top: string): string[] {
  return isWithin(folder, top) && folder !== top ? [folder, ...foldersBetween(posix.dirname(folder), top)] : [];
}
