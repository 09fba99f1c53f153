import type {
  InspectedMigration,
  InspectedObject,
  InspectedService,
  InspectedWaiter,
  Inspection,
} from './inspection.ts';

/** The drawing as text: each service under the Jobs that it depends on. Ends with a line break; empty without releases. */
export function writeInspection({ roots }: Inspection): string {
  return roots
    .map(({ path, applier, releases }) => {
      const drawn = releases.map(({ migrations, services }) =>
        [...migrations.flatMap(drawMigration), ...services.flatMap(drawService)].join('\n'),
      );
      const by = applier.kind === 'unknown' ? 'it is not known who applies it' : `applied by ${applier.kind}`;
      return `${path} (${by}: ${applier.why})\n\n${drawn.join('\n\n')}\n`;
    })
    .join('\n');
}

function drawMigration({ job, runs, tool, images, environment, reasons }: InspectedMigration): string[] {
  return [
    `  ${name(job)}`,
    ...(runs === undefined ? [] : [`    runs       ${runs}${tool === undefined ? '' : ` (${tool})`}`]),
    ...list('image', images),
    ...list('settings', environment),
    ...list('because', reasons),
  ];
}

function drawService({ workload, images, environment, account, grants, waiters, reasons }: InspectedService): string[] {
  return [
    `  └─ ${name(workload)}`,
    ...list('image', images),
    ...list('settings', environment),
    ...waiters.flatMap(drawWaiter),
    `    account    ${account.name} (reading Jobs is ${account.readsJobs === 'unknown' ? 'not known' : account.readsJobs})`,
    ...list('grant', grants),
    ...list('because', reasons),
  ];
}

function drawWaiter({ container, kind, tool, targets }: InspectedWaiter): string[] {
  const how = tool ?? (kind === 'schema' ? 'asks the schema' : 'something that could not be read');
  const found = targets.map((target) => `${target.waitsFor}${target.found ? '' : ' (not in this build)'}`);
  return [`    waits      ${container} (${how})${found.length > 0 ? ` for ${found.join(', ')}` : ''}`];
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `    ${(index === 0 ? title : '').padEnd(10)} ${line}`);
}

function name({ kind, name: own, namespace, file, line }: InspectedObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${own}  ${file}:${line}`;
}
