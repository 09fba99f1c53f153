import type { Rule } from '../lint/rule.ts';
import { findReadOnlyHosts } from '../model/databases/read-only-host.ts';
import { settingPlace } from '../model/environment/environment.ts';
import { describeObject, pointAtName, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated, narrowPlace } from '../objects/place.ts';

/** A migration that connects to standbys, which take no writes. */
export const databaseReadOnly: Rule = {
  id: 'database-read-only',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'The migration connects to the read-only standbys of its database',
    symptom:
      'The migration fails with `cannot execute CREATE TABLE in a read-only transaction`. With a single instance there is no standby at all, and the connection is refused or times out.',
    why: "An operator makes one Service for the primary and another for the standbys: `NAME-rw` and `NAME-ro` with CloudNativePG, `NAME` and `NAME-repl` with Zalando's. Amazon Aurora has a reader endpoint, whose host has `cluster-ro-` in it. A service that only reads may use the standbys, and its settings are copied to the migration. The rule follows the database settings of the migration's container. Values of Secrets are compared and never printed.\n\nNot reported:\n\n- a database that is not in the build, except at an endpoint of Aurora\n- a Service of the build's own with such a name",
    fix: '```yaml\nenv:\n  - name: DATABASE_HOST\n    value: orders-db-rw\n```',
    links: [
      'https://cloudnative-pg.io/documentation/current/service_management/',
      'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Endpoints.Reader.html',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    for (const { migration, variable, host, database, primary } of findReadOnlyHosts(model)) {
      const { object } = migration.job;
      const place = settingPlace(variable);
      const { at } = variable.secret ? place : narrowPlace(place, host);
      const where =
        database === undefined
          ? 'the reader endpoint of an Aurora cluster, which takes no writes'
          : `${variable.secret ? 'the' : `\`${host}\`, the`} Service for the standbys of ${describeObject(database)}, which take no writes`;
      report({
        message: `\`${variable.name}\` of ${describeObject(object)} leads to ${where}: the migration fails.`,
        at,
        related: joinRelated(historyOf(place, 'setting', at), database ? [pointAtName(database)] : []),
        object: referTo(object),
        field: variable.path,
        hint:
          primary === undefined
            ? 'Use the endpoint of the cluster, which leads to its writer.'
            : `Use \`${primary}\`, which leads to the primary.`,
        reasons: migration.reasons,
      });
    }
  },
};
