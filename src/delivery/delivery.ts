import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Variables } from './pipelines/variables.ts';
import type { DeploySteps } from './scripts/deploy-steps.ts';

/** What stands in the repository around the linted tree and brings its images and manifests to the cluster. */
export interface Delivery {
  /** Absolute path of the repository's top. */
  readonly top: string;
  /** The files that the pipelines are written in. */
  readonly pipelineFiles: ReadonlySet<SourceFile>;
  readonly jobs: readonly CiJob[];
  readonly builds: readonly ImageBuild[];
  /** Those whose images may get to a registry; worked out when this is first asked for. */
  readonly pushedBuilds: () => ReadonlySet<ImageBuild>;
  /** Whether jobs may build and push images that cannot be read off their commands and steps. */
  readonly buildsUnseen: () => boolean;
  readonly edits: readonly FileEdit[];
  readonly writeBacks: readonly WriteBack[];
  readonly pushes: readonly ArtifactPush[];
  /** Those that belong to the linted folder, as far as one can tell. */
  readonly dockerfiles: readonly Dockerfile[];
  /** What scripts do where they deploy the tree by hand; their texts are read when this is first asked for. */
  readonly deploySteps: () => DeploySteps;
  /** The same, with the examples in documents, which somebody who deploys by hand types. */
  readonly stepsByHand: () => DeploySteps;
}

/** A job of GitLab CI or of a GitHub workflow, with what it runs. */
export interface CiJob {
  readonly system: 'gitlab' | 'github';
  readonly name: string;
  readonly file: SourceFile;
  /** The file by which the pipeline starts that it is a part of; others are included in that one, or called. */
  readonly pipeline: SourceFile;
  readonly commands: readonly Command[];
  /** The steps of a workflow that use an action. */
  readonly actions: readonly ActionStep[];
  /** What its variables are set to, as far as the files say; one for each job that a matrix makes of it. */
  readonly variants: readonly Variables[];
  /** Whether a push to a branch runs it, whatever the commit is and whoever made it. */
  readonly runsOnPush: boolean;
  /** Which changes it runs for; undefined for all, and where that cannot be told. */
  readonly changes: ChangeFilter | undefined;
  /** Of a workflow: whether it pushes with a token of its own, whose pushes start workflows. */
  readonly ownToken: boolean;
  /** Whether it gets files that the repository does not hold: from other jobs, another repository, a download. */
  readonly getsFiles: boolean;
}

/** The patterns of changed files, one of which has to fit for a job to run. */
export interface ChangeFilter {
  readonly patterns: readonly string[];
  /** The first of them. */
  readonly at: Span;
}

/** One simple command of a script. */
export interface Command {
  readonly words: readonly string[];
  /** The script that it stands in. */
  readonly at: Span;
  /** Absolute path of the folder that it runs in; undefined where that cannot be told. */
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

/** An image that a pipeline builds or names anew. */
export interface ImageBuild {
  readonly job: CiJob;
  /** The reference as written: `${CI_REGISTRY_IMAGE}/migration:${IMAGE_TAG}`. */
  readonly image: string;
  /** Everything before the tag, with the values of variables that the pipeline sets. */
  readonly repository: string;
  /** The tag with the values of variables; a rule of `docker/metadata-action` such as `type=sha`; undefined for none. */
  readonly tag: string | undefined;
  readonly at: Span;
  /** Absolute path, where it can be told. */
  readonly dockerfile: string | undefined;
  /** Absolute path of the folder that is built from, where it can be told. */
  readonly context: string | undefined;
  /** The stage that is built, where it is not the last. */
  readonly target: string | undefined;
  /** Whether what builds it also pushes it; undefined where that cannot be told. */
  readonly pushes: boolean | undefined;
}

/** A command that writes a version into a file. */
export type FileEdit = PatternEdit | KeyEdit | TemplateEdit | ImageEdit;

interface Edit {
  readonly job: CiJob;
  readonly program: string;
  /** As written; for `kustomize edit` the folder from the top of the repository. */
  readonly path: string;
  readonly pathAt: Span;
  /** Undefined where there is no such file. */
  readonly file: SourceFile | undefined;
  /** The text with the version that it writes, as written: `TAG: "${IMAGE_TAG}"`, `strenv(TAG)`; undefined where that cannot be read. */
  readonly written: string | undefined;
}

/** `sed -i s/…/…/ FILE` and `perl -pi -e s/…/…/ FILE`. */
export interface PatternEdit extends Edit {
  readonly kind: 'pattern';
  /** The expression's pattern, for people and, where it could be read, for matching. */
  readonly pattern: string;
  readonly matches: LineMatcher | undefined;
  readonly patternAt: Span;
}

/** Where a pattern first matches in a line. */
export type LineMatcher = (line: string) => { readonly start: number; readonly text: string } | undefined;

/** `yq -i '.data.TAG = …' FILE`. */
export interface KeyEdit extends Edit {
  readonly kind: 'key';
  /** As written: `.data.TAG`; undefined where the expression does more than set keys. */
  readonly key: string | undefined;
  readonly keyAt: Span;
  /** The `data` of a ConfigMap in the file that has no such key; undefined where there is none. */
  readonly missingIn: Span | undefined;
}

/** `envsubst < FILE`. */
export interface TemplateEdit extends Edit {
  readonly kind: 'template';
}

/** `kustomize edit set image NAME=…`, which changes the kustomization of the folder that it runs in. */
export interface ImageEdit extends Edit {
  readonly kind: 'image';
  /** What the containers call the image. */
  readonly image: string;
  readonly imageAt: Span;
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Whether `images` of the kustomization names it. */
  readonly listed: boolean;
}

/** A commit that a job makes of a version it has written, and pushes to this repository. */
export interface WriteBack {
  readonly job: CiJob;
  /** The message of the commit, or the command where the message is not found in it as it is read. */
  readonly at: Span;
  /** `bare`: a single word without quotes in a script, as `-m release`. Undefined where `at` is not the message. */
  readonly message: 'quoted' | 'bare' | undefined;
}

/** A folder that is packed for Flux: `flux push artifact`. */
export interface ArtifactPush {
  readonly job: CiJob;
  readonly path: string;
  readonly at: Span;
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly exists: boolean;
  /** Whether there is something in it that kustomize or Flux could build. */
  readonly holdsManifests: boolean;
}

/** A Dockerfile with its instructions. */
export interface Dockerfile {
  readonly file: SourceFile;
  /** Whether it builds the migration's image, by its name or by what the pipeline calls the image. */
  readonly forMigration: boolean;
  /** The stage that is built, where the pipelines name one and the same. */
  readonly target: string | undefined;
  /** The images that the pipelines build from it. */
  readonly images: readonly BuiltImage[];
  readonly instructions: readonly Instruction[];
  /** The package.json of the folder that it is built from, as far as it says something of packages. */
  readonly packages: Packages | undefined;
}

/** An image that a pipeline builds from a Dockerfile. */
export interface BuiltImage {
  /** The last part of its reference. */
  readonly name: string;
  /** Whether it is a migration's, by what the pipeline calls it, its Dockerfile or its stage. */
  readonly forMigration: boolean;
  /** The stage that is built, where it is not the last. */
  readonly target: string | undefined;
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
