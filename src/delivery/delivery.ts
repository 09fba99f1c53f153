import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';

/** What stands in the repository around the linted tree and brings its images and manifests to the cluster. */
export interface Delivery {
  /** Absolute path of the repository's top. */
  readonly top: string;
  readonly jobs: readonly CiJob[];
  readonly builds: readonly ImageBuild[];
  readonly edits: readonly FileEdit[];
  readonly pushes: readonly ArtifactPush[];
  readonly dockerfiles: readonly Dockerfile[];
}

/** A job of GitLab CI or of a GitHub workflow, with what it runs. */
export interface CiJob {
  readonly system: 'gitlab' | 'github';
  readonly name: string;
  readonly file: SourceFile;
  readonly scripts: readonly CiScript[];
  /** Images that a step of a workflow builds without a script (`docker/build-push-action`). */
  readonly actions: readonly BuildAction[];
  /** Of a workflow: whether it checks out with a token of its own, whose pushes start workflows. */
  readonly ownToken: boolean;
}

/** One text of shell commands, and where it stands. */
export interface CiScript {
  readonly text: string;
  readonly at: Span;
  readonly commands: readonly (readonly string[])[];
}

/** Inputs of a step that builds an image. */
export interface BuildAction {
  readonly tags: string;
  readonly tagsAt: Span;
  readonly dockerfile: string | undefined;
}

/** An image that a pipeline builds. */
export interface ImageBuild {
  readonly job: CiJob;
  /** The reference as written: `${CI_REGISTRY_IMAGE}/migration:${IMAGE_TAG}`. */
  readonly image: string;
  readonly at: Span;
  readonly dockerfile: string | undefined;
}

/** A `sed` that writes a version into a file. */
export interface FileEdit {
  readonly job: CiJob;
  /** The expression's pattern, for people and, where it could be read, for matching. */
  readonly pattern: string;
  readonly matches: RegExp | undefined;
  readonly patternAt: Span;
  /** As written, relative to the top of the repository. */
  readonly path: string;
  readonly pathAt: Span;
  /** Undefined where there is no such file. */
  readonly file: SourceFile | undefined;
}

/** A `flux push artifact`. */
export interface ArtifactPush {
  readonly job: CiJob;
  readonly path: string;
  readonly at: Span;
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly exists: boolean;
}

/** A Dockerfile with its instructions. */
export interface Dockerfile {
  readonly file: SourceFile;
  /** Whether it builds the migration's image, by its name. */
  readonly forMigration: boolean;
  readonly instructions: readonly Instruction[];
  /** The package.json beside it, as far as it says something of packages. */
  readonly packages: Packages | undefined;
}

/** One instruction, with its continuation lines joined. */
export interface Instruction {
  /** In upper case: `FROM`, `RUN`. */
  readonly keyword: string;
  readonly text: string;
  readonly at: Span;
}

/** What a package.json says. */
export interface Packages {
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
  readonly scripts: ReadonlyMap<string, string>;
}
