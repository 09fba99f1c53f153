import { placeOfEdit } from '../delivery/edits/tag-edits.ts';
import { findEarlyReleases } from '../delivery/images/early-release.ts';
import type { ImageBuild } from '../delivery/images/image-builds.ts';
import type { CiJob } from '../delivery/pipelines/ci-job.ts';
import { nameBeside } from '../delivery/pipelines/job-order.ts';
import { describeExpanded } from '../delivery/pipelines/variables.ts';
import type { Rule } from '../lint/rule.ts';
import { joinWords } from '../text/join-words.ts';

/** A pipeline that releases a version before its images are built. */
export const ciOrder: Rule = {
  id: 'ci-order',
  severity: 'warning',
  category: 'delivery',
  docs: {
    summary: 'The pipeline releases a version before the images of that version are built',
    symptom:
      'The migration Job or the service stays in `ImagePullBackOff` until the image is pushed. If its build fails, the release is stuck, although the job that released it is green.',
    why: "Jobs of a GitHub workflow, and of a stage of Azure Pipelines, run at the same time unless `needs` or `dependsOn` orders them; so do the jobs of one GitLab stage, and a GitLab job with `needs` starts as soon as the jobs listed there are done, whatever else is in earlier stages. A job that writes the version and pushes the commit takes seconds, and a build takes minutes: Flux applies a version whose image is not there. The migration's image is forgotten most often, since it was added later.\n\nThe rule looks at jobs that write a version into the tree and then push the commit or run `kubectl apply`. It reports one that does not wait for the job that builds an image of the release with that same tag, and one that builds the image itself, but later.\n\nNot reported:\n\n- a job that somebody starts or approves (`workflow_dispatch`, `when: manual`, `environment`, a deployment job)\n- an image that another pipeline builds with the same tag\n- tags that only a running step knows\n- a commit for a pull request, or any other branch",
    fix: 'Let the job wait for all builds:\n\n```yaml\nrelease:\n  needs: [build-service, build-migration]\n```',
    links: [
      'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds',
      'https://docs.gitlab.com/ci/yaml/#needs',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    const { delivery } = model;
    if (delivery === undefined) return;
    for (const release of findEarlyReleases(model, delivery)) {
      const { job, builds, releasedAt } = release;
      const images = joinWords([...new Set(builds.map(({ repository }) => `\`${describeExpanded(repository)}\``))]);
      const others = builds.filter((build) => build.job !== job);
      const isOwn = others.length === 0;
      const when = isOwn ? `before it builds ${images}` : `without waiting for ${describeBuilders(others)} ${images}`;
      report({
        message: `Job \`${job.name}\` releases a version ${when} with that tag: ${effect(builds.length)}.`,
        at: isOwn ? releasedAt : (job.order()?.at ?? releasedAt),
        related: [
          { at: placeOfEdit(release.edit), note: 'the version is written here' },
          ...builds.map(({ at }) => ({ at, note: 'the image is built here' })),
        ],
        hint: isOwn ? 'Build and push the image first.' : hintToWait(job, others),
      });
    }
  },
};

function describeBuilders(builds: readonly ImageBuild[]): string {
  const names = joinWords(builds.map(({ job }) => `\`${job.name}\``));
  return builds.length === 1 ? `job ${names}, which builds` : `jobs ${names}, which build`;
}

function effect(images: number): string {
  return images === 1
    ? 'its pods stay in `ImagePullBackOff` until the image is there, for good if its build fails'
    : 'their pods stay in `ImagePullBackOff` until the images are there, for good if a build fails';
}

function hintToWait(job: CiJob, builds: readonly ImageBuild[]): string {
  const order = job.order();
  const names = builds.flatMap((build) => {
    const other = build.job.order();
    return (order && other && nameBeside(order, other)) ?? [];
  });
  const listed = joinWords([...new Set(names)].map((name) => `\`${name}\``));
  return order?.field === 'stage'
    ? `Put it into a later stage than ${listed}.`
    : `Add ${listed} to its \`${order?.field}\`.`;
}
