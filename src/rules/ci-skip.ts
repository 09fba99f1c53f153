// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.
import type { WriteBack } from '../delivery/edits/write-backs.ts';
import type { Fix } from '../findings/fix.ts';
import type { Rule } from '../lint/rule.ts';
import { spanText } from '../objects/place.ts';

/** A pipeline that starts itself. */
export const ciSkip: Rule = {
  id: 'ci-skip',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: 'The commit that writes the version back starts the pipeline again',
    symptom:
      'Pipelines without end: each builds new images, commits their tag and starts the next. The cluster gets a release, and with it a migration, every few minutes.',
    why: "A push starts a pipeline, even a push from a pipeline. GitLab skips commits whose message contains `[skip ci]` or `[ci skip]`, pushes with `-o ci.skip`, and pushes with `CI_JOB_TOKEN`. GitHub starts no workflow for a push with the workflow's own `GITHUB_TOKEN`, so there the rule only looks at jobs that push with another token or key. Azure Pipelines knows `[skip ci]`, `***NO_CI***` and others; there the rule looks at jobs that check out with `persistCredentials: true` or push with a token, in pipelines with a `trigger` for branches.\n\nNot reported:\n\n- a job that no push to a branch runs\n- a job whose rules check changed files, the commit's message or its author\n- a deployment job of Azure, whose environment may ask somebody first",
    fix: '```yaml\n- \'git commit -m "ci: update service image tag to ${IMAGE_TAG} [skip ci]"\'\n```',
    fixing: {
      safe: 'depends',
      how: 'Appends `[skip ci]` to the message. Safe for GitLab, where the job runs in the one pipeline that the push would start. Not safe for GitHub and Azure, where it keeps all workflows or pipelines from starting, including those that should run.',
    },
    links: [
      'https://docs.gitlab.com/ci/pipelines/#skip-a-pipeline',
      'https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs',
      'https://learn.microsoft.com/en-us/azure/devops/pipelines/repos/azure-repos-git#skipping-ci-for-individual-pushes',
    ],
    since: '0.1.0',
  },
  check({ delivery }, report) {
    if (delivery === undefined) return;
    for (const writeBack of delivery.writeBacks) {
      const { job, at } = writeBack;
      const fix = markMessage(writeBack);
      report({
        message: `Job \`${job.name}\` commits and pushes to this repository, and nothing in the commit's message keeps the push from starting the pipeline again: it builds, commits and pushes without end.`,
        at,
        related: [],
        hint: 'Add `[skip ci]` to the commit message.',
        fix,
      });
    }
  },
};

/** A message that is one bare word gets quotes, since Git would take the rest for files. */
function markMessage({ job, at, message }: WriteBack): Fix | undefined {
  if (message === undefined) return undefined;
  const marked = `${spanText(at)} [skip ci]`;
  return {
    title: 'Add `[skip ci]` to the message',
    safe: job.system === 'gitlab',
    changes: [{ kind: 'replace', at, from: spanText(at), to: message === 'bare' ? `"${marked}"` : marked }],
  };
}
