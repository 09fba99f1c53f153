import type { Rule } from '../lint/rule.ts';
import { findLastingSidecar } from '../model/jobs/job-sidecar.ts';
import { migratingContainer } from '../model/migrations/migration.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';

/** A migration Job that a sidecar keeps from completing. */
export const jobSidecar: Rule = {
  id: 'job-sidecar',
  severity: 'error',
  category: 'job',
  docs: {
    summary: 'A sidecar keeps the migration Job from completing',
    symptom:
      'The migration pod stays at `1/2 NotReady`, its log says that all migrations are applied, and the Job stays `Running`. The new pods stay in `Init:0/1` forever.',
    why: "A Job's pod succeeds once all of its ordinary containers have exited. A proxy or an agent among them does not exit, and neither does one that a mesh injects. The rule knows the images of common proxies, agents and servers, and the labels and annotations that ask for an injection, on the pod template or on a Namespace of the tree. An injected sidecar is a warning, since a mesh may be set up to inject native sidecars.\n\nNot reported:\n\n- native sidecars (init containers with `restartPolicy: Always`)\n- commands that stop the other container when they are done (`/quitquitquit`, or `pkill` with `shareProcessNamespace: true`)",
    fix: 'Make it a native sidecar, or turn the injection off for this pod:\n\n```yaml\ninitContainers:\n  - name: cloud-sql-proxy\n    image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.0\n    restartPolicy: Always\n```',
    links: ['https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers'],
    since: '0.1.0',
  },
  check(model, report) {
    const namespaces = model.listed.filter(({ kind }) => kind === 'Namespace');
    for (const migration of model.migrations) {
      const { object } = migration.job;
      const migrating = migratingContainer(migration);
      const sidecar = migrating && findLastingSidecar(migration.job, migrating, namespaces);
      if (sidecar === undefined) continue;
      const injected = sidecar.kind === 'injected';
      const field = injected ? sidecar.setting : sidecar.container.name;
      const misplaced = injected ? sidecar.misplaced : undefined;
      report({
        message: injected
          ? `${describeObject(object)} gets a sidecar injected by ${sidecar.mesh}: unless it is native, it keeps running after the migration and the Job never completes.`
          : `Container \`${field.value ?? ''}\` of ${describeObject(object)} keeps running after the migration${sidecar.isSignalled ? ', whose signal does not reach it without `shareProcessNamespace: true` on the pod' : ''}: the Job never completes.`,
        at: field.place.at,
        related: [
          ...historyOf(field.place, injected ? 'setting' : 'name'),
          ...(misplaced ? [{ at: misplaced.place.at, note: 'no effect here, only on the pod template' }] : []),
        ],
        object: referTo(object),
        field: field.path,
        hint: injected
          ? misplaced
            ? "Move the setting from the Job to its pod template's `metadata`."
            : "Turn the injection off in the Job's pod template, or have it inject a native sidecar."
          : 'Make it an init container with `restartPolicy: Always`.',
        reasons: migration.reasons,
        severity: injected ? 'warning' : undefined,
      });
    }
  },
};
