import type { Rule } from '../lint/rule.ts';
import { findSkippedFiles } from '../model/migrations/files/skipped-file.ts';
import { type Naming, nameFor } from '../model/tools/file-namings.ts';
import type { ConfigObject } from '../objects/config-object.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import type { Related } from '../source/related.ts';
import { joinFew } from '../text/join-few.ts';

/** A mounted migration with a name that its tool passes over. */
export const migrationFileName: Rule = {
  id: 'migration-file-name',
  severity: 'error',
  category: 'job',
  docs: {
    summary: 'A migration in a ConfigMap has a name that its tool silently skips',
    symptom:
      'The Job succeeds, the service starts, and its queries fail on a table or column that the migration adds. With golang-migrate and no other file, the Job fails with `first .: file does not exist`.',
    why: 'Each tool recognises migrations by their file names, and passes over all others without a word: Flyway takes `V1__init.sql` (with a capital `V` and two underscores), golang-migrate `000001_init.up.sql`, dbmate `20260101120000_init.sql`, tern `001_init.sql`. A file with the name of another tool is not applied. The rule looks at the ConfigMaps that the container with the tool mounts.\n\nNot reported:\n\n- files whose names start with neither a number nor `V` and a number\n- files beside a script that runs, copies or renames SQL files itself\n- files for Flyway in an image of your own, or with its prefix or a configuration file set',
    fix: 'Name the file as the tool expects, or give it such a key:\n\n```yaml\nconfigMapGenerator:\n  - name: migrations\n    files:\n      - 000001_init.up.sql=sql/001_init.sql\n```',
    links: [
      'https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md',
      'https://documentation.red-gate.com/fd/migrations-184127470.html',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      for (const { config, names, isAll, tool, naming } of findSkippedFiles(model, migration)) {
        const several = names.length > 1;
        const files = joinFew(
          names.map((name) => `\`${name}\``),
          'files',
        );
        const job = describeObject(migration.job.object);
        const end =
          isAll && tool === 'golang-migrate'
            ? `${job} finds no migration, and fails`
            : `${job} does not apply ${several ? 'them' : 'it'}, and succeeds`;
        report({
          message: `${tool} skips ${files} of ${describeObject(config.object)}, since it only takes names such as \`${naming.example}\`: ${end}.`,
          at: config.object.name.place.at,
          related: names.flatMap((name) => pointAtFile(config, name)),
          object: referTo(config.object),
          field: 'data',
          hint: advise(names, naming),
          reasons: migration.reasons,
        });
      }
    }
  },
};

function pointAtFile({ keys }: ConfigObject, name: string): Related[] {
  const at = keys.get(name)?.place.at;
  return at === undefined ? [] : [{ at: { ...at, end: at.start }, note: `\`${name}\` is here` }];
}

function advise(names: readonly string[], naming: Naming): string {
  const renamed = names.flatMap((name) => {
    const better = nameFor(naming, name);
    return better === undefined ? [] : [`\`${name}\` to \`${better}\``];
  });
  return renamed.length === names.length
    ? `Rename ${joinFew(renamed, 'files')}.`
    : `Give ${names.length > 1 ? 'them' : 'it'} a number without dots, as in \`${naming.example}\`.`;
}
