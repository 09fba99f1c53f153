// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.
import { spanOfWord } from '../delivery/ci-jobs.ts';
import type { CiJob, CiScript } from '../delivery/delivery.ts';
import type { Rule } from '../lint/rule.ts';
import type { Span } from '../source/span.ts';

/** A pipeline that starts itself. */
export const ciSkip: Rule = {
  id: 'ci-skip',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: 'The commit that writes the version back starts the pipeline again',
    symptom:
      'Pipelines without end: each builds new images, commits their tag and starts the next. The cluster gets a release, and with it a migration, every few minutes.',
    why: "A push starts a pipeline, also one from a pipeline. GitLab leaves those alone whose commit message has `[skip ci]` or `[ci skip]` in it, or that are pushed with `-o ci.skip`. GitHub starts no workflow for what is pushed with the workflow's own `GITHUB_TOKEN`, so there the rule looks only at jobs that check out with another token or key. Pipelines with `rules:` on the commit message or its author are taken to know what they do.",
    fix: '```yaml\n- \'git commit -m "ci: update service image tag to ${IMAGE_TAG} [skip ci]"\'\n```',
    links: ['https://docs.gitlab.com/ci/pipelines/#skip-a-pipeline'],
    since: '0.1.0',
  },
  check({ delivery, migrations }, report) {
    if (delivery === undefined || migrations.length === 0) return;
    for (const job of delivery.jobs) {
      const at = findCommit(job);
      if (at === undefined || isGuarded(job)) continue;
      report({
        message: `Job \`${job.name}\` commits and pushes to this repository, and nothing in the commit's message keeps the push from starting the pipeline again: it builds, commits and pushes without end.`,
        at,
        related: [],
        hint: 'Add `[skip ci]` to the message of the commit.',
      });
    }
  },
};

/** The message of a commit that is pushed to the repository itself, where it does not say that CI is to be skipped. */
function findCommit(job: CiJob): Span | undefined {
  const commands = job.scripts.flatMap((script) => script.commands.map((words) => ({ script, words })));
  const git = (sub: string) => commands.filter(({ words }) => words[0] === 'git' && words.includes(sub));
  const commits = git('commit');
  const pushes = git('push');
  const [commit] = commits;
  const writes = commands.some(({ words }) => writesBack(words));
  if (commit === undefined || !writes || pushes.length === 0 || git('clone').length > 0) return undefined;
  const told = [...commits, ...pushes].some(({ words }) =>
    words.some((word) => /\[(skip ci|ci skip|no ci|skip actions|actions skip)\]|ci\.skip/i.test(word)),
  );
  return told ? undefined : commitSpan(commit);
}

/** A version is written into a file; commits of generated code and the like are meant to be built. */
function writesBack([program = '', ...words]: readonly string[]): boolean {
  if (program === 'kustomize') return words[0] === 'edit';
  return (program === 'sed' || program === 'yq') && words.some((word) => /^(-[a-zA-Z]*i|--in-?place)/.test(word));
}

function commitSpan({ script, words }: { script: CiScript; words: readonly string[] }): Span {
  const flag = words.findIndex((word) => /^-[a-z]*m$|^--message$/.test(word));
  const command = spanOfWord(script, 'git commit');
  return spanOfWord({ at: { ...command, end: script.at.end } }, words[flag + 1] ?? '', 'git commit');
}

function isGuarded(job: CiJob): boolean {
  const { text } = job.file;
  if (job.system === 'gitlab') return /CI_COMMIT_(MESSAGE|TITLE|AUTHOR)|GITLAB_USER_|changes:/.test(text);
  return !job.ownToken || /paths-ignore|head_commit\.message|github\.actor|paths:/.test(text);
}
