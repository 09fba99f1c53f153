import { positionalWords } from '../../shell/kubectl.ts';
import { editsInPlace } from '../../shell/words.ts';
import type { Span } from '../../source/span.ts';
import type { ActionInput, ActionStep, CiJob, Command } from '../pipelines/ci-job.ts';
import { programOf, spanOfWord } from '../pipelines/commands.ts';
import { isApply } from '../scripts/kubectl-calls.ts';
import { readSubstitution } from './sed.ts';
import { readKeySetting } from './yq.ts';

/** A commit with a version that a job has written, and pushes to this repository. */
export interface WriteBack {
  readonly job: CiJob;
  /** The message of the commit, or the command if the file does not hold the message literally. */
  readonly at: Span;
  /** `bare`: a single word without quotes in a script, as `-m release`. Undefined if `at` is not the message. */
  readonly message: 'quoted' | 'bare' | undefined;
}

/**
 * The commit of a job that writes a version and pushes it to this repository, if nothing keeps the push from starting
 * the pipeline again: not the commit's message, the push itself or the rules of the pipeline.
 */
export function findWriteBack(job: CiJob): WriteBack[] {
  if (!job.runsOnPush || !job.ownToken || !job.commands.some(writesVersion)) return [];
  const git = job.commands.filter(({ words }) => words[0] === 'git');
  const those = (sub: string): Command[] => git.filter(({ words }) => words.includes(sub));
  if (those('clone').length > 0 || job.actions.some(checksOutAnother)) return [];
  const steps = job.actions.filter(({ action }) => committingAction.test(action));
  const [commits, pushes] = [those('commit'), those('push')];
  const pushesCommits = pushes.length > 0 || job.actions.some(({ action }) => action === 'ad-m/github-push-action');
  const texts = [...git.flatMap(({ words }) => words), ...steps.map((step) => messageOf(step)?.value ?? '')];
  if (texts.some((text) => skipsPipeline(text, job.system) || text.includes('CI_JOB_TOKEN'))) return [];
  if (pushes.length > 0 && pushes.every(pushesElsewhere)) return [];
  if (commits.some(hidesMessage)) return [];
  const [commit] = commits;
  if (commit !== undefined && pushesCommits) return [{ job, ...findMessage(commit) }];
  return steps.slice(0, 1).map((step) => {
    const message = messageOf(step);
    return { job, at: message?.at ?? step.at, message: message && 'quoted' };
  });
}

const committingAction = /^(stefanzweifel\/git-auto-commit-action|EndBug\/add-and-commit)$/;

/** The first command or step by which a job hands over what it has written: a push to this repository, or an apply. */
export function findRelease({ commands, actions }: CiJob): Span | undefined {
  const push = commands.find((command) => command.words[0] === 'git' && isPush(command) && !pushesElsewhere(command));
  if (push !== undefined) return spanOfWord(push, 'git push');
  const step = actions.find(({ action }) => committingAction.test(action));
  const apply = commands.find(
    ({ words: [program, ...args] }) => program === 'kubectl' && positionalWords(args)[0] === 'apply' && isApply(args),
  );
  return step?.at ?? (apply && spanOfWord(apply, 'kubectl apply'));
}

function isPush({ words }: Command): boolean {
  return words.includes('push') && !words.includes('--dry-run');
}

/** Whether a command writes a version into a file. Commits of generated code and the like should be built. */
function writesVersion(command: Command): boolean {
  const program = programOf(command);
  if (program === 'kustomize') return command.words[1] === 'edit';
  if (program === 'sed') return editsInPlace(command.words);
  return program === 'envsubst' || readSubstitution(command) !== undefined || readKeySetting(command) !== undefined;
}

/**
 * Whether a text keeps a push from starting a pipeline. GitLab has two marks and a push option, GitHub five marks and a
 * trailer, Azure some with its own name.
 */
function skipsPipeline(text: string, system: CiJob['system']): boolean {
  if (system === 'gitlab') return /\[(skip ci|ci skip)\]|ci\.skip/i.test(text);
  if (system === 'azure') {
    return /\[(skip (ci|azurepipelines|azpipelines|azp)|(ci|azurepipelines|azpipelines|azp) skip)\]|\*\*\*NO_CI\*\*\*|^skip-checks:\s*true/im.test(
      text,
    );
  }
  return /\[(skip ci|ci skip|no ci|skip actions|actions skip)\]|^skip-checks:\s*true/im.test(text);
}

/** Whether a commit takes its message from a file, another commit or a variable, which may hold the mark. */
function hidesMessage({ words }: Command): boolean {
  return words.some((word, index) =>
    /^-[a-z]*m$|^--message$/.test(words[index - 1] ?? '')
      ? /^\$(\w+|\{\w+\})$/.test(word)
      : /^(-[a-z]*[FC]|--(file|reuse-message)(=.*)?|--no-edit)$/.test(word),
  );
}

function messageOf({ action, inputs }: ActionStep): ActionInput | undefined {
  return inputs.get(action.startsWith('EndBug/') ? 'message' : 'commit_message');
}

function checksOutAnother({ action, inputs }: ActionStep): boolean {
  return action === 'actions/checkout' && inputs.has('repository');
}

/** Whether a command pushes only tags, or to a named branch that is not the one for releases. */
function pushesElsewhere({ words }: Command): boolean {
  const plain = words.slice(words.indexOf('push') + 1).filter((word) => !word.startsWith('-'));
  const target = plain.at(-1)?.replace(/^.*:/, '');
  if (plain.length < 2 || target === undefined) return words.includes('--tags');
  return /^[\w./-]+$/.test(target) && !/^(refs\/heads\/)?(main|master|trunk|develop|HEAD)$/.test(target);
}

/** The message of a commit, if the file holds it literally; otherwise the command. */
function findMessage(commit: Command): Pick<WriteBack, 'at' | 'message'> {
  const flag = commit.words.findIndex((word) => /^-[a-z]*m$|^--message$/.test(word));
  const start = spanOfWord(commit, 'git commit');
  const rest = { at: { ...start, end: commit.at.end } };
  const message = flag < 0 ? '' : (commit.words[flag + 1] ?? '');
  const at = spanOfWord(rest, message);
  if (message === '' || at === rest.at) return { at: spanOfWord(rest, 'git commit'), message: undefined };
  const { text } = at.file;
  const before = text.charAt(at.start - 1);
  const after = text.slice(at.end, at.end + 2).replace('\\', '')[0];
  return { at, message: before === after && /["']/.test(before) ? 'quoted' : 'bare' };
}
