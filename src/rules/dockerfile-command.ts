import { lastStage } from '../delivery/dockerfile.ts';
import type { Rule } from '../lint/rule.ts';

/** A migration's image that starts something by itself. */
export const dockerfileCommand: Rule = {
  id: 'dockerfile-command',
  severity: 'warning',
  category: 'delivery',
  docs: {
    summary: 'The Dockerfile of the migration has a CMD or ENTRYPOINT',
    symptom:
      "The Job's command is taken for arguments of the entry point; or a Job without a command starts the service, never completes, and the new pods stand in `Init:0/1`.",
    why: 'The Job states what is run, so that it can be read off the tree and is the same for everybody who uses the image. An ENTRYPOINT stays in front of the `args` of the Job, and a CMD, often copied from the service, is run by a Job that has lost its command. The rule looks at the last stage of Dockerfiles whose name speaks of a migration.',
    fix: 'Remove the instruction, and write `command` in the Job.',
    links: ['https://docs.docker.com/reference/dockerfile/#entrypoint'],
    since: '0.1.0',
  },
  check({ delivery, migrations }, report) {
    const [migration] = migrations;
    if (delivery === undefined || migration === undefined) return;
    for (const dockerfile of delivery.dockerfiles.filter(({ forMigration }) => forMigration)) {
      const found = lastStage(dockerfile).find(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
      if (found === undefined || /^\[\s*\]$/.test(found.text)) continue;
      const effect =
        found.keyword === 'CMD'
          ? 'a Job that does not state its command runs it instead of the migration'
          : "it is run instead of a program in the Job's `args`";
      report({
        message: `The migration's image has ${found.keyword === 'CMD' ? 'a CMD' : 'an ENTRYPOINT'} (\`${found.text}\`): ${effect}.`,
        at: found.at,
        related: [],
        hint: 'Remove it: the Job states the command.',
      });
    }
  },
};
