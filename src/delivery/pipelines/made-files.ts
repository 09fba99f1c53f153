import { redirections, type Words } from '../../shell/words.ts';
import type { Command } from './ci-job.ts';
import { programOf } from './commands.ts';

/** Programs that do not change files of the repository, except those that their arguments name. */
const knownPrograms =
  /^(flux|git|sed|yq|perl|kubectl|kustomize|envsubst|echo|printf|export|set|cd|ls|cat|pwd|test|\[|true|sleep|head|grep|which|docker|podman|buildah|nerdctl|executor|crane|skopeo|cosign|oras|curl|apk|apt|apt-get|chmod|npm)$/;

/** Commands of clouds that get credentials for a cluster or registry. */
const onlyLogsIn =
  /^(aws (eks|ecr|sts|configure)|gcloud (auth|config|container clusters get-credentials)|az (login|account|acr|aks get-credentials)|doctl (auth|registry|kubernetes cluster kubeconfig)) /;

/** Whether commands may create files in the job's folder that are not in the repository. */
export function getsOtherFiles(commands: readonly Command[]): boolean {
  return commands.some((command) => {
    const { words } = command;
    const program = programOf(command);
    // A value may hold a path: `IMAGE=$REGISTRY/shop`.
    if (words.every((word) => /^\w+=/.test(word))) return false;
    if (program === 'git') return words[1] === 'clone' || words[1] === 'worktree' || switchesBranch(words);
    if (program === 'curl') return words.some((word) => /^-[a-zA-Z]*[oO]$|^--output|^--remote-name/.test(word));
    if (program === 'npm') return words[1] === 'run';
    if (program === 'docker') return words[1] === 'cp' || words[1] === 'run';
    if (onlyLogsIn.test(words.join(' '))) return false;
    return !knownPrograms.test(program);
  });
}

/** Whether a command switches to another branch than the pipeline's, which may hold other files. */
function switchesBranch([, sub = '', ...words]: Words): boolean {
  if (!/^(checkout|switch)$/.test(sub) || words.some((word) => /^-[bBcC]$|^--$/.test(word))) return false;
  return !words.some((word) =>
    /^(main|master)$|CI_COMMIT_|CI_DEFAULT_BRANCH|GITHUB_(REF|HEAD)|github\.(ref|head)|Build[._]SourceBranch/i.test(
      word,
    ),
  );
}

/** Whether one of the commands writes to a path, with `>` or `tee`. */
export function isWritten(path: string, commands: readonly Command[]): boolean {
  return commands.some((command) => {
    const tee = programOf(command) === 'tee' && command.words.includes(path);
    return tee || redirections(command.words).to.includes(path);
  });
}
