import { argvOf } from '../../objects/argv.ts';
import { allContainers, type Container, type Job } from '../../objects/workload.ts';
import { readInvocations } from '../../shell/command-line.ts';
import { isIdleProgram } from '../../shell/idle-program.ts';
import { positionalWords } from '../../shell/kubectl.ts';
import { dumpPrograms } from '../databases/database-programs.ts';
import { isHarmless } from '../tools/harmless-command.ts';
import { mentionsMigration, otherMigration, toolNames } from '../tools/migration-names.ts';
import { toolVariables } from '../tools/tool-images.ts';
import { describeCommand, findMigrationCommand, type MigrationCommand } from './migration-command.ts';

/** A Job that brings a database's schema up to date. */
export interface Migration {
  readonly job: Job;
  readonly command: MigrationCommand | undefined;
  /** Why it was recognised, each a sentence without a full stop. */
  readonly reasons: readonly string[];
  /** Whether the only reason is that something waits for it. */
  readonly isOnlyWaitedFor: boolean;
}

/** What is known about a Job from outside it. */
export interface JobKnowledge {
  /** Descriptions of the waiters that match this Job. */
  readonly waitedForBy: readonly string[];
  /** Whether the settings name it. */
  readonly configured: boolean;
}

/** Recognises a migration, with the reasons; undefined for other Jobs. */
export function recogniseMigration(job: Job, { configured, waitedForBy }: JobKnowledge): Migration | undefined {
  const name = job.object.name.value ?? '';
  const command = findCommand(job);
  const isOther = otherMigration.test(allWords(job));
  const reasons: string[] = [];
  if (configured) reasons.push(`the settings name Job \`${name}\` as a migration`);
  for (const waiter of waitedForBy) reasons.push(`${waiter} waits for Job \`${name}\``);
  if (command && (command.tool || !isOther)) reasons.push(commandReason(command));
  if (!isOther && !job.pod.containers.every(isMock)) addLooks(job, command, reasons);
  if (reasons.length === 0) return undefined;
  return { job, command, reasons, isOnlyWaitedFor: reasons.length === waitedForBy.length };
}

function commandReason(command: MigrationCommand): string {
  const tool = command.tool === undefined ? '' : ` (${command.tool.name})`;
  return `its container \`${command.container.name.value ?? ''}\` runs ${describeCommand(command)}${tool}`;
}

/** Adds what a Job looks like by its variables, its name and its labels. */
function addLooks(job: Job, command: MigrationCommand | undefined, reasons: string[]): void {
  const name = job.object.name.value ?? '';
  const tool = command === undefined ? toolReason(job) : undefined;
  if (tool !== undefined) reasons.push(tool);
  if (isMigrationWord(name) && !copiesData.test(name)) reasons.push(`its name \`${name}\` says so`);
  const namedAfter = reasons.length === 0 ? toolInName(job, name) : undefined;
  if (namedAfter !== undefined) reasons.push(`its name \`${name}\` is that of ${namedAfter}`);
  const label = [...job.object.labels].find(
    ([key, { value }]) => !fluxLabel.test(key) && value !== name && isMigrationWord(value),
  );
  // Seeds often have the labels of the migrations that they follow.
  const isSeed = reasons.length === 0 && seed.test(allWords(job));
  if (label && !isSeed) reasons.push(`its label \`${label[0]}: ${label[1].value}\` says so`);
}

/** A container that leaves its command to the image, and has a variable that only a migration tool reads. */
function toolReason(job: Job): string | undefined {
  for (const { name, command, args, env } of job.pod.containers) {
    const found = command.length + args.length > 0 ? undefined : env.find((entry) => toolVariables.has(entry.name));
    if (found === undefined) continue;
    return `its container \`${name.value ?? ''}\` has the variable \`${found.name}\`, which only ${toolVariables.get(found.name)} reads`;
  }
  return undefined;
}

/** The tool that a Job is named after, such as `flyway-orders`, unless the name or a word of its commands is harmless. */
function toolInName({ pod }: Job, name: string): string | undefined {
  const words = name.split(/[-_.]/);
  const tool = words.map((word) => toolNames.get(word)).find((found) => found !== undefined);
  if (tool === undefined || words.some((word) => isHarmless(word) || otherTask.test(word))) return undefined;
  const called = allContainers(pod).flatMap(argvOf);
  return called.some(({ value }) => isHarmless(value) || otherTask.test(value)) ? undefined : tool;
}

/** What else the tools and the Jobs that are named after them do. */
const otherTask = /^(clean|repair|baseline|snapshot|undo|drop-?all|test|check|backup|restore|report|wait)$/i;

/** Flux labels everything that a Kustomization applies with its name and namespace. */
const fluxLabel = /^(kustomize|helm)\.toolkit\.fluxcd\.io\//;

/** A word for seeding data in a Job's name or command: `catalog-seed`, `--seed`, `db:seed`. */
const seed = /(^|[-_.:\s])seed(s|er|ing)?([-_.:\s]|$)/i;

/** The container that applies the migrations, if it is known; otherwise the Job's first. */
export function migratingContainer(migration: Migration): Container | undefined {
  return migration.command?.container ?? migration.job.pod.containers[0];
}

/** What a Job does that moves a database to another server or version: `pg-migrate-dump`, `migration-restore`. */
const copiesData = /(^|[-_.])(backup|dump|restore)([-_.]|$)/i;

/** `migrate` or `migration` as a word of a name: `myapp-migration-v2`, `db.migrate`, `dbMigrations`. */
function isMigrationWord(name: string): boolean {
  return mentionsMigration(name) && /(^|[-_.\s\d]|db|schema)migrat(e|es|ion|ions|or|ing)([-_.\s\d$]|v\d|$)/i.test(name);
}

function findCommand(job: Job): MigrationCommand | undefined {
  for (const container of allContainers(job.pod)) {
    const command = container.role === 'sidecar' ? undefined : findMigrationCommand(container);
    if (command) return command;
  }
  return undefined;
}

/**
 * Whether a container changes no database: it only prints messages and sleeps, as a mock of a migration does, copies a
 * database out, or changes objects of the cluster.
 */
function isMock(container: Container): boolean {
  // An assignment has no words.
  const invocations = readInvocations(container).filter(({ words }) => words.length > 0);
  const changesNothing = ([program = '', ...args]: readonly string[]) =>
    isIdleProgram(program) || dumpPrograms.has(program) || changesOnlyObjects(program, args);
  return invocations.length > 0 && invocations.every(({ words }) => changesNothing(words));
}

/** Whether a command is a test of the shell, or changes objects by kubectl without starting anything. */
function changesOnlyObjects(program: string, args: readonly string[]): boolean {
  if (program === '[' || program === 'test') return true;
  return program === 'kubectl' && objectVerbs.has(positionalWords(args)[0] ?? '');
}

const objectVerbs: ReadonlySet<string> = new Set('get describe delete patch annotate label wait logs'.split(' '));

/** The name of a Job and the words of its images and commands, in one text. */
function allWords({ object, pod }: Job): string {
  const words = pod.containers.flatMap((container) => [
    (container.image.value ?? '').split('/').at(-1) ?? '',
    ...argvOf(container).map(({ value }) => (value.length > 200 ? '' : value)),
  ]);
  return [object.name.value ?? '', ...words].join(' ');
}
