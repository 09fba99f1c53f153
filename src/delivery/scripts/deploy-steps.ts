import { baseName } from '../../text/base-name.ts';
import type { LinearPattern } from '../../text/linear-pattern.ts';
import { ansibleDeletions, waitsInAnsible } from './ansible.ts';
import { appliedFiles } from './applied-files.ts';
import { mayDeploy, noCalls, readDeployScript, type Words } from './deploy-script.ts';
import {
  appliesAfterJob,
  appliesKustomization,
  appliesOutputOfScript,
  appliesTree,
  createdObjects,
  deletedFiles,
  deletedJobs,
  jobOfOutput,
  kubectlCalls,
  namespaceOf,
  resumedJobs,
  selectedLabels,
  updatedObjects,
} from './kubectl-steps.ts';
import { matchImage, matchName, matchPath } from './match-name.ts';
import { functionsSeenBy, functionsThat, readShellFunctions, shareFunctions } from './shell-functions.ts';
import { terraformFolders, terraformImages } from './terraform.ts';
import { type TextEdit, textEdits, writtenTags } from './text-edits.ts';
import { createdFiles, deletedFolders } from './whole-files.ts';

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

/**
 * Reads the steps of several texts. What they might do counts too, since rules only report what certainly nothing else
 * does.
 * @param holds whether the repository holds a file, by its path from the top
 */
export function readDeploySteps(texts: readonly string[], holds: (path: string) => boolean = () => false): DeploySteps {
  const scripts = readScripts(texts);
  const commands = scripts.flat();
  const kubectl = kubectlCalls(commands);
  const files = kubectl.flatMap(deletedFiles);
  const names = (found: readonly string[]): LinearPattern[] => found.flatMap((name) => matchName(name) ?? []);
  const paths = (found: readonly string[]): LinearPattern[] => found.flatMap((path) => matchPath(path) ?? []);
  return {
    appliesKustomization:
      scripts.some(appliesKustomization) || (scripts.some(appliesOutputOfScript) && texts.some(mentionsBuild)),
    appliesByKubectl: scripts.some(appliesTree) || texts.some((text) => skaffold.test(text) && skaffoldTree.test(text)),
    deletedJobs: [
      ...kubectl.flatMap((args) => toDeleted(deletedJobs(args), namespaceOf(args), selectedLabels(args))),
      ...toDeleted([...files.flatMap(jobOfOutput), ...texts.flatMap(ansibleDeletions)]),
    ],
    resumedJobs: names(kubectl.flatMap(resumedJobs)),
    deletedFiles: paths(files),
    deletedFolders: paths(scripts.flatMap(deletedFolders)),
    createdFiles: paths(scripts.flatMap(createdFiles)),
    appliedFiles: paths(scripts.flatMap(appliedFiles)),
    taggedImages: [
      ...commands.flatMap(taggedImages),
      ...texts.flatMap(skaffoldImages),
      ...texts.flatMap(terraformImages),
    ].map(matchImage),
    updatedObjects: names(kubectl.flatMap(updatedObjects)),
    tiltImages: texts.flatMap(tiltImages).map(matchImage),
    loadedImages: names(commands.flatMap(loadedImages)),
    edits: [...commands.flatMap((words) => textEdits(words, holds)), ...texts.flatMap(writtenTags)],
    createdObjects: names(kubectl.flatMap(createdObjects)),
    appliesAfterJob: texts.some((text) => waitsBeforeApply(text) || waitsInAnsible(text)),
    terraformFolders: paths(texts.flatMap(terraformFolders)),
    fillsVariables: commands.some((words) => words.some((word) => baseName(word) === 'envsubst')),
  };
}

/** Whether a script calls kustomize to build a tree, also in a command substitution: `OUT="$(kubectl kustomize .)"`. */
function mentionsBuild(text: string): boolean {
  return /^(?![ \t]*#).*\b(?:kustomize build|kubectl kustomize)\b/m.test(text);
}

function toDeleted(
  found: readonly string[],
  namespace?: string,
  labels: ReadonlyMap<string, string> = new Map(),
): DeletedJob[] {
  const known = [...labels].flatMap(([key, value]): [string, LinearPattern][] => {
    const pattern = matchName(value);
    return pattern === undefined ? [] : [[key, pattern]];
  });
  return found.flatMap((each) => {
    const name = matchName(each);
    if (name === undefined) return [];
    return [{ name, namespace: namespace === undefined ? undefined : matchName(namespace), labels: new Map(known) }];
  });
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

/** How many characters of called functions are read, in all scripts together. */
const mostCalled = 2_000_000;

/** The commands of each text. The functions of one file are known in all, since others may source it. */
function readScripts(texts: readonly string[]): (readonly Words[])[] {
  const scripts = texts.map((text) => ({ text, own: readShellFunctions(text) }));
  const shared = functionsThat(shareFunctions(scripts.map(({ own }) => own)), mayDeploy);
  const budget = { left: mostCalled };
  return scripts.map(({ text, own }) =>
    readDeployScript(text, { find: functionsSeenBy(own, shared, mayDeploy), budget }),
  );
}

/**
 * Whether a text waits for a Job and then applies more, in the order of its lines; calls of functions would repeat them
 * out of order.
 */
function waitsBeforeApply(text: string): boolean {
  return text.includes('job') && appliesAfterJob(readDeployScript(text, noCalls));
}

/** `docker_build('NAME', …)` of a Tiltfile, and extensions with similar names. */
const tiltBuild = /^[ \t]*(?:docker_build\w*|custom_build\w*)\(\s*(?:ref\s*=\s*)?(["'])([^"']+)\1/gm;

function tiltImages(text: string): string[] {
  return [...text.matchAll(tiltBuild)].map(([, , name = '']) => name);
}

/** The config file of Skaffold, and its sections that apply manifests with kubectl. */
const skaffold = /^apiVersion:[ \t]*skaffold\//m;
const skaffoldTree = /^[ \t]*(?:kubectl|kustomize|rawYaml):/m;

function skaffoldImages(text: string): string[] {
  if (!skaffold.test(text)) return [];
  return [...text.matchAll(/(?:^|[{,])[ \t]*(?:-[ \t]*)?(?:\{[ \t]*)?image:[ \t]*["']?([^\s"'#,}]+)/gm)].map(
    ([, name = '']) => name,
  );
}

/** `kind load docker-image IMAGE …`, `minikube image load IMAGE`, `k3d image import IMAGE …`. */
function loadedImages(words: Words): string[] {
  const start = words.findIndex((word) => /^(kind|minikube|k3d)$/.test(baseName(word)));
  const [verb, object] = start < 0 ? [] : words.slice(start + 1);
  if (!/^(load docker-image|image load|image import)$/.test(`${verb} ${object}`)) return [];
  return words.slice(start + 3).filter((word) => !word.startsWith('-'));
}

/** `kustomize edit set image NAME=NEW:TAG NEW:TAG …`. */
function taggedImages(words: Words): string[] {
  const start = words.findIndex((word, index) => word === 'set' && words[index + 1] === 'image');
  if (start < 1 || words[start - 1] !== 'edit') return [];
  const operands = words.slice(start + 2).filter((word) => !word.startsWith('-'));
  return operands.flatMap((operand) => operand.split('='));
}
