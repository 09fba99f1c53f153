import type { Report, ReportedFinding, Rule } from '../lint/rule.ts';
import type { AddressDifference } from '../model/databases/differences/address-difference.ts';
import type { DatabaseDifference } from '../model/databases/differences/database-difference.ts';
import type { ImportDifference } from '../model/databases/differences/import-difference.ts';
import { findModeDifference } from '../model/databases/differences/mode-difference.ts';
import { findSettingsDifference, type SettingsDifference } from '../model/databases/differences/settings-difference.ts';
import type { SourceDifference } from '../model/databases/differences/source-difference.ts';
import { describeSource, type Variable } from '../model/environment/environment.ts';
import type { Migration } from '../model/migrations/migration.ts';
import { dependentsOf, neededMigrations } from '../model/releases/dependents.ts';
import type { RootModel } from '../model/root-model.ts';
import { findConfigObject } from '../objects/config-object.ts';
import { describeContainer } from '../objects/describe-container.ts';
import type { EnvironmentImport } from '../objects/env-entry.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import type { Workload } from '../objects/workload.ts';
import type { Related } from '../source/related.ts';
import { joinWords } from '../text/join-words.ts';

/** A migration that runs on another database than its service. */
export const envSourceMatch: Rule = {
  id: 'env-source-match',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'The migration Job and the service get their database settings from different sources',
    symptom:
      'The Job succeeds, the service starts, and its queries fail on missing tables or columns: the migration ran on another database. Or the Job fails at once because it has no `DATABASE_URL`, or connects to `localhost`.',
    why: 'The Job and the service each list their environment, and the lists drift apart when one of them is changed. The rule works out where each database variable comes from, as Kubernetes does (`env` over `envFrom`, a later `envFrom` over an earlier one, `prefix`, `optional`), and compares where it leads: by host and database name if both values are in the tree, otherwise by the ConfigMap or Secret and its key. Values of Secrets are compared and never printed.\n\nThese are warnings:\n\n- the service has a variable by which the program chooses its settings (`DJANGO_SETTINGS_MODULE`, `RAILS_ENV`, and `NODE_ENV` for Knex and Sequelize), and the Job, with an image of the same source, does not\n- the service takes its password from the Secret that an operator makes for its database, and the Job only imports another Secret, which both share\n- the service imports a Secret outside the tree, and the Job takes its settings from another one\n\nNot reported:\n\n- a database user of its own\n- a direct URL to the same host and database',
    fix: 'Give both the same sources:\n\n```yaml\nenvFrom:\n  - configMapRef: {name: myapp-config}\n  - secretRef: {name: myapp-secrets}\n```',
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const release of model.releases) {
      for (const migration of neededMigrations(release)) {
        checkMigration(model, migration, report);
        checkMode(model, migration, report);
      }
    }
  },
};

/** Reports a variable by which the service's program chooses its settings, and which the migration lacks. */
function checkMode(model: RootModel, migration: Migration, report: Report): void {
  const differences = dependentsOf(model.releases, migration).map((service) =>
    findModeDifference(model, migration, service),
  );
  const difference = differences.find((each) => each !== undefined);
  if (difference === undefined) return;
  const { tool, fallback, container, variable, service } = difference;
  const other = describeObject(service.workload.object);
  report({
    message: `${describeContainer(container, migration.job.object)} does not get \`${variable.name}\`, which ${other} sets to \`${variable.value}\`: unless the image sets it, ${tool} takes ${fallback}, and the migration fails, or works on another database.`,
    at: container.environmentPlace.at,
    related: [{ at: variable.place.at, note: `${other} sets it here` }],
    object: referTo(migration.job.object),
    field: `${container.path}.env`,
    hint: `Give the Job \`${variable.name}\` as well.`,
    reasons: migration.reasons,
    severity: 'warning',
  });
}

/** Reports the first service that differs: the line to change is in the Job. */
function checkMigration(model: RootModel, migration: Migration, report: Report): void {
  const found = findSettingsDifference(model, migration);
  if (found === undefined) return;
  const { service } = found;
  report({
    object: referTo(migration.job.object),
    reasons: [...migration.reasons, ...service.dependsOn.map(({ reason }) => reason)],
    ...describe({ ...found, model, migration }),
  });
}

/** A migration and a service whose settings differ, with all that a message may say about them. */
interface Sides extends SettingsDifference {
  readonly model: RootModel;
  readonly migration: Migration;
}

type Described = Pick<ReportedFinding, 'message' | 'at' | 'related' | 'field' | 'hint' | 'severity'>;

function describe(sides: Sides): Described {
  const { difference, migration, service } = sides;
  const job = describeObject(migration.job.object);
  const other = describeObject(service.workload.object);
  switch (difference.kind) {
    case 'address':
      return describeAddress(difference, job, other);
    case 'source':
      return describeOtherSource(sides, difference, job, other);
    case 'key':
      return describeOtherKey(difference, job, other);
    case 'prefix':
      return describePrefix(sides, difference);
    case 'service import':
      return describeServiceImport(sides, difference, job, other);
    case 'missing':
      return describeMissing(sides, difference.variables, other);
    case 'import':
      return describeImport(difference, job, other);
    case 'missing import':
      return describeMissingImport(sides, difference.imports, other);
  }
}

function describeAddress({ part, job: own, service }: AddressDifference, job: string, other: string): Described {
  const what = part === 'host' ? 'different database hosts' : 'different databases';
  const isAlike = own.name === service.name && own.source.kind === 'literal' && service.source.kind === 'literal';
  const theirs = isAlike ? 'so does the service' : `the service ${taking(service, own)}`;
  return {
    ...pointAt(own, service, other),
    message: `${job} and ${other} use ${what}: the Job ${taking(own)}, and ${theirs}. The migration changes one database, and the service uses the other.`,
    hint: 'Give both the same source, or correct the value that is wrong.',
  };
}

/** Where a variable comes from: ``takes `DB_HOST` from key `host` of ConfigMap `shop` ``. `named`: the one named before. */
function taking({ name, source }: Variable, named?: Variable): string {
  const variable = named?.name === name ? 'it' : `\`${name}\``;
  return source.kind === 'literal' ? `sets ${variable} itself` : `takes ${variable} from ${describeSource(source)}`;
}

/** If only one of the two objects is in the tree, the finding is on the workload that uses the other one. */
function describeOtherSource(
  { model, migration, service: { workload } }: Sides,
  { job: own, service }: SourceDifference,
  job: string,
  other: string,
): Described {
  const names = own.name === service.name ? `\`${own.name}\`` : `\`${own.name}\` and \`${service.name}\``;
  const isService = isInTree(model, own, migration.job) && !isInTree(model, service, workload);
  const { source } = isService ? own : service;
  return {
    ...(isService ? pointAtService(own, service) : pointAt(own, service, other)),
    message: `${job} ${taking(own)}, but ${other} ${taking(service, own)}: the migration may work on another database.`,
    hint:
      source.kind === 'literal'
        ? 'Give both the same source.'
        : `Take ${names} from ${describeSource(source)} in both.`,
  };
}

function describeOtherKey({ job: own, service }: SourceDifference, job: string, other: string): Described {
  const key = service.source.kind === 'object' ? service.source.key : '';
  const [here, there] = [own.keyField?.place ?? own.place, service.keyField?.place ?? service.place];
  return {
    at: here.at,
    related: [...historyOf(here, 'key'), { at: there.at, note: `${other} takes this key` }],
    field: own.keyField?.path ?? own.path,
    message: `${job} ${taking(own)}, but ${other} takes it from key \`${key}\`: if the ${service.source.kind === 'object' ? service.source.objectKind : 'object'} has only one of them, the other's pods stay in \`CreateContainerConfigError\`.`,
    hint: 'Use the same key in both.',
    severity: 'warning',
  };
}

function describePrefix(
  { migration, container, service, serviceContainer }: Sides,
  { side, variables, beside }: Extract<DatabaseDifference, { kind: 'prefix' }>,
): Described {
  const [first] = variables;
  const prefix = first.prefix ?? '';
  const [job, workload] = [migration.job.object, service.workload.object];
  const [holder, other] =
    side === 'service'
      ? [describeContainer(serviceContainer, workload), describeObject(job)]
      : [describeContainer(container, job), describeObject(workload)];
  const prefixed = joinWords(variables.map(({ name }) => `\`${name}\``));
  const plain = joinWords(variables.map(({ name }) => `\`${name.slice(prefix.length)}\``));
  return {
    message: `${holder} gets ${prefixed}, with the \`prefix\` of this entry, beside \`${beside.name}\` without it, and ${other} gets ${plain}: a program that looks for one set of names finds only a part of its settings.`,
    at: first.place.at,
    related: [{ at: beside.place.at, note: `\`${beside.name}\` comes from here` }],
    hint: `Leave out \`prefix: ${prefix}\`, or give all settings of the connection the same prefix.`,
    severity: 'warning',
  };
}

function isInTree(model: RootModel, { source }: Variable, { object }: Workload): boolean {
  if (source.kind !== 'object') return false;
  return findConfigObject(model.config, source.objectKind, source.object, object.namespace.value) !== undefined;
}

function describeMissing(
  { migration, container, serviceContainer, isUncertain }: Sides,
  variables: readonly Variable[],
  other: string,
): Described {
  const [first] = variables;
  const names = variables.map(({ name }) => `\`${name}\``).join(', ');
  const sources = new Set(
    variables.map(({ source }) =>
      source.kind === 'object' ? `${source.objectKind} \`${source.object}\`` : 'its `env`',
    ),
  );
  return {
    message: `${describeContainer(container, migration.job.object)} does not get ${names}, which ${other} takes from ${[...sources].join(' and ')}: ${isUncertain ? 'unless what both import holds them, too, ' : ''}the migration fails, or works on another database.`,
    at: container.environmentPlace.at,
    severity: isUncertain ? 'warning' : undefined,
    related: first
      ? [
          {
            at: first.place.at,
            note: `container \`${serviceContainer.name.value ?? ''}\` of ${other} takes ${first.source.kind === 'object' ? 'it from here' : 'its own value'}`,
          },
        ]
      : [],
    field: `${container.path}.envFrom`,
    hint: `Give the Job the same sources: ${[...sources].join(' and ')}.`,
  };
}

function describeImport(
  { job: own, service }: Extract<ImportDifference, { kind: 'import' }>,
  job: string,
  other: string,
): Described {
  const object = `${own.objectKind} \`${own.object.value ?? ''}\``;
  const [theirs, at] =
    'objectKind' in service
      ? [`${service.objectKind} \`${service.object.value ?? ''}\``, service.object.place.at]
      : [`\`${service.name}\` from ${describeSource(service.source)}`, service.place.at];
  return {
    message: `${job} takes its variables from ${object}, which this build does not contain, and ${other} takes ${theirs}: the migration may work on another database.`,
    at: own.object.place.at,
    related: [...historyOf(own.object.place, 'name'), { at, note: `${other} takes it from here` }],
    field: own.object.path,
    hint: 'Give both the same source.',
  };
}

/** As {@link describeImport}, if it is the service that takes its variables from an object outside the tree. */
function describeServiceImport(
  { serviceContainer }: Sides,
  { job: own, service }: Extract<ImportDifference, { kind: 'service import' }>,
  job: string,
  other: string,
): Described {
  const { place, value = '' } = service.object;
  return {
    message: `${other} takes its variables from ${service.objectKind} \`${value}\`, which this build does not contain, and ${job} takes \`${own.name}\` from ${describeSource(own.source)}: the migration may work on another database.`,
    at: place.at,
    related: [...historyOf(place, 'name'), { at: own.place.at, note: `${job} takes it from here` }],
    field: `${serviceContainer.path}.envFrom`,
    hint: 'Give both the same source.',
    severity: 'warning',
  };
}

function describeMissingImport(
  { migration, container }: Sides,
  imports: readonly EnvironmentImport[],
  other: string,
): Described {
  const names = imports.map(({ objectKind, object }) => `${objectKind} \`${object.value ?? ''}\``).join(', ');
  const [first] = imports;
  return {
    message: `${describeContainer(container, migration.job.object)} takes nothing from ${names}, which ${other} takes its variables from: the migration may lack the database's settings.`,
    at: container.environmentPlace.at,
    related: first ? [{ at: first.object.place.at, note: `${other} takes it here` }] : [],
    field: `${container.path}.envFrom`,
    hint: `Add ${names} to the Job's \`envFrom\`.`,
    severity: 'warning',
  };
}

function pointAt(own: Variable, service: Variable, other: string): Pick<Described, 'at' | 'related' | 'field'> {
  if (service.source.kind === 'literal' && own.source.kind !== 'literal') return pointAtService(own, service);
  const related: Related[] = [...historyOf(own.place, 'source')];
  if (own.setting) related.push({ at: own.setting.place.at, note: `the Job's value of \`${own.name}\`` });
  related.push({ at: service.place.at, note: `${other} takes \`${service.name}\` from here` });
  if (service.setting) related.push({ at: service.setting.place.at, note: `its value of \`${service.name}\`` });
  return { at: own.place.at, related, field: own.path };
}

/** A value or object that only the service has is what was changed, so the finding is there. */
function pointAtService(own: Variable, service: Variable): Pick<Described, 'at' | 'related'> {
  const related: Related[] = [
    ...historyOf(service.place, 'value'),
    { at: own.place.at, note: `the Job takes \`${own.name}\` from here` },
  ];
  if (own.setting) related.push({ at: own.setting.place.at, note: `the Job's value of \`${own.name}\`` });
  return { at: service.place.at, related };
}
