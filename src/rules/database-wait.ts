import type { Report, Rule } from '../lint/rule.ts';
import { findMisdirectedWait, type MisdirectedWait } from '../model/databases/misdirected-wait.ts';
import { findMissingClient, type MissingClient } from '../model/databases/missing-client.ts';
import { concernedWorkloads } from '../model/releases/dependents.ts';
import { describeContainer } from '../objects/describe-container.ts';
import { pointAtName, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated, placeOfPart } from '../objects/place.ts';
import type { Workload } from '../objects/workload.ts';

/** An init container whose wait for a database never succeeds: on a host that does not exist, or without its client. */
export const databaseWait: Rule = {
  id: 'database-wait',
  severity: 'error',
  category: 'service',
  docs: {
    summary:
      'An init container waits for a database on a host that the build does not have, or with a client that its image lacks',
    symptom:
      "The pod of the migration Job stays in `Init:0/1`, and the log of the init container repeats `nc: bad address 'db'`, `db:5432 - no response` or `mysqladmin: not found`. The database runs.",
    why: 'A loop over `nc -z`, `pg_isready` and the like waits until a host answers, and a host that does not exist never does. Such loops are copied from other projects, or keep the name that the database has in a Compose file. The rule compares the host with the Services of the build, if the settings of the same pod name a database whose Service the build has.\n\nA program that the image does not have fails like a database that does not answer, so such a loop never succeeds either. The rule looks at `busybox`, `alpine`, `debian` and `ubuntu` of Docker Hub, which have no client of a database.\n\nNot reported:\n\n- a host with a dot, or one that a variable holds\n- a host that begins with the name of a custom resource, for which an operator may make a Service\n- a host that is not found, when part of the tree was not built\n- a client that the script may install, or that a volume may hold',
    fix: 'Wait for the Service of the database:\n\n```yaml\ncommand: [sh, -c, "until nc -z postgres 5432; do sleep 2; done"]\n```',
    links: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const workload of concernedWorkloads(model)) {
      const wait = findMisdirectedWait(model, workload);
      if (wait !== undefined) reportHost(workload, wait, report);
      const missing = findMissingClient(workload);
      if (missing !== undefined) reportClient(workload, missing, report);
    }
  },
};

function reportHost({ object }: Workload, { container, host, field, service }: MisdirectedWait, report: Report): void {
  const place = placeOfPart(field.place, host);
  const name = service.name.value ?? '';
  report({
    message: `${describeContainer(container, object)} waits for a database on host \`${host}\`, which is no Service of this build; the database of its settings is Service \`${name}\`. The wait never ends.`,
    at: place.at,
    related: joinRelated(historyOf(place, 'command'), [pointAtName(service)]),
    object: referTo(object),
    field: field.path,
    hint: `Wait for \`${name}\`.`,
  });
}

function reportClient({ object }: Workload, missing: MissingClient, report: Report): void {
  const { container, program, field, image, hasNetcat } = missing;
  const place = placeOfPart(field.place, program);
  const own = container.image.value ?? '';
  const otherwise = hasNetcat ? `, or look at the port with \`nc -z\`, which \`${own}\` has` : '';
  report({
    message: `${describeContainer(container, object)} waits for a database with \`${program}\`, which image \`${own}\` does not have: the wait never succeeds.`,
    at: place.at,
    related: joinRelated(historyOf(place, 'command'), [
      { at: container.image.place.at, note: 'the image is set here' },
    ]),
    object: referTo(object),
    field: field.path,
    hint: `Let the container run an image that has it, such as \`${image}\`${otherwise}.`,
  });
}
