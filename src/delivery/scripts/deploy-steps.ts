import type { LinearPattern } from '../../text/linear-pattern.ts';
import type { TextEdit } from './text-edits.ts';

/** Jobs that a script deletes. */
export interface DeletedJob {
  readonly name: LinearPattern;
  /** Undefined if the script does not say in which namespace. */
  readonly namespace: LinearPattern | undefined;
  /** Labels that the Job must have (`kubectl delete job -l app=shop`), as far as the script shows them. */
  readonly labels: ReadonlyMap<string, LinearPattern>;
}

/** A script or document that hands manifests to kubectl. */
export interface HandOver {
  /** Absolute path of the script or document. */
  readonly path: string;
  /** What it hands over: what kustomize builds, or only files that may be the tree's. */
  readonly what: 'build' | 'files';
}

/** What the scripts and pipelines of a repository do when they deploy a tree by hand. */
export interface DeploySteps {
  readonly handOvers: readonly HandOver[];
  /** Names of Jobs that are deleted (`kubectl delete job NAME`, or by Ansible), so that the next apply recreates them. */
  readonly deletedJobs: readonly DeletedJob[];
  /** Names of suspended Jobs that are resumed (`kubectl patch job NAME`). */
  readonly resumedJobs: readonly LinearPattern[];
  /** Files whose objects are deleted (`kubectl delete -f FILE`). */
  readonly deletedFiles: readonly LinearPattern[];
  /** Folders whose whole build is deleted and applied again (`kubectl delete -k FOLDER`). */
  readonly deletedFolders: readonly LinearPattern[];
  /** Files whose objects are created instead of applied (`kubectl create -f FILE`). */
  readonly createdFiles: readonly LinearPattern[];
  /** Files of which a script names each, to hand it to kubectl on its own (`sed … FILE | kubectl apply -f -`). */
  readonly appliedFiles: readonly LinearPattern[];
  /** Images that `kustomize edit set image` or Terraform sets, or Skaffold builds and tags, by the last part of their name. */
  readonly taggedImages: readonly LinearPattern[];
  /** Objects whose images `kubectl set image` updates in the cluster, each as `kind/name`. */
  readonly updatedObjects: readonly LinearPattern[];
  /** Images that Tilt builds: it tags them by their content, and replaces Jobs that have changed. */
  readonly tiltImages: readonly LinearPattern[];
  /** Images that are loaded into a local cluster (`kind load docker-image`), with their tags. */
  readonly loadedImages: readonly LinearPattern[];
  readonly edits: readonly TextEdit[];
  /** Secrets and ConfigMaps that a script creates (`kubectl create secret generic NAME`). */
  readonly createdObjects: readonly LinearPattern[];
  /** Whether a script waits for a Job and applies more afterwards. */
  readonly appliesAfterJob: boolean;
  /** Folders that Terraform builds and applies. */
  readonly terraformFolders: readonly LinearPattern[];
  /** Whether `envsubst` fills variables in manifests. */
  readonly fillsVariables: boolean;
}

/** The steps of all. */
export function uniteSteps(all: readonly DeploySteps[]): DeploySteps {
  return {
    handOvers: all.flatMap(({ handOvers }) => handOvers),
    deletedJobs: all.flatMap(({ deletedJobs }) => deletedJobs),
    resumedJobs: all.flatMap(({ resumedJobs }) => resumedJobs),
    deletedFiles: all.flatMap(({ deletedFiles }) => deletedFiles),
    deletedFolders: all.flatMap(({ deletedFolders }) => deletedFolders),
    createdFiles: all.flatMap(({ createdFiles }) => createdFiles),
    appliedFiles: all.flatMap(({ appliedFiles }) => appliedFiles),
    taggedImages: all.flatMap(({ taggedImages }) => taggedImages),
    updatedObjects: all.flatMap(({ updatedObjects }) => updatedObjects),
    tiltImages: all.flatMap(({ tiltImages }) => tiltImages),
    loadedImages: all.flatMap(({ loadedImages }) => loadedImages),
    edits: all.flatMap(({ edits }) => edits),
    createdObjects: all.flatMap(({ createdObjects }) => createdObjects),
    appliesAfterJob: all.some(({ appliesAfterJob }) => appliesAfterJob),
    terraformFolders: all.flatMap(({ terraformFolders }) => terraformFolders),
    fillsVariables: all.some(({ fillsVariables }) => fillsVariables),
  };
}
