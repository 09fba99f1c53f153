import { builtInstructions } from '../delivery/dockerfiles/stages.ts';
import { setWord } from '../findings/field-change.ts';
import type { Fix } from '../findings/fix.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { type CommandFault, findCommandFault } from '../model/commands/command-fault.ts';
import { findServiceImage } from '../model/images/service-image.ts';
import { isToldToMigrate } from '../model/migrations/chosen-mode.ts';
import { type Migration, migratingContainer } from '../model/migrations/migration.ts';
import type { RootModel } from '../model/root-model.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, placeOfPart } from '../objects/place.ts';
import { isPresent, type Present } from '../objects/view.ts';
import type { Container } from '../objects/workload.ts';

/** A migration Job whose command is missing or does not run. */
export const jobCommand: Rule = {
  id: 'job-command',
  severity: 'warning',
  category: 'job',
  docs: {
    summary: 'The migration Job names no command, or one that does not run',
    symptom:
      '`CreateContainerError` with `no command specified`. Or a Job that never completes, because its container has started the service.',
    why: "Without `command` and `args` a container runs what its image was built with. The service's own image starts the service: the Job serves instead of migrating and never completes, which is an error. An image that is built beside the service's for migrations alone often has no `CMD` and no `ENTRYPOINT`, so that nobody runs it by accident, and then the container cannot start. The tree does not show whether it has one, so this is a warning, and only for an image named after the service's.\n\nIt is an error if `command` is a string instead of a list, holds program and arguments in one item, or has anything after the single word that `sh -c` takes as its script. Words after a longer script are its `$0`, `$1` and so on. If the script uses none of them they have no effect, which is an error if they are the migration.\n\nWithout a shell nothing expands `$DATABASE_URL`: a migration tool gets it as text. Kubernetes itself expands only `$(DATABASE_URL)`. Nor does anything read `&&`, or find the files of `/old/*`.\n\nNot reported:\n\n- images of tools, and others that are not named after the service\n- a container with a variable that makes it migrate, or that chooses what it does (`…_MODE`, `…_ROLE`, `…_PROFILES_ACTIVE` and the like) and has another value than the service's",
    fix: '```yaml\ncontainers:\n  - name: migrate\n    image: registry.example.com/myapp-migration:v1.4.0\n    command: [npm, run, "db:migrate"]\n```',
    fixing: {
      safe: 'yes',
      how: 'Writes `$(NAME)` for a variable that no shell expands.',
    },
    links: ['https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      const container = migratingContainer(migration);
      const fault = container && findCommandFault(container);
      if (container && fault) reportFault(migration, container, fault, report);
      if (container && container.command.length + container.args.length === 0 && !isToldToMigrate(container)) {
        checkContainer(model, migration, container, report);
      }
    }
  },
};

/** Whether a Dockerfile of the repository gives the migration image a command, which `dockerfile-command` reports. */
function isBuiltWithCommand({ delivery }: RootModel): boolean {
  const own = delivery?.dockerfiles.filter(({ forMigration }) => forMigration) ?? [];
  return own.some((dockerfile) =>
    builtInstructions(dockerfile).some(({ keyword }) => /^(CMD|ENTRYPOINT)$/.test(keyword)),
  );
}

function checkContainer(model: RootModel, migration: Migration, container: Container, report: Report): void {
  const { object } = migration.job;
  const { image } = container;
  const service = findServiceImage(model, migration, container);
  if (service === undefined || isPresent(container.commandText)) return;
  if (!service.isSame && isBuiltWithCommand(model)) return;
  const name = `container \`${container.name.value ?? ''}\``;
  const effect = service.isSame
    ? `it starts what ${service.name} starts, and the Job never completes`
    : `if \`${image.value ?? ''}\` was built without \`CMD\` and \`ENTRYPOINT\`, it cannot start`;
  report({
    message: `${describeObject(object)} gives ${name} neither \`command\` nor \`args\`: ${effect}.`,
    at: container.name.value === undefined ? image.place.at : container.name.place.at,
    related: [{ at: image.place.at, note: 'the image' }, ...historyOf(image.place, 'image')],
    object: referTo(object),
    field: `${container.path}.command`,
    hint: 'Write the command that migrates, such as `command: ["npm", "run", "db:migrate"]`.',
    reasons: migration.reasons,
    severity: service.isSame ? 'error' : undefined,
  });
}

/** A command that exists but does not run. */
function reportFault(
  { job: { object }, reasons }: Migration,
  container: Container,
  fault: CommandFault,
  report: Report,
): void {
  const { field, kind, isMigration } = fault;
  const place = kind === 'variable' ? placeOfPart(field.place, field.value) : field.place;
  report({
    message: `${describeObject(object)} gives container \`${container.name.value ?? ''}\` ${describeFault(fault)}${isMigration ? ', and the migration never runs' : ''}.`,
    at: place.at,
    related: historyOf(place, 'command'),
    object: referTo(object),
    field: field.path,
    hint: hintFor(kind, field.value),
    reasons,
    fix: fault.variables && expandByKubernetes(fault.variables),
    severity: isMigration ? 'error' : undefined,
  });
}

function expandByKubernetes(variables: readonly Present<string>[]): Fix {
  return {
    title: 'Let Kubernetes expand the variable',
    safe: true,
    changes: variables.map((variable) => setWord(variable, expression(variable.value))),
  };
}

/** `$(NAME)` for `$NAME` and `${NAME}`. */
function expression(variable: string): string {
  return `$(${variable.replace(/\W/g, '')})`;
}

function hintFor(kind: CommandFault['kind'], text: string): string {
  switch (kind) {
    case 'lost words':
    case 'unread words':
      return 'Write the whole script as one item after `-c`, or remove `sh -c`.';
    case 'variable':
      return `Write \`${expression(text)}\`, which Kubernetes expands.`;
    case 'operator':
    case 'glob':
      return 'Let a shell run it: `command: ["sh", "-c"]`, with the whole line as one item of `args`.';
    case 'text':
    case 'one word': {
      const words = text.trim().split(/\s+/);
      return `Write a list: \`command: [${words.map((word) => `"${word}"`).join(', ')}]\`.`;
    }
  }
}

function describeFault({ kind, field }: CommandFault): string {
  switch (kind) {
    case 'text':
      return 'a string as its `command`: the API server wants a list and refuses the Job';
    case 'one word':
      return `\`${field.value}\` as one word of its \`command\`: no shell splits it, so there is no program of that name`;
    case 'lost words':
      return `only \`${field.value}\` to run: what follows the script of \`sh -c\` is not part of it`;
    case 'variable':
      return `\`${field.value}\` without a shell that expands it: the program gets this text`;
    case 'operator':
      return `\`${field.value}\` without a shell that reads it: the program gets it, and all that follows, as arguments`;
    case 'glob':
      return `\`${field.value}\` without a shell that looks for files: there is no file of that name`;
    case 'unread words':
      return `\`${field.value}\` after the script of \`sh -c\`, which uses none of \`$0\`, \`$1\` and \`$@\`: it has no effect`;
  }
}
