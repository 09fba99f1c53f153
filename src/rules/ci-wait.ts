import { findPipelineWaits } from '../delivery/pipelines/pipeline-waits.ts';
import type { Rule } from '../lint/rule.ts';
import { pointAtName } from '../objects/kubernetes-object.ts';

/** A pipeline that waits for the migration under a name that the build does not give it. */
export const ciWait: Rule = {
  id: 'ci-wait',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: 'The pipeline waits for the migration Job under another name than the build gives it',
    symptom:
      'The deployment ends with `Error from server (NotFound): jobs.batch "myapp-migration" not found`, although the migration runs. Or the wait finds the Job of an old release, which is done, and the pipeline goes on.',
    why: 'A Job whose name gets the version, or a prefix from an overlay, has another name after the build, and the `kubectl wait` of the pipeline stays as it was. The rule looks at jobs that apply the kustomization with `kubectl apply -k` and wait for a Job by a name without variables. It reports one that no Job of the build has, if it is a part of the name of a migration.\n\nNot reported:\n\n- a name with a variable\n- a wait in a job of the pipeline that does not apply the kustomization itself',
    fix: '```sh\nkubectl wait --for=condition=complete --timeout=10m "job/myapp-migration-$IMAGE_TAG"\n```',
    links: ['https://kubernetes.io/docs/reference/kubectl/generated/kubectl_wait/'],
    since: '0.1.0',
  },
  check({ delivery, root, jobs, migrations, complete }, report) {
    if (delivery === undefined || !complete) return;
    for (const { job, command, name } of findPipelineWaits(delivery.jobs, root.path)) {
      if (jobs.some(({ object }) => object.name.value === name)) continue;
      const meant = migrations.find(({ job: { object } }) => `-${object.name.value ?? ''}-`.includes(`-${name}-`));
      if (meant === undefined) continue;
      const { object } = meant.job;
      report({
        message: `Job \`${job.name}\` of the pipeline waits for Job \`${name}\`, and the build calls it \`${object.name.value ?? ''}\`: \`kubectl wait\` does not find it, or finds that of an old release.`,
        at: command.at,
        related: [pointAtName(object)],
        hint: 'Wait for the name that the build gives it, with the same version.',
        reasons: meant.reasons,
      });
    }
  },
};
