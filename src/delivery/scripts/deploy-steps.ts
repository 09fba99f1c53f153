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

/** What the scripts and pipelines of a repository do when they deploy a tree by hand. */
export interface DeploySteps {
  /** Whether a script hands to kubectl what kustomize builds. */
  readonly appliesKustomization: boolean;
  /** Whether a script hands that, or files that may be the tree's, to kubectl. */
  readonly appliesByKubectl: boolean;
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

/** The steps of both. */
export function uniteSteps(one: DeploySteps, other: DeploySteps): DeploySteps {
  return {
    appliesKustomization: one.appliesKustomization || other.appliesKustomization,
    appliesByKubectl: one.appliesByKubectl || other.appliesByKubectl,
    deletedJobs: [...one.deletedJobs, ...other.deletedJobs],
    resumedJobs: [...one.resumedJobs, ...other.resumedJobs],
    deletedFiles: [...one.deletedFiles, ...other.deletedFiles],
    deletedFolders: [...one.deletedFolders, ...other.deletedFolders],
    createdFiles: [...one.createdFiles, ...other.createdFiles],
    appliedFiles: [...one.appliedFiles, ...other.appliedFiles],
    taggedImages: [...one.taggedImages, ...other.taggedImages],
    updatedObjects: [...one.updatedObjects, ...other.updatedObjects],
    tiltImages: [...one.tiltImages, ...other.tiltImages],
    loadedImages: [...one.loadedImages, ...other.loadedImages],
    edits: [...one.edits, ...other.edits],
    createdObjects: [...one.createdObjects, ...other.createdObjects],
    appliesAfterJob: one.appliesAfterJob || other.appliesAfterJob,
    terraformFolders: [...one.terraformFolders, ...other.terraformFolders],
    fillsVariables: one.fillsVariables || other.fillsVariables,
  };
}
