import { describe, expect, test } from 'vitest';
import { modelFromYaml } from './root-from-yaml.ts';

/** Whether a Job of this name, image and command is taken for a migration. */
function isMigration(name: string, image: string, command: readonly string[]): boolean {
  const { migrations } = modelFromYaml(`
apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec:
  template:
    spec:
      containers:
        - name: main
          image: ${image}
          command: ${JSON.stringify(command)}
`);
  return migrations.length === 1;
}

describe('migration: labels that tell of a Job', () => {
  const isMigrationByLabel = (label: string) =>
    modelFromYaml(`
apiVersion: batch/v1
kind: Job
metadata: {name: report, labels: {${label}}}
spec: {template: {spec: {containers: [{name: main, image: registry.example.com/report:v1, command: [/report]}]}}}
`).migrations.length === 1;

  test('one that somebody gave it', () =>
    expect(isMigrationByLabel('app.kubernetes.io/component: migration')).toBe(true));
  test.each(['kustomize.toolkit.fluxcd.io/name: db-migration', 'helm.toolkit.fluxcd.io/name: shop-migration'])(
    'not what Flux puts on all of a Kustomization or release: %s',
    (label) => expect(isMigrationByLabel(label)).toBe(false),
  );
});

describe('migration: Jobs that migrate a database', () => {
  test.each([
    ['prisma-migrate', 'node:20-alpine', ['sh', '/setup.sh']],
    ['schema', 'registry.example.com/app:v1', ['node', 'dist/migrate.js']],
    ['shop-migration', 'registry.example.com/shop:v1', ['/app/run']],
  ])('%s: %s %j', (name, image, command) => expect(isMigration(name, image, command)).toBe(true));

  test.each([
    ['keycloak-migration', 'klg71/keycloakmigration', []],
    ['storage-version-migration', 'registry.example.com/migrate', []],
    ['nodes-migration', 'registry.example.com/drain:v1', ['/drain']],
    ['report', 'node:20-alpine', ['node', 'report.js']],
  ])('not %s: %s %j', (name, image, command) => expect(isMigration(name, image, command)).toBe(false));
});
