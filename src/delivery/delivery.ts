import type { SourceFile } from '../source/source-file.ts';
import type { Dockerfile } from './dockerfiles/dockerfile.ts';
import type { FileEdit } from './edits/file-edits.ts';
import type { WriteBack } from './edits/write-backs.ts';
import type { ImageBuild } from './images/image-builds.ts';
import type { ArtifactPush } from './pipelines/artifact-pushes.ts';
import type { CiJob } from './pipelines/ci-job.ts';
import type { UnreadFile } from './repository.ts';
import type { DeployDocument } from './scripts/deploy-document.ts';
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
  /** Documents with commands that people type to deploy by hand; they are read on first use. */
  readonly documents: () => readonly DeployDocument[];
  /** The steps of scripts and documents together. */
  readonly stepsByHand: () => DeploySteps;
}
