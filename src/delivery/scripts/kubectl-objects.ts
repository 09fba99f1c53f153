import { parseImage } from '../../objects/image.ts';
import { isMovingTag } from '../../objects/version.ts';
import { positionalWords, shortKinds } from '../../shell/kubectl.ts';
import { valuesOf, type Words } from '../../shell/words.ts';
import { baseName } from '../../text/base-name.ts';
import { isForcedReplace, namedFiles } from './kubectl-calls.ts';

/** The namespace that a kubectl call names. */
export function namespaceOf(args: Words): string | undefined {
  return valuesOf(args, ['-n', '--namespace'])[0];
}

/** The names of the Jobs that a command deletes; `*` for all Jobs or a selector. */
export function deletedJobs(args: Words): string[] {
  const names = jobsOf('delete', args);
  if (names === undefined) return [];
  return args.includes('--all') || selectorsOf(args).length > 0 ? ['*'] : names;
}

function selectorsOf(args: Words): string[] {
  return valuesOf(args, ['-l', '--selector']);
}

/** The labels with their values that a selector asks for: `-l app=shop,tier=db`. Other conditions are not read. */
export function selectedLabels(args: Words): Map<string, string> {
  const conditions = selectorsOf(args).flatMap((selector) => selector.split(','));
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
  // `all` means the kinds of workloads, Jobs among them: `kubectl delete all --all`.
  if (verb !== wanted || !type.split(',').some((each) => each === 'all' || typed.test(each))) return undefined;
  return [type, ...names].flatMap((word) => typed.exec(word)?.[1] ?? (word === type ? [] : word));
}

/** `kubectl delete -f FILE`, and `kubectl replace --force -f FILE`, which deletes and creates. */
export function deletedFiles(args: Words): string[] {
  const [verb] = positionalWords(args);
  const deletes = verb === 'delete' || isForcedReplace(args);
  return deletes ? namedFiles(args) : [];
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
