import type { Rule } from '../lint/rule.ts';
import { findMisdirectedWait } from '../model/databases/misdirected-wait.ts';
import { concernedWorkloads } from '../model/releases/dependents.ts';
import { describeContainer } from '../objects/describe-container.ts';
import { referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated, placeOfPart } from '../objects/place.ts';

/** An init container that waits for a database on a host that does not exist. */
export const databaseWait: Rule = {
  id: 'database-wait',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'An init container waits for a database on a host that the build does not have',
    symptom:
      "The pod of the migration Job stays in `Init:0/1`, and the log of the init container repeats `nc: bad address 'db'` or `db:5432 - no response`. The database runs, under another name.",
    why: 'A loop over `nc -z`, `pg_isready` and the like waits until a host answers, and a host that does not exist never does. Such loops are copied from other projects, or keep the name that the database has in a Compose file. The rule compares the host with the Services of the build, if the settings of the same pod name a database whose Service the build has.\n\nNot reported:\n\n- a host with a dot, or one that a variable holds\n- a host that begins with the name of a custom resource, for which an operator may make a Service\n- when part of the tree was not built',
    fix: 'Wait for the Service of the database:\n\n```yaml\ncommand: [sh, -c, "until nc -z postgres 5432; do sleep 2; done"]\n```',
    links: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const workload of concernedWorkloads(model)) {
      const wait = findMisdirectedWait(model, workload);
      if (wait === undefined) continue;
      const { container, host, field, service } = wait;
      const place = placeOfPart(field.place, host);
      const name = service.name.value ?? '';
      report({
        message: `${describeContainer(container, workload.object)} waits for a database on host \`${host}\`, which is no Service of this build; the database of its settings is Service \`${name}\`. The wait never ends.`,
        at: place.at,
        related: joinRelated(historyOf(place, 'command'), [
          { at: service.name.place.at, note: `Service \`${name}\` is here` },
        ]),
        object: referTo(workload.object),
        field: field.path,
        hint: `Wait for \`${name}\`.`,
      });
    }
  },
};
