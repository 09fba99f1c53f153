import type { ActionStep, CiJob, Command, WriteBack } from '../delivery.ts';
import { programOf, spanOfWord } from './commands.ts';
import { readSubstitution } from './sed.ts';
import { readKeySetting } from './yq.ts';

/**
 * The commit of a job that writes a version and pushes it to this repository, where nothing keeps the push from starting the
 * pipeline again: neither the commit's message, nor the push, nor the rules of the pipeline.
 */
export function findWriteBack(job: CiJob): WriteBack[] {
  if (!job.runsOnPush || !job.ownToken || !job.commands.some(writesVersion)) return [];
  const git = (sub: string): Command[] => job.commands.filter(({ words }) => words[0] === 'git' && words.includes(sub));
  if (git('clone').length > 0 || job.actions.some(checksOutAnother)) return [];
  const acted = job.actions.filter(({ action }) => committingAction.test(action));
  const [commits, pushes] = [git('commit'), git('push')];
  const scripted = pushes.length > 0 || job.actions.some(({ action }) => action === 'ad-m/github-push-action');
  const said = [
    ...job.commands.flatMap(({ words }) => (words[0] === 'git' ? words : [])),
    ...acted.flatMap(messagesOf),
  ];
  if (said.some((text) => skipsPipeline(text, job.system) || text.includes('CI_JOB_TOKEN'))) return [];
  if (pushes.length > 0 && pushes.every(pushesElsewhere)) return [];
  if (commits.some(hidesMessage)) return [];
  const [commit] = commits;
  if (commit !== undefined && scripted) return [{ job, ...findMessage(commit) }];
  return acted.slice(0, 1).map((step) => {
    const message = step.inputs.get(messageInput(step));
    return { job, at: message?.at ?? step.at, message: message && 'quoted' };
  });
}

const committingAction = /^(stefanzweifel\/git-auto-commit-action|EndBug\/add-and-commit)$/;

/** A version is written into a file; commits of generated code and the like are meant to be built. */
function writesVersion(command: Command): boolean {
  const program = programOf(command);
  if (program === 'kustomize') return command.words[1] === 'edit';
  if (program === 'sed') return command.words.some((word) => /^-[a-zA-Z]*i|^--in-place/.test(word));
  return program === 'envsubst' || readSubstitution(command) !== undefined || readKeySetting(command) !== undefined;
}

/** GitLab reads `[skip ci]` and `[ci skip]`; GitHub three more, and a trailer. Only GitLab has a push option. */
function skipsPipeline(text: string, system: CiJob['system']): boolean {
  if (system === 'gitlab') return /\[(skip ci|ci skip)\]|ci\.skip/i.test(text);
  return /\[(skip ci|ci skip|no ci|skip actions|actions skip)\]|^skip-checks:\s*true/im.test(text);
}

/** The message of a commit that takes it from a file, another commit or a variable may have the mark in it. */
function hidesMessage({ words }: Command): boolean {
  return words.some((word, index) =>
    /^-[a-z]*m$|^--message$/.test(words[index - 1] ?? '')
      ? /^\$(\w+|\{\w+\})$/.test(word)
      : /^(-[a-z]*[FC]|--(file|reuse-message)(=.*)?|--no-edit)$/.test(word),
  );
}

function messagesOf(step: ActionStep): string[] {
  return [step.inputs.get(messageInput(step))?.value ?? ''];
}

function messageInput({ action }: ActionStep): string {
  return action.startsWith('EndBug/') ? 'message' : 'commit_message';
}

function checksOutAnother({ action, inputs }: ActionStep): boolean {
  return action === 'actions/checkout' && inputs.has('repository');
}

/** A push to a branch that is written out and is not the one which releases are made from, or to an address. */
function pushesElsewhere({ words }: Command): boolean {
  const plain = words.slice(words.indexOf('push') + 1).filter((word) => !word.startsWith('-'));
  const target = plain.at(-1)?.replace(/^.*:/, '');
  if (plain.some((word) => word === '--tags') || plain.length < 2 || target === undefined)
    return words.includes('--tags');
  return /^[\w./-]+$/.test(target) && !/^(refs\/heads\/)?(main|master|trunk|develop|HEAD)$/.test(target);
}

/** The message of a commit, where it is written as it is read, else the command. */
function findMessage(commit: Command): Pick<WriteBack, 'at' | 'message'> {
  const flag = commit.words.findIndex((word) => /^-[a-z]*m$|^--message$/.test(word));
  const start = spanOfWord(commit, 'git commit');
  const rest = { at: { ...start, end: commit.at.end } };
  const message = flag < 0 ? '' : (commit.words[flag + 1] ?? '');
  const at = spanOfWord(rest, message);
  if (message === '' || at === rest.at) return { at: spanOfWord(rest, 'git commit'), message: undefined };
  const { text } = at.file;
  const [before, behind] = [
    text.charAt(at.start - 1),
    text
      .slice(at.end, at.end + 2)
      .replace('\\', '')
      .charAt(0),
  ];
  return { at, message: before === behind && /["']/.test(before) ? 'quoted' : 'bare' };
}
