import { parseImage } from '../../objects/image.ts';
import { isMovingTag } from '../../objects/version.ts';
import { positionalWords, shortKinds } from '../../shell/kubectl.ts';
import { baseName } from '../../text/base-name.ts';
import { valuesOf } from '../pipelines/commands.ts';
import { unknown, type Words } from './deploy-script.ts';

/** The arguments after the name of a program, anywhere in a command; undefined if it does not name the program. */
export function argumentsOf(words: Words, program: RegExp): Words | undefined {
  const index = words.findIndex((word) => program.test(baseName(word)));
  return index < 0 ? undefined : words.slice(index + 1);
}

/**
 * The arguments of each kubectl call, also of one through a variable. What an unknown variable puts in front of them are
 * options: `kubectl $OPTIONS delete job shop`.
 */
export function kubectlCalls(commands: readonly Words[]): Words[] {
  return commands
    .map((words) => argumentsOf(words, kubectlProgram))
    .filter((args) => args !== undefined)
    .map((args) =>
      args.slice(
        Math.max(
          0,
          args.findIndex((word) => word !== unknown),
        ),
      ),
    );
}

/** kubectl, or OpenShift's name for it. */
export const kubectlProgram = /^\W*(kubectl|oc)(\.exe)?$/;

/**
 * Whether a kubectl call sends manifests to the cluster. Not `kubectl create job NAME --from=…` and the like, which
 * creates a single object from its arguments.
 */
export function isApply(args: Words): boolean {
  const [verb = '', kind] = positionalWords(args);
  const applies = /^(apply|replace)$/.test(verb) || (verb === 'create' && kind === undefined);
  return applies && !args.some((word) => word.startsWith('--dry-run'));
}

/** `kubectl set image` and `kubectl rollout restart`, which start new pods of existing workloads. */
function isRollout(args: Words): boolean {
  return /^(set image|rollout restart)\b/.test(positionalWords(args).join(' '));
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
  const files = valuesOf(args, ['-f', '--filename']);
  return files.length > 0 && files.every((file) => /^https?:/.test(file));
}

/** `kubectl apply -k FOLDER`, `kubectl apply -f FILE`, or `kustomize build` beside `kubectl apply -f -`. */
export function appliesTree(commands: readonly Words[]): boolean {
  const files = kubectlCalls(commands)
    .filter(isApply)
    .flatMap((args) => valuesOf(args, ['-f', '--filename']));
  return appliesKustomization(commands) || files.some((file) => file !== '-' && !/^(https?:|$)/.test(file));
}

/** Whether a script hands what kustomize builds to kubectl, with `-k` or through a pipe. */
export function appliesKustomization(commands: readonly Words[]): boolean {
  const applies = kubectlCalls(commands).filter(isApply);
  const builds = commands.some((words) => /\bkustomize build\b|\bkubectl kustomize\b/.test(words.join(' ')));
  return (
    applies.some((args) => valuesOf(args, ['-k', '--kustomize']).some((path) => path !== '')) ||
    (builds && applies.some(readsPipe))
  );
}

/** Whether a script hands what another script prints to kubectl: `./render.sh prod | kubectl apply -f -`. */
export function appliesOutputOfScript(commands: readonly Words[]): boolean {
  return commands.some((words, index) => {
    const [args] = kubectlCalls(commands.slice(index + 1, index + 2));
    return words.some((word) => word.endsWith('.sh')) && args !== undefined && isApply(args) && readsPipe(args);
  });
}

function readsPipe(args: Words): boolean {
  return valuesOf(args, ['-f', '--filename']).includes('-');
}

/** The namespace that a kubectl call names. */
export function namespaceOf(args: Words): string | undefined {
  return valuesOf(args, ['-n', '--namespace'])[0];
}

/** The names of the Jobs that a command deletes; `*` for all Jobs or a selector. */
export function deletedJobs(args: Words): string[] {
  const names = jobsOf('delete', args);
  if (names === undefined) return [];
  return args.includes('--all') || valuesOf(args, ['-l', '--selector']).length > 0 ? ['*'] : names;
}

/** The labels with their values that a selector asks for: `-l app=shop,tier=db`. Other conditions are not read. */
export function selectedLabels(args: Words): Map<string, string> {
  const conditions = valuesOf(args, ['-l', '--selector']).flatMap((selector) => selector.split(','));
  return new Map(
    conditions.flatMap((condition): [string, string][] => {
      const [, key = '', value = ''] = /^([\w./-]+)==?([^=]+)$/.exec(condition.trim()) ?? [];
      return key === '' ? [] : [[key, value]];
    }),
  );
}

/** `kubectl patch job NAME -p '{"spec":{"suspend":false}}'`, or with a JSON patch of that field. */
export function resumedJobs(args: Words): string[] {
  const resumes = args.some((word) => word.includes('suspend') && /\bfalse\b/.test(word));
  return resumes ? (jobsOf('patch', args)?.slice(0, 1) ?? []) : [];
}

/** The Jobs that a command names; undefined if it has another verb or another kind. */
function jobsOf(wanted: string, args: Words): string[] | undefined {
  const [verb, type = '', ...names] = positionalWords(args);
  const typed = /^jobs?(?:\.v1)?(?:\.batch)?(?:\/(.+))?$/;
  if (verb !== wanted || !type.split(',').some((each) => typed.test(each))) return undefined;
  return [type, ...names].flatMap((word) => typed.exec(word)?.[1] ?? (word === type ? [] : word));
}

/** `kubectl replace --force`, which deletes what exists and creates it again. */
export function isForcedReplace(args: Words): boolean {
  return positionalWords(args)[0] === 'replace' && args.some((word) => /^--force(=true)?$/.test(word));
}

/** `kubectl delete -f FILE`, and `kubectl replace --force -f FILE`, which deletes and creates. */
export function deletedFiles(args: Words): string[] {
  const [verb] = positionalWords(args);
  const deletes = verb === 'delete' || isForcedReplace(args);
  return deletes ? valuesOf(args, ['-f', '--filename']).filter((path) => path !== '-') : [];
}

/** The Job in a file that `kustomize build --output FOLDER` wrote, from its file name. */
export function jobOfOutput(path: string): string[] {
  return /^batch_v1_job_(.+)\.yaml$/.exec(baseName(path))?.slice(1, 2) ?? [];
}

/** `kubectl set image deployment/NAME CONTAINER=IMAGE:TAG`; with `--local` it changes nothing in a cluster. */
export function updatedObjects(args: Words): string[] {
  const [verb, what, ...rest] = positionalWords(args);
  if (verb !== 'set' || what !== 'image' || args.includes('--local')) return [];
  const [type = '', name = ''] = rest;
  const images = rest.flatMap((word) => /^[^=]*=(.*)$/s.exec(word)?.slice(1) ?? []);
  const tags = images.flatMap((image) => parseImage(image).tag ?? []);
  if (tags.length > 0 && tags.every(isMovingTag)) return [];
  const [kind = '', plainName = ''] = type.includes('/') ? type.split('/') : [type, name];
  return [`${singular(kind)}/${plainName}`];
}

/** The singular of a kind, which may be given by its short name or plural. */
function singular(kind: string): string {
  return shortKinds[kind] ?? kind.replace(/^(deployment|statefulset|daemonset|cronjob)s$/, '$1');
}

/** `kubectl create secret generic NAME`, `kubectl create configmap NAME`. */
export function createdObjects(args: Words): string[] {
  const [verb, kind, ...rest] = positionalWords(args);
  if (verb !== 'create') return [];
  if (kind === 'configmap' || kind === 'cm') return rest.slice(0, 1);
  return kind === 'secret' ? rest.slice(1, 2) : [];
}
