import { posix } from 'node:path';
import type { Delivery } from '../delivery/delivery.ts';
import type { Dockerfile, Instruction } from '../delivery/dockerfiles/dockerfile.ts';
import { migrationDockerfiles } from '../delivery/dockerfiles/migration-dockerfiles.ts';
import { builtInstructions } from '../delivery/dockerfiles/stages.ts';
import { type Packages, scriptText } from '../delivery/packages/packages.ts';
import type { Fix } from '../findings/fix.ts';
import type { Rule } from '../lint/rule.ts';
import { type Migration, migratingContainer } from '../model/migrations/migration.ts';
import { mentionsMigration } from '../model/tools/migration-names.ts';
import { argvText } from '../objects/argv.ts';

/** A migration image that starts something by itself. */
export const dockerfileCommand: Rule = {
  id: 'dockerfile-command',
  severity: 'warning',
  category: 'delivery',
  docs: {
    summary: 'The Dockerfile of the migration has a CMD or ENTRYPOINT',
    symptom:
      "A program in the Job's `args` becomes an argument of the entry point, which runs something else. Or a Job without a command starts the service, never completes, and the new pods stay in `Init:0/1`.",
    why: 'The Job should state its command, so that the tree shows what runs, whoever uses the image. An ENTRYPOINT stays in front of the `args` of the Job. A CMD, often copied from the service, runs if the Job has lost its command.\n\nThe rule looks at Dockerfiles that are named for a migration, or that the pipeline builds the image of a migration from: at the stage that is built (`--target`) and the stages that it starts from. A command that is itself the migration, by its words or because the Job runs it, is an info. So is an ENTRYPOINT to which every Job gives options or a subcommand, and the command of an image whose Job states none, unless a Dockerfile of the service has the same command.\n\nNot reported:\n\n- when several stages are built for migrations, none of them under the name of an image that a Job runs',
    fix: 'Remove the instruction, and write `command` in the Job.',
    fixing: {
      safe: 'no',
      how: 'Removes the instructions from a Dockerfile that is named for the migration, if every migration Job states its command. Not safe, since the image may be run elsewhere without a command.',
    },
    links: ['https://docs.docker.com/reference/dockerfile/#entrypoint'],
    since: '0.1.0',
  },
  check({ delivery, migrations }, report) {
    if (delivery === undefined) return;
    for (const dockerfile of migrationDockerfiles(delivery, migrations)) {
      const found = findCommand(builtInstructions(dockerfile));
      if (found === undefined) continue;
      const isMeant = found.keyword === 'ENTRYPOINT' && migrations.every(givesArguments);
      const migrates = isMeant || isMigration(found, dockerfile.packages) || isRunByJob(found, delivery, migrations);
      const fix = removeCommands(dockerfile, migrations);
      report({
        message: `The migration's image has ${found.keyword === 'CMD' ? 'a CMD' : 'an ENTRYPOINT'} (\`${found.text}\`): ${migrates ? hidden : effectOf(found)}.`,
        at: found.at,
        related: [],
        hint: migrations.every(statesCommand)
          ? 'Remove the instruction: the Job states the command.'
          : 'Remove the instruction, and write `command` in the Job.',
        fix,
        severity: migrates ? 'info' : undefined,
      });
    }
  },
};

/** Undefined if another image may be built from the same lines, or a Job depends on them. */
function removeCommands(dockerfile: Dockerfile, migrations: readonly Migration[]): Fix | undefined {
  const commands = builtInstructions(dockerfile).filter(isCommand);
  const own = mentionsMigration(posix.basename(dockerfile.file.path));
  if (!migrations.every(statesCommand) || !own || commands.some(({ text }) => text.includes('<<'))) return undefined;
  const changes = commands.map(({ at }) => ({ kind: 'remove lines', at }) as const);
  return { title: 'Remove CMD and ENTRYPOINT', safe: false, changes };
}

function statesCommand(migration: Migration): boolean {
  return (migratingContainer(migration)?.command.length ?? 0) > 0;
}

const hidden = 'a Job without a command runs it, and the tree does not show what is run';

function effectOf({ keyword }: Instruction): string {
  return keyword === 'CMD'
    ? 'a Job that does not state its command runs it instead of the migration'
    : 'a Job that states no `command` runs it, with a program in its `args` as a mere argument';
}

/** What the image starts by itself. The last of each keyword counts, and an empty one resets it. */
function findCommand(instructions: readonly Instruction[]): Instruction | undefined {
  const last = ['ENTRYPOINT', 'CMD'].map((keyword) => instructions.findLast((each) => each.keyword === keyword));
  return last.find((found) => found !== undefined && !/^\[\s*\]$/.test(found.text));
}

const migratingWords =
  /migrat|prisma|typeorm|sequelize|knex|drizzle-kit|db:push|alembic|flyway|liquibase|goose|dbmate|atlas|sqitch|ef database update|efbundle|\b(sqlx|diesel|phinx|tern)\b/i;

function isMigration({ text }: Instruction, packages: Packages | undefined): boolean {
  const words = wordsOf(text);
  const whole = packages === undefined ? words : scriptText(words, packages);
  return migratingWords.test(whole);
}

/** Whether a migration Job runs it: by naming it, or by naming no command if the service starts something else. */
function isRunByJob({ text }: Instruction, { dockerfiles }: Delivery, migrations: readonly Migration[]): boolean {
  const commands = migrations.flatMap((migration) => {
    const container = migratingContainer(migration);
    if (container === undefined) return [''];
    return container.commandText.value === undefined ? [argvText(container)] : [];
  });
  if (commands.includes(wordsOf(text))) return true;
  const services = dockerfiles.filter(({ forMigration }) => !forMigration).flatMap(builtInstructions);
  return commands.includes('') && !services.some((each) => isCommand(each) && wordsOf(each.text) === wordsOf(text));
}

/** Whether a Job gives options or a subcommand to what its image starts, so that it is meant to run it. */
function givesArguments(migration: Migration): boolean {
  const { command = [], args = [] } = migratingContainer(migration) ?? {};
  const first = args[0]?.value;
  return command.length === 0 && first !== undefined && !isProgram(first);
}

/** Whether a word stands for a program of its own, by its path or name. */
function isProgram(word: string): boolean {
  return /^\.{0,2}\//.test(word) || programs.test(word);
}

const programs =
  /^(npx|npm|yarn|pnpm|bunx?|node|deno|(ba|da)?sh|python3?|bundle|rake|php|java|dotnet|mix|prisma|typeorm|sequelize(-cli)?|knex|drizzle-kit|alembic|flask|flyway|liquibase|goose|dbmate|atlas|sqitch|efbundle|sqlx|diesel|phinx|tern)$/;

/** The words of an instruction in shell or exec form. */
function wordsOf(text: string): string {
  return text.replace(/[[\]",\s]+/g, ' ').trim();
}

function isCommand({ keyword }: Instruction): boolean {
  return keyword === 'CMD' || keyword === 'ENTRYPOINT';
}
