import type { Rule } from '../lint/rule.ts';
import { findUnmountedFile } from '../model/databases/differences/unmounted-file.ts';
import { dependentsOf } from '../model/releases/dependents.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';

/** A migration whose database settings name a file that only the service mounts. */
export const fileNotMounted: Rule = {
  id: 'file-not-mounted',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'A database setting of the migration names a file that only the service mounts',
    symptom:
      'The migration fails at once with `root certificate file "/etc/db-ca/ca.pem" does not exist` or `ENOENT`, while the service connects with the same settings.',
    why: 'A certificate or key for the database is often mounted from a ConfigMap or Secret, and the URL or a variable such as `PGSSLROOTCERT` names its path. The Job gets the same settings, but a volume has to be mounted in each pod. The rule compares the paths in the database settings of the Job with what the containers of the service mount from ConfigMaps, Secrets and the like, and the Job does not.\n\nNot reported:\n\n- settings that have nothing to do with the database\n- files that neither mounts',
    fix: 'Give the Job the same volume and mount:\n\n```yaml\nspec:\n  template:\n    spec:\n      containers:\n        - name: migrate\n          volumeMounts:\n            - {name: db-ca, mountPath: /etc/db-ca, readOnly: true}\n      volumes:\n        - name: db-ca\n          configMap: {name: db-ca}\n```',
    links: ['https://kubernetes.io/docs/concepts/storage/volumes/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      for (const service of dependentsOf(model.releases, migration)) {
        const found = findUnmountedFile(model, migration, service);
        if (found === undefined) continue;
        const { container, variable, mount } = found;
        const { object } = migration.job;
        const other = describeObject(service.workload.object);
        report({
          message: `\`${variable.name}\` of container \`${container.name.value ?? ''}\` of ${describeObject(object)} names a file under \`${mount.value}\`, which ${other} mounts and the Job does not: the migration does not find it and fails.`,
          at: variable.place.at,
          related: [{ at: mount.place.at, note: `${other} mounts it here` }],
          object: referTo(object),
          field: `${container.path}.volumeMounts`,
          hint: `Mount the same volume at \`${mount.value}\` in the Job.`,
          reasons: migration.reasons,
        });
        break;
      }
    }
  },
};
