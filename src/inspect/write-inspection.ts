import type {
  InspectedMigration,
  InspectedObject,
  InspectedRelease,
  InspectedRoot,
  InspectedService,
  InspectedWaiter,
  Inspection,
} from './inspection.ts';

/**
 * Draws an arrow from each Job to each service, labelled with what waits, and lists the Jobs that no kustomization includes.
 * Ends with a line break; empty if there are none.
 */
export function writeInspection({ roots, unlisted = [] }: Inspection): string {
  const parts = roots.map(writeRoot);
  if (unlisted.length > 0) parts.push(writeUnlisted(unlisted));
  return parts.map((part) => `${part}\n`).join('\n');
}

function writeUnlisted(migrations: readonly InspectedMigration[]): string {
  const jobs = migrations.map((migration) => drawMigration(migration, false).join('\n'));
  return ['Not built, because no kustomization lists the file:', ...jobs].join('\n\n');
}

function writeRoot({ path, applier, releases }: InspectedRoot): string {
  const by = applier.kind === 'unknown' ? 'applier unknown' : `applied by ${applier.kind}`;
  return [`${path} (${by}: ${applier.why})`, ...releases.map(drawRelease)].join('\n\n');
}

function drawRelease({ migrations, services }: InspectedRelease): string {
  const jobs = migrations.flatMap((migration) => drawMigration(migration, services.length > 0));
  const drawn = services.flatMap((service, index) => drawService(service, migrations, index === services.length - 1));
  return [...jobs, ...drawn].join('\n');
}

function drawMigration(
  { job, runs, tool, images, environment, reasons }: InspectedMigration,
  isWaitedFor: boolean,
): string[] {
  const margin = isWaitedFor ? '  │   ' : '      ';
  return [
    `  ${name(job)}`,
    ...(runs === undefined ? [] : list(margin, 'runs', [`${runs}${tool === undefined ? '' : ` (${tool})`}`])),
    ...list(margin, 'image', images),
    ...list(margin, 'settings', environment),
    ...list(margin, 'because', reasons),
    ...(isWaitedFor ? ['  │'] : []),
  ];
}

function drawService(
  { workload, images, environment, account, grants, waiters, followsMigration, reasons }: InspectedService,
  migrations: readonly InspectedMigration[],
  isLast: boolean,
): string[] {
  const margin = isLast ? '          ' : '  │       ';
  const sameSettings = migrations.some((migration) => String(migration.environment) === String(environment));
  return [
    `  ${isLast ? '└' : '├'}─ ${drawWaiters(waiters, followsMigration)} ─▶ ${name(workload)}`,
    ...list(margin, 'image', images),
    ...list(margin, 'settings', sameSettings && environment.length > 0 ? ["the Job's"] : environment),
    ...list(margin, 'account', [`${account.name}, which ${mayRead[account.readsJobs]}`]),
    ...list(margin, 'by', grants),
    ...list(margin, 'because', reasons),
    ...(isLast ? [] : ['  │']),
  ];
}

const mayRead = { allowed: 'may read Jobs', denied: 'may not read Jobs', unknown: 'may or may not read Jobs' } as const;

/** The label of the arrow between a Job and a service. */
function drawWaiters(waiters: readonly InspectedWaiter[], followsMigration: boolean): string {
  if (waiters.length > 0) return waiters.map(drawWaiter).join(', ');
  return followsMigration ? 'Argo CD waits' : 'nothing waits';
}

function drawWaiter({ container, kind, tool, mode, targets }: InspectedWaiter): string {
  const how = tool ?? (kind === 'schema' ? 'checks the schema' : 'for something unknown');
  const absent = targets.filter(({ found }) => !found).map(({ waitsFor }) => waitsFor);
  const missed = absent.length === 0 ? '' : ` for ${absent.join(' and ')}, not in this build`;
  return `${container} (${how}${mode === undefined ? '' : ` ${mode}`}${missed})`;
}

function list(margin: string, title: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `${margin}${(index === 0 ? title : '').padEnd(10)} ${line}`);
}

function name({ kind, name: own, namespace, file, line }: InspectedObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${own}  ${file}:${line}`;
}
