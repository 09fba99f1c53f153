import { argvText } from '../../objects/argv.ts';
import { imageOf } from '../../objects/image.ts';
import type { PackageScript } from '../../objects/package-script.ts';
import type { Field } from '../../objects/view.ts';
import type { Container } from '../../objects/workload.ts';
import { type Invocation, invocationsOf, readInvocations } from '../../shell/command-line.ts';
import type { Related } from '../../source/related.ts';
import { baseName } from '../../text/base-name.ts';
import { matchCommand } from '../tools/command-pattern.ts';
import { harmlessOfTools, isHarmless } from '../tools/harmless-command.ts';
import { isMigrationScript } from '../tools/migration-names.ts';
import { type MigrationTool, migrationTools } from '../tools/migration-tools.ts';
import { migrationImages } from '../tools/tool-images.ts';
import { isMode } from '../waiters/reading/waiter-wait-for.ts';

/** A command that applies migrations. */
export interface MigrationCommand {
  /** The tool; undefined for a custom script or program. */
  readonly tool: MigrationTool | undefined;
  readonly container: Container;
  /** The command as written, on one line. */
  readonly text: string;
  /** The value that holds it, or the call of the script that does. */
  readonly field: Field<string>;
  readonly script: PackageScript | undefined;
  /** Whether it is in a shell script that continues, and exits, as if it had not failed. */
  readonly isFailureIgnored: boolean;
}

/** The command of a container that applies migrations, or undefined. */
export function findMigrationCommand(container: Container): MigrationCommand | undefined {
  const invocations = containerInvocations(container);
  let own: Invocation | undefined;
  for (const invocation of invocations) {
    const found = recognise(invocation);
    // A known tool says more than a program whose name or argument only mentions migrations.
    if (found === 'own') own ??= invocation;
    else if (found !== undefined) return describe(invocation, found, container);
  }
  if (own !== undefined) return describe(own, undefined, container);
  // The name of a script counts if its commands say nothing.
  const called = invocations.find((invocation) => isNamedScript(invocation));
  return called && !invocations.some(({ words }) => hasHarmlessWord(words))
    ? describe(called, undefined, container)
    : undefined;
}

/** The command in a sentence: `` `npm start`, which runs `prisma migrate deploy` ``. */
export function describeCommand({ text, script }: MigrationCommand): string {
  return script === undefined ? `\`${text}\`` : `\`${script.call}\`, which runs \`${text}\``;
}

/** All words of the container that runs a command, and the script that it is in. */
export function textAround({ container, script }: MigrationCommand): string {
  return `${argvText(container)} ${script?.text ?? ''}`;
}

/** The script that a command is in, as a related place. */
export function pointAtScript(script: PackageScript | undefined): Related[] {
  return script === undefined ? [] : [{ at: script.at, note: `\`${script.call}\` runs this` }];
}

function describe(
  { text, field, script, isFailureIgnored, isUnnoticed = false }: Invocation,
  tool: MigrationTool | undefined,
  container: Container,
): MigrationCommand {
  return { tool, container, text: shorten(text), field, script, isFailureIgnored: isFailureIgnored || isUnnoticed };
}

function isNamedScript({ script }: Invocation): boolean {
  return script !== undefined && isMigrationScript(script.call.split(' ').at(-1) ?? '');
}

/**
 * The invocations of a container. Bare arguments get the entry point of the tool whose image, flags or variables they
 * have.
 */
export function containerInvocations(container: Container): readonly Invocation[] {
  const { repository } = imageOf(container);
  const first = container.args[0]?.value ?? '';
  const entryPoint = migrationImages.find(
    ({ image, flag, variable, words }) =>
      image.test(repository) ||
      words?.test(container.args.map(({ value }) => value).join(' ')) ||
      flag?.test(first) ||
      (/^(-.*|migrate|repair|info|validate|undo|update|status|update-?sql)$/.test(first) &&
        container.env.some(({ name }) => name === variable)),
  );
  if (entryPoint === undefined || container.command.length > 0) return readInvocations(container);
  return invocationsOf(container.args).map((invocation) => ({
    ...invocation,
    words: [entryPoint.program, ...(invocation.fields?.map((field) => field.value) ?? invocation.words)],
    text: `${entryPoint.program} ${invocation.text}`,
  }));
}

function recognise({ words }: Invocation): MigrationTool | 'own' | undefined {
  const command = words.join(' ');
  const tool = migrationTools.find((known) => matchCommand(command, known));
  if (tool?.takesSeveral && migratesBeside(words, tool)) return tool;
  if (harmlessOfTools.some((known) => matchCommand(command, known)) || hasHarmlessWord(words)) return undefined;
  if (tool) return tool;
  return runsScript(words) || isOwnProgram(words) ? 'own' : undefined;
}

/** Whether one of several commands applies migrations: true for `db:create db:migrate`, false for `db:migrate:status`. */
function migratesBeside([program = '', ...rest]: readonly string[], tool: MigrationTool): boolean {
  return rest.some((word) => matchCommand(`${program} ${word}`, tool) && !isHarmless(word));
}

/** Whether a word makes a command harmless. Paths, values of flags and texts may hold any word, and do not count. */
function hasHarmlessWord(words: readonly string[]): boolean {
  return words.some((word) => !/[/\\.=@\s]/.test(word) && isHarmless(word));
}

/** `npm run db:migrate:deploy`, `yarn migrate`, `pnpm run migrate`, `make migrate`, `composer migrate`. */
function runsScript(words: readonly string[]): boolean {
  const [program = '', ...rest] = words;
  if (!/^(npm|yarn|pnpm|bun|make|just|task|composer|deno|rake|nx|turbo)$/.test(program)) return false;
  const script = rest.find((word) => !word.startsWith('-') && !/^(run|run-script|task|workspace|--)$/.test(word));
  return script !== undefined && isMigrationScript(script);
}

/** Flags of interpreters that take a value as the next word: `node -r dotenv/config`, `ts-node --project tsconfig.json`. */
const flagWithValue =
  /^(-r|--require|--import|--loader|--env-file|-P|--project|--tsconfig|--config|-d|-I|-W|-X|-cp|-classpath|-tags|-o)$/;

/** `./migrate`, `node dist/migrate.js`, `python migrate.py`, `/app/server migrate up`, `/app/release --apply-migrations`. */
function isOwnProgram(words: readonly string[]): boolean {
  const [program = '', ...more] = words;
  const interpreted = /^(node|deno|bun|ts-node|tsx|python[\d.]*|ruby|php|java|dotnet|go|sh|bash)$/.test(program);
  const rest = interpreted ? more.filter((_, index) => !flagWithValue.test(more[index - 1] ?? '')) : more;
  const name = interpreted ? rest.find((word) => !word.startsWith('-') && word !== 'run') : program;
  if (name !== undefined && isMigrationScript(withoutExtension(baseName(name)))) return true;
  if (/^(kubectl|helm|flux|argocd|velero|aws|gcloud|az|echo|cp|mv|curl|wget|mc|rclone|rsync)$/.test(program))
    return false;
  // `job-wr migrate` are arguments of k8s-wait-for, and `migrate` is the name of a Job.
  if (isMode(program)) return false;
  const own = interpreted ? rest.slice(rest.indexOf(name ?? '') + 1) : rest;
  if (own.some((word) => /^--?(run|apply)[-_]migrations?$/i.test(word))) return true;
  const argument = own.find((word) => !word.startsWith('-'));
  return argument !== undefined && /^(db[:-]?)?(migrate|migrations?|migrate[:-]up)$/i.test(argument);
}

function withoutExtension(name: string): string {
  return name.replace(/\.(m?[jt]s|cjs|py|rb|php|sh|jar|exe|dll|go)$/, '');
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
