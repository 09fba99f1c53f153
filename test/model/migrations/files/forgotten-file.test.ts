import { lintRule } from '../../../support/lint-rule.ts';
import { migrationJob } from '../../../support/manifests.ts';
import { testCases } from '../../../support/test-cases.ts';

interface Written {
  /** What the generator lists, below `sql`. */
  readonly listed: readonly string[];
  /** What lies in the folder `sql` besides. */
  readonly beside: readonly string[];
  /** Further entries of the generator's list, and what the kustomization has besides it. */
  readonly more?: string;
  readonly kustomization?: string;
  /** Further files by their paths. */
  readonly files?: Readonly<Record<string, string>>;
  /** The volumes of the Job, which mounts the one called `sql`. */
  readonly volumes?: string;
}

/** What `migration-file-missing` says of a Job with Flyway that mounts a generated ConfigMap. */
function lintJob({
  listed,
  beside,
  more = '',
  kustomization = '',
  files = {},
  volumes = '{name: sql, configMap: {name: migrations}}',
}: Written): Promise<string[]> {
  const sql = [...listed, ...beside].map((name) => [`app/sql/${name}`, 'select 1;\n']);
  return lintRule('migration-file-missing', {
    'app/kustomization.yaml': `resources: [job.yaml]
configMapGenerator:
  - name: migrations
    files:
${listed.map((name) => `      - sql/${name}\n`).join('')}${more}${kustomization}`,
    'app/job.yaml': migrationJob({
      image: 'flyway/flyway:11',
      fields: 'args: [migrate]',
      mounts: '{name: sql, mountPath: /flyway/sql}',
      volumes,
    }),
    ...Object.fromEntries(sql),
    ...files,
  });
}

const flyway = ['V1__init.sql', 'V2__score.sql'];

testCases<Written>(
  import.meta.dirname,
  'forgotten-file',
  {
    'one file': { listed: flyway, beside: ['V3__rank.sql'] },
    'two files, by name': { listed: flyway, beside: ['V4__x.sql', 'V3__rank.sql'] },
    'three files': { listed: flyway, beside: ['V3__a.sql', 'V4__b.sql', 'V5__c.sql'] },
    'four files': { listed: flyway, beside: ['V3__a.sql', 'V4__b.sql', 'V5__c.sql', 'V6__d.sql'] },
    'no file': { listed: flyway, beside: [] },
    'a version with dots': { listed: ['V1.0__init.sql'], beside: ['V1.1__score.sql'] },
    'other files': {
      listed: flyway,
      beside: ['README.md', 'R__view.sql', 'U2__score.sql', 'V3__rank.sql.conf', 'xV3__a.sql'],
    },
    'numbered files': { listed: ['0001_init.sql'], beside: ['0002_score.sql', '0003-rank.sql', '4.sql', 'a5_x.sql'] },
    'files for both directions': {
      listed: ['1_init.up.sql'],
      beside: ['1_init.down.sql', '2_score.up.sql', '2_score.down.sql'],
    },
    'a file named in another way': { listed: flyway, beside: ['0003_rank.sql'] },
    'a file named like one of two ways': {
      listed: [...flyway, '0001_seed.sql'],
      beside: ['0002_seed.sql', 'V3__rank.sql'],
    },
    'a file under its own key': {
      listed: flyway,
      beside: ['V3__rank.sql'],
      more: '      - V3__rank.sql=sql/V3__rank.sql\n',
    },
    'a file under another key': {
      listed: flyway,
      beside: ['V3__rank.sql'],
      more: '      - V3__other.sql=sql/V3__rank.sql\n',
    },
    'only files under other keys': {
      listed: [],
      beside: ['V1__init.sql', 'V2__score.sql'],
      more: '      - V1__first.sql=sql/V1__init.sql\n',
    },
    'a file whose name another key has': {
      listed: flyway,
      beside: ['V3__rank.sql'],
      more: '      - V3__rank.sql=other.sql\n',
      files: { 'app/other.sql': '' },
    },
    'files of two folders': {
      listed: flyway,
      beside: ['V3__rank.sql'],
      more: '      - more/V4__x.sql\n',
      files: { 'app/more/V4__x.sql': '' },
    },
    'a file of another folder, named in another way': {
      listed: flyway,
      beside: ['V3__rank.sql'],
      more: '      - more/flyway.conf\n',
      files: { 'app/more/flyway.conf': '' },
    },
    'a line that is commented out': { listed: flyway, beside: ['V3__rank.sql'], more: '      # - sql/V3__rank.sql\n' },
    'a comment about another file': { listed: flyway, beside: ['V3__rank.sql'], more: '      # - sql/V4__x.sql\n' },
    'a file in another generator': {
      listed: flyway,
      beside: ['V3__rank.sql', 'V4__x.sql'],
      kustomization: '  - name: other\n    files: [sql/V3__rank.sql]\n',
    },
    'a file in a generator of another root': {
      listed: flyway,
      beside: ['V3__rank.sql'],
      files: {
        'other/kustomization.yaml': 'configMapGenerator: [{name: other, files: [V3__rank.sql]}]\n',
        'other/V3__rank.sql': '',
      },
    },
    'a generator that nothing mounts': {
      listed: flyway,
      beside: ['V3__rank.sql'],
      volumes: '{name: sql, emptyDir: {}}, {name: other, configMap: {name: migrations}}',
    },
    'a ConfigMap outside the tree': {
      listed: flyway,
      beside: ['V3__rank.sql'],
      volumes: '{name: sql, configMap: {name: other}}',
    },
    'a ConfigMap in two volumes': {
      listed: flyway,
      beside: ['V3__rank.sql'],
      volumes: '{name: sql, configMap: {name: migrations}}, {name: sql, configMap: {name: migrations}}',
    },
  },
  lintJob,
);
