import { escapePattern } from '../../escape-pattern.ts';
import { type LinearPattern, linearPattern } from '../../linear-pattern.ts';
import { baseName } from '../../model/commands/command-line.ts';
import { connectionFlags } from '../../model/commands/kubectl-flags.ts';
import { shortKinds } from '../../model/commands/kubectl-kinds.ts';
import { parseImage } from '../../model/objects/image.ts';
import { isMovingTag } from '../../model/objects/version.ts';
import { redirections } from '../pipelines/commands.ts';
import { isExtended, translatePattern } from '../pipelines/sed.ts';
import { maySay, noCalls, readDeployScript, unknown } from './deploy-script.ts';
import { functionsSeenBy, functionsThat, readShellFunctions, shareFunctions } from './shell-functions.ts';

/** What the scripts and pipelines of a repository do to a tree and its objects when they deploy it by hand. */
export interface DeploySteps {
  /** Whether one of them hands the tree to kubectl. */
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
  readonly edits: readonly TextEdit[];
  /** Secrets and ConfigMaps that a script makes (`kubectl create secret generic NAME`). */
  readonly madeObjects: readonly LinearPattern[];
  /** Whether a script waits for a Job and applies more afterwards. */
  readonly appliesAfterJob: boolean;
  /** Whether `envsubst` fills variables in manifests. */
  readonly fillsVariables: boolean;
}

/** A text that `sed` or `yq` writes anew. */
export interface TextEdit {
  /** What of a line is replaced; undefined for a whole image or tag. */
  readonly pattern: LinearPattern | undefined;
  /** The file's path or its end; undefined where it cannot be told. */
  readonly file: LinearPattern | undefined;
  /** The repository holds the file, so that it is none that a build wrote. */
  readonly isHeld: boolean;
}

/**
 * Reads the steps of several texts. What they only might do counts too: who asks wants to be sure that nobody does it.
 * @param holds whether the repository holds a file, by a path that counts from its top
 */
export function readDeploySteps(texts: readonly string[], holds: (path: string) => boolean = () => false): DeploySteps {
  const scripts = readScripts(texts);
  const commands = scripts.flat();
  const kubectl = commands.flatMap(kubectlArguments);
  const files = kubectl.flatMap(deletedFiles);
  return {
    appliesByKubectl: scripts.some(appliesTree) || texts.some((text) => skaffold.test(text) && skaffoldTree.test(text)),
    deletedJobs: [...kubectl.flatMap(deletedJobs), ...files.flatMap(jobOfOutput)].flatMap(
      (name) => matcher(name) ?? [],
    ),
    resumedJobs: kubectl.flatMap(resumedJobs).flatMap((name) => matcher(name) ?? []),
    deletedFiles: files.flatMap((name) => pathMatcher(name) ?? []),
    taggedImages: [...commands.flatMap(taggedImages), ...texts.flatMap(skaffoldImages)],
    imagedObjects: kubectl.flatMap(imagedObjects).flatMap((object) => matcher(object) ?? []),
    tiltImages: texts.flatMap((text) => [...text.matchAll(tiltBuild)].flatMap(([, , name = '']) => lastPart(name))),
    edits: [...commands.flatMap((words) => textEdits(words, holds)), ...texts.flatMap(writtenTags)],
    madeObjects: kubectl.flatMap(madeObjects).flatMap((name) => matcher(name) ?? []),
    // In the order in which it is written: what a function does would come again behind itself where it is called.
    appliesAfterJob: texts.some((text) => appliesAfterJob(readDeployScript(text, noCalls).commands)),
    fillsVariables: commands.some((words) => words.some((word) => baseName(word) === 'envsubst')),
  };
}

/** How many characters of what functions run are read, in all scripts together. */
const mostCalled = 2_000_000;

/** The commands of each text. The functions of one file are known in all, as those that source it call them. */
function readScripts(texts: readonly string[]): (readonly (readonly string[])[])[] {
  const scripts = texts.map((text) => ({ text, own: readShellFunctions(text) }));
  const shared = functionsThat(shareFunctions(scripts.map(({ own }) => own)), maySay);
  const budget = { left: mostCalled };
  return scripts.map(
    ({ text, own }) => readDeployScript(text, { find: functionsSeenBy(own, shared, maySay), budget }).commands,
  );
}

/** `docker_build('NAME', …)` of a Tiltfile, and its extensions of like names. */
const tiltBuild = /^[ \t]*(?:docker_build\w*|custom_build\w*)\(\s*(?:ref\s*=\s*)?(["'])([^"']+)\1/gm;

/** The file of Skaffold, and the ways in which that hands manifests to kubectl. */
const skaffold = /^apiVersion:[ \t]*skaffold\//m;
const skaffoldTree = /^[ \t]*(?:kubectl|kustomize|rawYaml):/m;

function skaffoldImages(text: string): LinearPattern[] {
  if (!skaffold.test(text)) return [];
  return [...text.matchAll(/^[ \t]*(?:-[ \t]*)?image:[ \t]*["']?([^\s"'#]+)/gm)].flatMap(([, name = '']) =>
    lastPart(name),
  );
}

/** The arguments of each kubectl that the words start, also of one that a variable names. */
function kubectlArguments(words: readonly string[]): (readonly string[])[] {
  return after(words, /^\W*(kubectl|oc)(\.exe)?$/) ?? [];
}

function isApply(args: readonly string[]): boolean {
  const applies = /^(apply|replace|create)$/.test(positional(args)[0] ?? '');
  return applies && !args.some((word) => word.startsWith('--dry-run'));
}

/** `kubectl set image` and `kubectl rollout restart`, which start new pods of what is there already. */
function isRollout(args: readonly string[]): boolean {
  return /^(set image|rollout restart)\b/.test(positional(args).join(' '));
}

/** `kubectl wait job/NAME`, or a look at it in a loop, with an apply or new pods behind it. */
function appliesAfterJob(commands: readonly (readonly string[])[]): boolean {
  const calls = commands.flatMap(kubectlArguments);
  const wait = calls.findIndex((args) => {
    const [verb, ...targets] = positional(args);
    return /^(wait|get)$/.test(verb ?? '') && targets.some((target) => /^jobs?(\.batch)?(\/|$)/.test(target));
  });
  return wait >= 0 && calls.slice(wait + 1).some((args) => isApply(args) || isRollout(args));
}

/** `kubectl create secret generic NAME`, `kubectl create configmap NAME`. */
function madeObjects(args: readonly string[]): string[] {
  const [verb, kind, ...rest] = positional(args);
  if (verb !== 'create') return [];
  if (kind === 'configmap' || kind === 'cm') return rest.slice(0, 1);
  return kind === 'secret' ? rest.slice(1, 2) : [];
}

/** The arguments of a program, in a list of them for flatMap's sake; undefined where the words do not start it. */
function after(words: readonly string[], program: RegExp): [readonly string[]] | undefined {
  const index = words.findIndex((word) => program.test(baseName(word)));
  return index < 0 ? undefined : [words.slice(index + 1)];
}

/** Flags of kubectl that are followed by a value of their own. */
const valued = new Set([
  ...connectionFlags,
  ...['-n', '--namespace', '-l', '--selector', '-f', '--filename', '-k', '--kustomize'],
  ...['--timeout', '--grace-period', '--field-manager'],
]);

function positional(words: readonly string[]): string[] {
  return words.filter((word, index) => !word.startsWith('-') && !valued.has(words[index - 1] ?? ''));
}

function flagValues(words: readonly string[], names: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const name = names.find((each) => word === each || word.startsWith(`${each}=`));
    return name === undefined ? [] : [word === name ? (words[index + 1] ?? '') : word.slice(name.length + 1)];
  });
}

function deletedJobs(args: readonly string[]): string[] {
  const names = jobsOf('delete', args);
  if (names === undefined) return [];
  return args.includes('--all') || flagValues(args, ['-l', '--selector']).length > 0 ? ['*'] : names;
}

/** `kubectl patch job NAME -p '{"spec":{"suspend":false}}'`, or with a JSON patch of that field. */
function resumedJobs(args: readonly string[]): string[] {
  const resumes = args.some((word) => word.includes('suspend') && /\bfalse\b/.test(word));
  return resumes ? (jobsOf('patch', args)?.slice(0, 1) ?? []) : [];
}

/** The Jobs that a command names, where it has this verb and is about Jobs. */
function jobsOf(wanted: string, args: readonly string[]): string[] | undefined {
  const [verb, type = '', ...names] = positional(args);
  const typed = /^jobs?(?:\.v1)?(?:\.batch)?(?:\/(.+))?$/;
  if (verb !== wanted || !type.split(',').some((each) => typed.test(each))) return undefined;
  return [type, ...names].flatMap((word) => typed.exec(word)?.[1] ?? (word === type ? [] : word));
}

/** `kubectl delete -f FILE`, and `kubectl replace --force -f FILE`, which deletes and creates. */
function deletedFiles(args: readonly string[]): string[] {
  const [verb] = positional(args);
  const deletes = verb === 'delete' || (verb === 'replace' && args.some((word) => /^--force(=true)?$/.test(word)));
  return deletes ? flagValues(args, ['-f', '--filename']).filter((path) => path !== '-') : [];
}

/** The Job in a file that `kustomize build --output FOLDER` wrote, by what it calls such files. */
function jobOfOutput(path: string): string[] {
  return /^batch_v1_job_(.+)\.yaml$/.exec(baseName(path))?.slice(1, 2) ?? [];
}

/** `kubectl set image deployment/NAME CONTAINER=IMAGE:TAG`; with `--local` it changes nothing in a cluster. */
function imagedObjects(args: readonly string[]): string[] {
  const [verb, what, ...rest] = positional(args);
  if (verb !== 'set' || what !== 'image' || args.includes('--local')) return [];
  const [type = '', name = ''] = rest;
  const images = rest.flatMap((word) => /^[^=]*=(.*)$/s.exec(word)?.slice(1) ?? []);
  const tags = images.flatMap((image) => parseImage(image).tag ?? []);
  if (tags.length > 0 && tags.every(isMovingTag)) return [];
  const [kind = '', plainName = ''] = type.includes('/') ? type.split('/') : [type, name];
  return [`${singular(kind)}/${plainName}`];
}

/** A kind that may be called for short, or as several. */
function singular(kind: string): string {
  return shortKinds[kind] ?? kind.replace(/^(deployment|statefulset|daemonset|cronjob)s$/, '$1');
}

/** `newTag: ${TAG}` in a text that a script writes into a kustomization, such as a here-document: any image may be meant. */
function writtenTags(text: string): TextEdit[] {
  return /^[ \t]*newTag:[ \t]*["']?\$/m.test(text) ? [{ pattern: undefined, file: undefined, isHeld: false }] : [];
}

/** `kubectl apply -k FOLDER`, `kubectl apply -f FILE`, or `kustomize build` beside `kubectl apply -f -`. */
function appliesTree(commands: readonly (readonly string[])[]): boolean {
  const applies = commands.flatMap(kubectlArguments).filter(isApply);
  const files = applies.flatMap((args) => flagValues(args, ['-f', '--filename']));
  const builds = commands.some((words) => /\bkustomize build\b|\bkubectl kustomize\b/.test(words.join(' ')));
  return (
    applies.some((args) => flagValues(args, ['-k', '--kustomize']).some(isNamed)) ||
    files.some((file) => (file === '-' ? builds : isNamed(file) && !/^https?:/.test(file)))
  );
}

/** A document may speak of `kubectl apply -k` as such. */
function isNamed(path: string): boolean {
  return path !== '';
}

/** `kustomize edit set image NAME=NEW:TAG NEW:TAG …`. */
function taggedImages(words: readonly string[]): LinearPattern[] {
  const start = words.findIndex((word, index) => word === 'set' && words[index + 1] === 'image');
  if (start < 1 || words[start - 1] !== 'edit') return [];
  const operands = words.slice(start + 2).filter((word) => !word.startsWith('-'));
  return operands.flatMap((operand) => operand.split('=').flatMap(lastPart));
}

/** Matches the last part of an image's name; everything where that cannot be told. */
function lastPart(image: string): LinearPattern[] {
  return [matcher(baseName(image.replace(/@.*$/, '')).replace(/:.*$/, '')) ?? /^/];
}

function textEdits(words: readonly string[], holds: (path: string) => boolean): TextEdit[] {
  const edit = (pattern: LinearPattern | undefined, path: string): TextEdit => {
    return { pattern, file: pathMatcher(path), isHeld: !/[\0*]/.test(path) && holds(path) };
  };
  const sed = after(words, /^g?sed$/)?.[0];
  if (sed !== undefined) {
    const expressions = sed.flatMap((word) => /^s(.)((?:\\.|(?!\1)[^\\])*)\1/.exec(word)?.[2] ?? []);
    const patterns = expressions.map((expression) => toPattern(expression, isExtended(sed)));
    return patterns.flatMap((pattern) => editedFiles(sed).map((path) => edit(pattern, path)));
  }
  const yq = after(words, /^yq$/)?.[0] ?? [];
  const sets = yq.some((word) => /newTag|image/i.test(word) && word.includes('='));
  return sets ? [edit(undefined, yq.at(-1) ?? '')] : [];
}

/** The files that sed reads; an empty text where it is not told, as behind a pipe. */
function editedFiles(sed: readonly string[]): string[] {
  const { from, to } = redirections(sed);
  const operands = sed.filter((word) => word !== '' && !/^(?:-|\d?[<>]|s\W)/.test(word) && !to.includes(word));
  const files = [...new Set([...from, ...operands])];
  return files.length > 0 ? files : [''];
}

/** A pattern of sed; as plain text where it is none. */
function toPattern(expression: string, extended: boolean): LinearPattern {
  const known = expression.split(unknown).join('.*');
  return linearPattern(translatePattern(known, extended)) ?? { test: (text) => text.includes(known) };
}

/** Matches a whole name; undefined where nothing of it is known, unless a star says that all are meant. */
function matcher(name: string): LinearPattern | undefined {
  if (name === '*') return /^/;
  const parts = name.split(unknown);
  return parts.every((part) => part === '') ? undefined : linearPattern(`^${parts.map(escapePattern).join('.*')}$`);
}

/** Matches the path of a file that a script names from wherever it runs. */
function pathMatcher(path: string): LinearPattern | undefined {
  const parts = path.replace(/^(\.\.?\/)+/, '').split(/[\0*]/);
  return parts.every((part) => part === '') ? undefined : linearPattern(`(^|/)${parts.map(escapePattern).join('.*')}$`);
}
