import { posix } from 'node:path';
import type { Rule } from '../lint/rule.ts';
import { findForgottenFiles } from '../model/migrations/files/forgotten-file.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { joinFew } from '../text/join-few.ts';

/** A migration that is not in the ConfigMap from which the migrations are run. */
export const migrationFileMissing: Rule = {
  id: 'migration-file-missing',
  severity: 'warning',
  category: 'tree',
  docs: {
    summary: 'A migration lies beside those that a generator puts into a ConfigMap, and is not listed',
    symptom:
      'The Job succeeds, the service starts, and its queries fail on a column that the newest migration adds. The history table of the tool does not have that migration.',
    why: 'A `configMapGenerator` takes the files that its list names, not a folder. Whoever adds a migration to the folder has to add it to the list, and nothing fails if not: the tool applies what the ConfigMap holds. The rule compares the ConfigMaps that a migration Job mounts with the folder that their files come from. It knows files such as `V4__add_score.sql`, `0004_add_score.sql` and `20250101120000_add_score.up.sql`.\n\nNot reported:\n\n- a file that another ConfigMap of the given trees holds\n- a file that a comment beside the generator names, such as a line of its list that is commented out\n- a ConfigMap with files of several folders',
    fix: '```yaml\nconfigMapGenerator:\n  - name: migrations\n    files:\n      - sql/V1__init.sql\n      - sql/V2__add_score.sql # every file of the folder\n```',
    links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      for (const { config, folder, names } of findForgottenFiles(model, migration)) {
        const several = names.length > 1;
        report({
          message: `${joinFew(
            names.map((name) => `\`${name}\``),
            'files',
          )} ${several ? 'lie' : 'lies'} in \`${posix.basename(folder)}\` beside the migrations of ${describeObject(config.object)}, which does not hold ${several ? 'them' : 'it'}: ${describeObject(migration.job.object)} does not apply ${several ? 'them' : 'it'}, and succeeds.`,
          at: config.object.name.place.at,
          related: [],
          object: referTo(config.object),
          field: 'data',
          hint: `Add ${several ? 'them' : 'it'} to the \`files\` of the generator.`,
          reasons: migration.reasons,
        });
      }
    }
  },
};
