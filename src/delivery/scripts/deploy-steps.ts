import type { LinearPattern } from '../../linear-pattern.ts';
import { baseName } from '../../model/commands/base-name.ts';
import { maySay, noCalls, readDeployScript, type Words } from './deploy-script.ts';
import {
  appliesAfterJob,
  appliesKustomization,
  appliesTree,
  deletedFiles,
  deletedJobs,
  imagedObjects,
  jobOfOutput,
  kubectlCalls,
  madeObjects,
  resumedJobs,
} from './kubectl-steps.ts';
import { matchImage, matchName, matchPath } from './match-name.ts';
import { functionsSeenBy, functionsThat, readShellFunctions, shareFunctions } from './shell-functions.ts';
import { type TextEdit, textEdits, writtenTags } from './text-edits.ts';

/** What the scripts and pipelines of a repository do to a tree and its objects when they deploy it by hand. */
export interface DeploySteps {
  /** Whether one of them hands to kubectl what kustomize builds. */
  readonly appliesKustomization: boolean;
  /** The same, or files that may be those of the tree. */
  readonly appliesByKubectl: boolean;
  /** Names of Jobs that are deleted (`kubectl delete job NAME`), so that the next apply creates them anew. */
  readonly deletedJobs: readonly LinearPattern[];
  /** Names of suspended Jobs that are resumed (`kubectl patch job NAME`). */
  readonly resumedJobs: readonly LinearPattern[];
  /** Files whose objects are deleted (`kubectl delete -f FILE`). */
  readonly deletedFiles: readonly LinearPattern[];
  /** What `kustomize edit set image` names, and what Skaffold builds and tags: the last part of an image's name. */
  readonly taggedImages: readonly LinearPattern[];
  /** Objects whose images `kubectl set image` sets in the cluster, each as `kind/name`. */
  readonly imagedObjects: readonly LinearPattern[];
  /** Images that Tilt builds: it tags them by their content, and replaces Jobs that have changed. */
  readonly tiltImages: readonly LinearPattern[];
  /** Images that are loaded into a cluster of one's own machine (`kind load docker-image`), with their tags. */
  readonly loadedImages: readonly LinearPattern[];
  readonly edits: readonly TextEdit[];
  /** Secrets and ConfigMaps that a script makes (`kubectl create secret generic NAME`). */
  readonly madeObjects: readonly LinearPattern[];
  /** Whether a script waits for a Job and applies more afterwards. */
  readonly appliesAfterJob: boolean;
  /** Whether `envsubst` fills variables in manifests. */
  readonly fillsVariables: boolean;
}

/**
 * Reads the steps of several texts. What they only might do counts too: who asks wants to be sure that nobody does it.
 * @param holds whether the repository holds a file, by a path that counts from its top
 */
export function readDeploySteps(texts: readonly string[], holds: (path: string) => boolean = () => false): DeploySteps {
  const scripts = readScripts(texts);
  const commands = scripts.flat();
  const kubectl = kubectlCalls(commands);
  const files = kubectl.flatMap(deletedFiles);
  const names = (found: readonly string[]): LinearPattern[] => found.flatMap((name) => matchName(name) ?? []);
  return {
    appliesKustomization: scripts.some(appliesKustomization),
    appliesByKubectl: scripts.some(appliesTree) || texts.some((text) => skaffold.test(text) && skaffoldTree.test(text)),
    deletedJobs: names([...kubectl.flatMap(deletedJobs), ...files.flatMap(jobOfOutput)]),
    resumedJobs: names(kubectl.flatMap(resumedJobs)),
    deletedFiles: files.flatMap((path) => matchPath(path) ?? []),
    taggedImages: [...commands.flatMap(taggedImages), ...texts.flatMap(skaffoldImages)].map(matchImage),
    imagedObjects: names(kubectl.flatMap(imagedObjects)),
    tiltImages: texts.flatMap(tiltImages).map(matchImage),
    loadedImages: names(commands.flatMap(loadedImages)),
    edits: [...commands.flatMap((words) => textEdits(words, holds)), ...texts.flatMap(writtenTags)],
    madeObjects: names(kubectl.flatMap(madeObjects)),
    appliesAfterJob: texts.some(saysToApplyAfterJob),
    fillsVariables: commands.some((words) => words.some((word) => baseName(word) === 'envsubst')),
  };
}

/** The steps of both. */
export function uniteSteps(one: DeploySteps, other: DeploySteps): DeploySteps {
  return {
    appliesKustomization: one.appliesKustomization || other.appliesKustomization,
    appliesByKubectl: one.appliesByKubectl || other.appliesByKubectl,
    deletedJobs: [...one.deletedJobs, ...other.deletedJobs],
    resumedJobs: [...one.resumedJobs, ...other.resumedJobs],
    deletedFiles: [...one.deletedFiles, ...other.deletedFiles],
    taggedImages: [...one.taggedImages, ...other.taggedImages],
    imagedObjects: [...one.imagedObjects, ...other.imagedObjects],
    tiltImages: [...one.tiltImages, ...other.tiltImages],
    loadedImages: [...one.loadedImages, ...other.loadedImages],
    edits: [...one.edits, ...other.edits],
    madeObjects: [...one.madeObjects, ...other.madeObjects],
    appliesAfterJob: one.appliesAfterJob || other.appliesAfterJob,
    fillsVariables: one.fillsVariables || other.fillsVariables,
  };
}

/** How many characters of what functions run are read, in all scripts together. */
const mostCalled = 2_000_000;

/** The commands of each text. The functions of one file are known in all, as those that source it call them. */
function readScripts(texts: readonly string[]): (readonly Words[])[] {
  const scripts = texts.map((text) => ({ text, own: readShellFunctions(text) }));
  const shared = functionsThat(shareFunctions(scripts.map(({ own }) => own)), maySay);
  const budget = { left: mostCalled };
  return scripts.map(({ text, own }) => readDeployScript(text, { find: functionsSeenBy(own, shared, maySay), budget }));
}

/** In the order in which it is written: what a function does would come again behind itself where it is called. */
function saysToApplyAfterJob(text: string): boolean {
  return text.includes('job') && appliesAfterJob(readDeployScript(text, noCalls));
}

/** `docker_build('NAME', …)` of a Tiltfile, and its extensions of like names. */
const tiltBuild = /^[ \t]*(?:docker_build\w*|custom_build\w*)\(\s*(?:ref\s*=\s*)?(["'])([^"']+)\1/gm;

function tiltImages(text: string): string[] {
  return [...text.matchAll(tiltBuild)].map(([, , name = '']) => name);
}

/** The file of Skaffold, and the ways in which that hands manifests to kubectl. */
const skaffold = /^apiVersion:[ \t]*skaffold\//m;
const skaffoldTree = /^[ \t]*(?:kubectl|kustomize|rawYaml):/m;

function skaffoldImages(text: string): string[] {
  if (!skaffold.test(text)) return [];
  return [...text.matchAll(/^[ \t]*(?:-[ \t]*)?image:[ \t]*["']?([^\s"'#]+)/gm)].map(([, name = '']) => name);
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
