import type { Rule } from '../lint/rule.ts';
import { findAwaitedTtl, shortestTtl } from '../model/jobs/job-ttl.ts';
import { findBuildForKubectl } from '../model/scripts/scripted-apply.ts';
import { describeObject } from '../objects/kubernetes-object.ts';

/** Pods that wait for a Job that has been deleted for good. */
export const waitJobTtl: Rule = {
  id: 'wait-job-ttl',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: 'Pods that restart later wait for a Job that its TTL has deleted',
    symptom:
      'Days after the release a node is drained or the service is scaled up, and the new pods stay in `Init:CrashLoopBackOff` with `jobs.batch "…" not found`.',
    why: 'The init container runs again in every new pod, as long as the version is deployed. With `ttlSecondsAfterFinished` the Job is gone by then. Flux recreates it at its next reconcile, and so does Argo CD with self-heal; kubectl does not. The rule only looks at trees that kubectl applies, as the settings say. If they do not say it, but a pipeline or script of the repository hands the build to kubectl and nothing shows another applier, the finding is a warning.',
    fix: 'Remove `ttlSecondsAfterFinished`, and delete the Jobs of versions that are no longer deployed. Or let the waiter check the schema itself, for example with `python manage.py migrate --check`.',
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/'],
    since: '0.1.0',
  },
  check(model, report) {
    const { applier } = model;
    if (applier.kind !== 'kubectl' && applier.kind !== 'unknown') return;
    for (const { job, reasons } of model.migrations) {
      const awaited = findAwaitedTtl(model, job);
      // `job-ttl` reports a very short one.
      if (awaited === undefined || awaited.seconds < shortestTtl) continue;
      const isKnown = applier.kind === 'kubectl';
      const why = isKnown ? applier.why : findBuildForKubectl(model, 'script')?.why;
      if (why === undefined) continue;
      const { seconds, workload, found } = awaited;
      report({
        ...found,
        severity: isKnown ? undefined : 'warning',
        message: `${describeObject(job.object)} is deleted ${seconds} seconds after it has finished and nothing creates it again, but every new pod of ${describeObject(workload.object)} waits for it: pods that restart later never get past \`Init\`.`,
        hint: 'Remove `ttlSecondsAfterFinished`.',
        reasons: [...reasons, `applied by kubectl: ${why}`],
      });
    }
  },
};
