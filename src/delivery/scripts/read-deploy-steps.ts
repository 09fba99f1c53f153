import { once } from '../../collections/once.ts';
import type { Words } from '../../shell/words.ts';
import { baseName } from '../../text/base-name.ts';
import { ansibleDeletions, waitsInAnsible } from './ansible.ts';
import { appliesAfterJob, appliesFiles, appliesKustomization, appliesOutputOfScript } from './applies.ts';
import { deletedFolders } from './deleted-folders.ts';
import { mayDeploy, noCalls, readDeployScript } from './deploy-script.ts';
import type { DeletedJob, DeploySteps, HandOver } from './deploy-steps.ts';
import type { DeployText } from './find-deploy-scripts.ts';
import { appliedFiles, createdFiles } from './handed-files.ts';
import { loadedImages, taggedImages, tiltImages } from './image-commands.ts';
import { kubectlCalls } from './kubectl-calls.ts';
import {
  createdObjects,
  deletedFiles,
  deletedJobs,
  jobOfOutput,
  namespaceOf,
  resumedJobs,
  selectedLabels,
  updatedObjects,
} from './kubectl-objects.ts';
import { matchImage, matchName, matchNames, matchPaths } from './match-name.ts';
import { functionsSeenBy, functionsThat, readShellFunctions, shareFunctions } from './shell-functions.ts';
import { appliesWithSkaffold, skaffoldImages } from './skaffold.ts';
import { terraformFolders, terraformImages } from './terraform.ts';
import { textEdits, writtenTags } from './text-edits.ts';

/**
 * Reads the steps of several texts. What they might do counts too, since rules only report what certainly nothing else
 * does.
 * @param holds whether the repository holds a file, by its path from the top
 */
export function readDeploySteps(
  deployTexts: readonly DeployText[],
  holds: (path: string) => boolean = () => false,
): DeploySteps {
  const texts = deployTexts.map(({ text }) => text);
  const scripts = readScripts(texts);
  const commands = scripts.flat();
  const calls = kubectlCalls(commands);
  const files = calls.flatMap(deletedFiles);
  return {
    handOvers: findHandOvers(deployTexts, scripts),
    deletedJobs: [
      ...calls.flatMap(deletionsBy),
      ...deletions([...files.flatMap(jobOfOutput), ...texts.flatMap(ansibleDeletions)]),
    ],
    resumedJobs: matchNames(calls.flatMap(resumedJobs)),
    deletedFiles: matchPaths(files),
    deletedFolders: matchPaths(scripts.flatMap(deletedFolders)),
    createdFiles: matchPaths(scripts.flatMap(createdFiles)),
    appliedFiles: matchPaths(scripts.flatMap(appliedFiles)),
    taggedImages: [
      ...commands.flatMap(taggedImages),
      ...texts.flatMap(skaffoldImages),
      ...texts.flatMap(terraformImages),
    ].map(matchImage),
    updatedObjects: matchNames(calls.flatMap(updatedObjects)),
    tiltImages: texts.flatMap(tiltImages).map(matchImage),
    loadedImages: matchNames(commands.flatMap(loadedImages)),
    edits: [...commands.flatMap((words) => textEdits(words, holds)), ...texts.flatMap(writtenTags)],
    createdObjects: matchNames(calls.flatMap(createdObjects)),
    appliesAfterJob: texts.some((text) => waitsBeforeApply(text) || waitsInAnsible(text)),
    terraformFolders: matchPaths(texts.flatMap(terraformFolders)),
    fillsVariables: commands.some((words) => words.some((word) => baseName(word) === 'envsubst')),
  };
}

/** The texts that hand manifests to kubectl, with the commands of each. */
function findHandOvers(texts: readonly DeployText[], scripts: readonly (readonly Words[])[]): HandOver[] {
  const isBuilt = once(() => texts.some(({ text }) => mentionsBuild(text)));
  return texts.flatMap(({ path, text }, index): HandOver[] => {
    const commands = scripts[index] ?? [];
    if (appliesKustomization(commands) || (appliesOutputOfScript(commands) && isBuilt())) {
      return [{ path, what: 'build' }];
    }
    return appliesFiles(commands) || appliesWithSkaffold(text) ? [{ path, what: 'files' }] : [];
  });
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

/** Whether a script calls kustomize to build a tree, also in a command substitution: `OUT="$(kubectl kustomize .)"`. */
function mentionsBuild(text: string): boolean {
  return /^(?![ \t]*#).*\b(?:kustomize build|kubectl kustomize)\b/m.test(text);
}

/** The Jobs that a kubectl call deletes. */
function deletionsBy(args: Words): DeletedJob[] {
  const labels = [...selectedLabels(args)].flatMap(([key, value]) =>
    matchNames([value]).map((pattern) => [key, pattern] as const),
  );
  return deletions(deletedJobs(args), matchName(namespaceOf(args) ?? ''), new Map(labels));
}

function deletions(
  names: readonly string[],
  namespace?: DeletedJob['namespace'],
  labels: DeletedJob['labels'] = new Map(),
): DeletedJob[] {
  return matchNames(names).map((name) => ({ name, namespace, labels }));
}
