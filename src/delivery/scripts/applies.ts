import { givenFiles, givenFolders, positionalWords } from '../../shell/kubectl.ts';
import { valuesOf, type Words } from '../../shell/words.ts';
import { isApply, kubectlCall, kubectlCalls, namedFiles, readsInput } from './kubectl-calls.ts';
import { deletedJobs } from './kubectl-objects.ts';

/** Whether a script hands files to kubectl that may be the tree's: `kubectl apply -f FILE`. */
export function appliesFiles(commands: readonly Words[]): boolean {
  const files = kubectlCalls(commands).filter(isApply).flatMap(namedFiles);
  return files.some((file) => !/^(https?:|$)/.test(file));
}

/** Whether a script hands what kustomize builds to kubectl, with `-k` or through a pipe. */
export function appliesKustomization(commands: readonly Words[]): boolean {
  const applies = kubectlCalls(commands).filter(isApply);
  const builds = commands.some((words) => /\bkustomize build\b|\bkubectl kustomize\b/.test(words.join(' ')));
  return applies.some((args) => givenFolders(args).some((path) => path !== '')) || (builds && applies.some(readsInput));
}

/** Whether a script hands what another script prints to kubectl: `./render.sh prod | kubectl apply -f -`. */
export function appliesOutputOfScript(commands: readonly Words[]): boolean {
  return commands.some((words, index) => {
    const next = words.some((word) => word.endsWith('.sh')) ? kubectlCall(commands[index + 1] ?? []) : undefined;
    return next !== undefined && isApply(next) && readsInput(next);
  });
}

/** Whether commands wait for a Job, with `kubectl wait job/NAME` or `kubectl get`, and then apply more or start new pods. */
export function appliesAfterJob(commands: readonly Words[]): boolean {
  const calls = kubectlCalls(commands);
  const wait = calls.findIndex((args, index) => {
    const [verb, ...targets] = positionalWords(args);
    const isAsked = verb === 'wait' || (verb === 'get' && !isAboutDeletion(calls, index));
    if (!isAsked || valuesOf(args, ['--for']).includes('delete')) return false;
    return targets.some((target) => /^jobs?(\.batch)?(\/|$)/.test(target));
  });
  return wait >= 0 && calls.slice(wait + 1).some((args) => (isApply(args) && !isRemote(args)) || isRollout(args));
}

/** Whether a call looks up a Job that is deleted right after, or that was right before, to see whether it is gone. */
function isAboutDeletion(calls: readonly Words[], index: number): boolean {
  return [index - 1, index + 1].some((next) => deletedJobs(calls[next] ?? []).length > 0);
}

/** `kubectl apply -f https://…`, which applies something other than the tree. */
function isRemote(args: Words): boolean {
  const files = givenFiles(args);
  return files.length > 0 && files.every((file) => /^https?:/.test(file));
}

/** `kubectl set image` and `kubectl rollout restart`, which start new pods of existing workloads. */
function isRollout(args: Words): boolean {
  return /^(set image|rollout restart)\b/.test(positionalWords(args).join(' '));
}
