import { onlyOne } from '../collections/only-one.ts';
import { findMigrationDockerfile } from '../delivery/dockerfiles/image-dockerfile.ts';
import { findMigrationConflict } from '../delivery/dockerfiles/migration-conflict.ts';
import { migrationDockerfiles } from '../delivery/dockerfiles/migration-dockerfiles.ts';
import { serviceRepositories } from '../delivery/images/release-images.ts';
import type { Rule } from '../lint/rule.ts';
import { describeObject, pointAtName, referTo } from '../objects/kubernetes-object.ts';
import { joinWords } from '../text/join-words.ts';

/** Migrations of two branches that their tool cannot put into one order. */
export const migrationFileConflict: Rule = {
  id: 'migration-file-conflict',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: "Two migrations in the image have the same version, or Alembic's revisions have two heads",
    symptom:
      'The migration Job fails at once with `Found more than one migration with version 12`, `duplicate migration file: 000007_…` or `Multiple head revisions are present`. Each of the two branches worked on its own.',
    why: 'Two people add a migration on two branches and both take the next number, or follow the same revision. Git merges the branches without a conflict, since these are different files, and the tool refuses the whole folder. The rule looks at the folders that the Dockerfile of the migration copies, for Flyway, golang-migrate, goose and `alembic upgrade head`.\n\nNot reported:\n\n- folders more than one level below what the Dockerfile copies; if it copies everything, folders other than `migrations`, `db/migrations`, `db/migration`, `alembic` and `sql`\n- Alembic revisions with `branch_labels` or `depends_on`',
    fix: 'Give the later of the two the next number. With Alembic, let it follow the other one (`down_revision`), or join them:\n\n```sh\nalembic merge heads -m "merge"\n```',
    links: ['https://alembic.sqlalchemy.org/en/latest/branches.html'],
    since: '0.1.0',
  },
  check(model, report) {
    const { delivery, migrations } = model;
    if (delivery === undefined) return;
    const images = serviceRepositories(model);
    // A pipeline may give the image another name than the Job does.
    const only = migrations.length === 1 ? onlyOne(migrationDockerfiles(delivery, migrations)) : undefined;
    for (const migration of migrations) {
      const dockerfile = findMigrationDockerfile(delivery, migration, images) ?? only;
      const conflict = dockerfile && findMigrationConflict(dockerfile, migration);
      if (conflict === undefined) continue;
      const { kind, tool, folder, names, at, other } = conflict;
      const both = joinWords(names.map((name) => `\`${name}\``));
      const job = describeObject(migration.job.object);
      report({
        message:
          kind === 'version'
            ? `${both} in \`${folder}\` have the same version: ${tool} refuses both, and ${job} fails.`
            : `${both} in \`${folder}\` are both heads, which nothing follows: \`alembic upgrade head\` refuses to choose, and ${job} fails.`,
        at,
        related: [{ at: other, note: 'the other one' }, pointAtName(migration.job.object)],
        hint:
          kind === 'version'
            ? 'Give one of them the next version.'
            : 'Let one follow the other (`down_revision`), or join them with `alembic merge heads`.',
        object: referTo(migration.job.object),
        reasons: migration.reasons,
      });
    }
  },
};
