import { posix } from 'node:path';
import { givenFolders, positionalWords } from '../../shell/kubectl.ts';
import type { CiJob, Command } from './ci-job.ts';

/** A `kubectl wait` for a Job, in a job of a pipeline that has applied a kustomization. */
export interface PipelineWait {
  readonly job: CiJob;
  readonly command: Command;
  /** The name of the Job, as written. */
  readonly name: string;
}

/** Finds the waits for Jobs, by names without variables, in the jobs that apply a folder with `kubectl apply -k`. */
export function findPipelineWaits(jobs: readonly CiJob[], folder: string): PipelineWait[] {
  return jobs
    .filter(({ commands }) => commands.some((command) => applies(command, folder)))
    .flatMap((job) =>
      job.commands.flatMap((command) => {
        const name = waitedJob(command);
        return name === undefined ? [] : [{ job, command, name }];
      }),
    );
}

function applies({ words, folder: from }: Command, folder: string): boolean {
  const [program, ...rest] = words;
  const [target] = givenFolders(rest);
  const isApply = program === 'kubectl' && positionalWords(rest)[0] === 'apply';
  return isApply && from !== undefined && target !== undefined && posix.join(from, target) === posix.join(folder);
}

/** `NAME` of `kubectl wait job/NAME`; one for a deletion is no wait for the migration. */
function waitedJob({ words: [program, ...rest] }: Command): string | undefined {
  const [verb, ...operands] = positionalWords(rest);
  if (program !== 'kubectl' || verb !== 'wait' || !rest.some((word) => /condition=/.test(word))) return undefined;
  const named = operands.flatMap((word) => /^jobs?(?:\.batch)?\/([a-z0-9.-]+)$/.exec(word)?.[1] ?? []);
  return named.length === 1 && operands.length === 1 ? named[0] : undefined;
}
