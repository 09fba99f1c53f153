import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Variables } from './pipelines/variables.ts';
import type { UnreadFile } from './repository.ts';
import type { DeploySteps } from './scripts/deploy-steps.ts';

/** The pipelines, Dockerfiles and scripts of a repository that bring the images and manifests of a tree to the cluster. */
export interface Delivery {
  /** Absolute path of the repository's top. */
  readonly top: string;
  /** The files of the pipelines. */
  readonly pipelineFiles: ReadonlySet<SourceFile>;
  /** Those that could not be read; nothing is known of their jobs. */
  readonly unread: readonly UnreadFile[];
  readonly jobs: readonly CiJob[];
  readonly builds: readonly ImageBuild[];
  /** The builds whose images may get to a registry; computed on first use. */
  readonly pushedBuilds: () => ReadonlySet<ImageBuild>;
  /** Whether jobs may build and push images that their commands and steps do not show. */
  readonly buildsUnseen: () => boolean;
  readonly edits: readonly FileEdit[];
  readonly writeBacks: readonly WriteBack[];
  readonly pushes: readonly ArtifactPush[];
  /** The Dockerfiles that belong to the linted folder, as far as that is known. */
  readonly dockerfiles: readonly Dockerfile[];
  /** Whether the repository has a folder, by its path from the top. */
  readonly holdsFolder: (path: string) => boolean;
  /** Whether Rancher's Fleet applies the linted folder: it, or a folder above it, has a `fleet.yaml`. */
  readonly hasFleet: boolean;
  /** What scripts that deploy the tree by hand do; they are read on first use. */
  readonly deploySteps: () => DeploySteps;
  /** The same, with the examples in documents that people type to deploy by hand. */
  readonly stepsByHand: () => DeploySteps;
}

/** A job of GitLab CI, a GitHub workflow or Azure Pipelines, or a whole Jenkinsfile, with what it runs. */
export interface CiJob {
  readonly system: 'gitlab' | 'github' | 'azure' | 'jenkins';
  readonly name: string;
  readonly file: SourceFile;
  /** The file that starts the job's pipeline; others are included in it or called from it. */
  readonly pipeline: SourceFile;
  readonly commands: readonly Command[];
  /** The steps of a workflow that use an action, and others whose effect is not known. */
  readonly actions: readonly ActionStep[];
  /** The values of its variables, as far as the files set them; one for each job of a matrix. */
  readonly variants: readonly Variables[];
  /** Whether any push to a branch runs it, whatever its commit and author. */
  readonly runsOnPush: boolean;
  /** The changes that it runs for; undefined for all changes, and if that is not known. */
  readonly changes: ChangeFilter | undefined;
  /** Whether it pushes with a token whose pushes start pipelines; not so for a workflow's own `GITHUB_TOKEN`. */
  readonly ownToken: boolean;
  /** Whether it gets files that are not in the repository: from other jobs, another repository or a download. */
  readonly getsFiles: boolean;
}

/** The patterns of changed files, one of which must match for a job to run. */
export interface ChangeFilter {
  readonly patterns: readonly string[];
  /** The first of them. */
  readonly at: Span;
}

/** One simple command of a script. */
export interface Command {
  readonly words: readonly string[];
  /** The script that it is in. */
  readonly at: Span;
  /** Absolute path of the folder that it runs in; undefined if that is not known. */
  readonly folder: string | undefined;
}

/** A step with `uses`. */
export interface ActionStep {
  /** Without the version: `docker/build-push-action`. */
  readonly action: string;
  readonly id: string | undefined;
  readonly inputs: ReadonlyMap<string, ActionInput>;
  /** The step's `uses`. */
  readonly at: Span;
}

/** The value of an input, and where it is written. */
export interface ActionInput {
  readonly value: string;
  readonly at: Span;
}

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

/** A command that writes a version into a file. */
export type FileEdit = PatternEdit | KeyEdit | TemplateEdit | ImageEdit;

interface Edit {
  readonly job: CiJob;
  readonly program: string;
  /** The path as written; for `kustomize edit`, the folder relative to the top of the repository. */
  readonly path: string;
  readonly pathAt: Span;
  /** Undefined if there is no such file. */
  readonly file: SourceFile | undefined;
  /**
   * The text with the version that it writes, as in the command: `TAG: "${IMAGE_TAG}"`, `strenv(TAG)`; undefined if it
   * cannot be read.
   */
  readonly written: string | undefined;
}

/** `sed -i s/…/…/ FILE` and `perl -pi -e s/…/…/ FILE`. */
export interface PatternEdit extends Edit {
  readonly kind: 'pattern';
  /** The pattern of the expression, for messages. */
  readonly pattern: string;
  /** Undefined if the pattern could not be read. */
  readonly matches: LineMatcher | undefined;
  readonly patternAt: Span;
}

/** Finds the first match of a pattern in a line. */
export type LineMatcher = (line: string) => { readonly start: number; readonly text: string } | undefined;

/** `yq -i '.data.TAG = …' FILE`. */
export interface KeyEdit extends Edit {
  readonly kind: 'key';
  /** The key as written: `.data.TAG`; undefined if the expression does more than set keys. */
  readonly key: string | undefined;
  readonly keyAt: Span;
  /** The `data` of a ConfigMap in the file that has no such key; undefined if there is none. */
  readonly missingIn: Span | undefined;
}

/** `envsubst < FILE`. */
export interface TemplateEdit extends Edit {
  readonly kind: 'template';
}

/** `kustomize edit set image NAME=…`, which changes the kustomization in its working directory. */
export interface ImageEdit extends Edit {
  readonly kind: 'image';
  /** The name of the image in the containers. */
  readonly image: string;
  readonly imageAt: Span;
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Whether `images` of the kustomization names it. */
  readonly listed: boolean;
}

/** A commit with a version that a job has written, and pushes to this repository. */
export interface WriteBack {
  readonly job: CiJob;
  /** The message of the commit, or the command if the file does not hold the message literally. */
  readonly at: Span;
  /** `bare`: a single word without quotes in a script, as `-m release`. Undefined if `at` is not the message. */
  readonly message: 'quoted' | 'bare' | undefined;
}

/** A folder that is pushed for Flux: `flux push artifact`. */
export interface ArtifactPush {
  readonly job: CiJob;
  readonly path: string;
  readonly at: Span;
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly exists: boolean;
  /** Whether it holds something that kustomize or Flux could build. */
  readonly holdsManifests: boolean;
}

/** The instructions that an image is built from. */
export interface Recipe {
  readonly instructions: readonly Instruction[];
  /** The stage that is built, if it is known and not the last. */
  readonly target: string | undefined;
}

/** A Dockerfile, with the stage that the pipelines agree on. */
export interface Dockerfile extends Recipe {
  readonly file: SourceFile;
  /** Whether it builds the migration's image, by its name or by the pipeline's name for the image. */
  readonly forMigration: boolean;
  /** The images that the pipelines build from it. */
  readonly images: readonly BuiltImage[];
  /** The script of the repository that its `ENTRYPOINT` starts. */
  readonly entryScript: SourceFile | undefined;
  /** The package.json of the build context, or of the nearest folder above it. */
  readonly packages: Packages | undefined;
  /** Reads a file of the build context, by its path there. */
  readonly read: (path: string) => SourceFile | undefined;
  /** The folders of the repository that it copies; read on first use. */
  readonly copied: () => readonly CopiedFolder[];
}

/** A folder of the repository that a Dockerfile copies into its image, or one directly below it. */
export interface CopiedFolder {
  /** The path from the top of the repository. */
  readonly name: string;
  readonly files: readonly string[];
  /** Reads one of its files. */
  read(file: string): SourceFile | undefined;
}

/** An image that a pipeline builds from a Dockerfile. */
export interface BuiltImage {
  /** The last part of its reference. */
  readonly name: string;
  /** Whether it is a migration's, by its own name, its Dockerfile's or its stage's. */
  readonly forMigration: boolean;
  /** The stage that is built, if it is not the last. */
  readonly target: string | undefined;
}

/** One instruction, with its continuation lines joined. */
export interface Instruction {
  /** In upper case: `FROM`, `RUN`. */
  readonly keyword: string;
  readonly text: string;
  readonly at: Span;
}

/** The relevant parts of a package.json. */
export interface Packages {
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
  readonly scripts: ReadonlyMap<string, string>;
}
