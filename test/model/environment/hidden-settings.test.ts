// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that a shell fills.
import { describe, expect, test } from 'vitest';
import { mayHaveHiddenSettings } from '../../../src/model/environment/hidden-settings.ts';
import { firstOf } from '../../support/first-of.ts';
import { containerOf, jobOf } from '../../support/job-from-yaml.ts';

/** Whether a container with this command line may have settings that its environment does not show. */
function isHidden(command: readonly string[]): boolean {
  return mayHaveHiddenSettings(containerOf(`image: shop, command: ${JSON.stringify(command)}`));
}

const sh = (script: string) => ['sh', '-c', script];

describe('hidden-settings', () => {
  test.each([
    [['psql', '-h', 'postgres', '-f', 'schema.sql']],
    [['psql', '--host=postgres']],
    [['createdb', '--host', 'postgres']],
    [sh('mysql -u root -h "db" < schema.sql')],
    [sh("mariadb -h 'db'")],
    [sh('mongosh --host db')],
    [sh('clickhouse-client --host db')],
    [sh('psql -hpostgres')],
    [sh('ORDERS_DSN2=x npm run migrate')],
    [sh('migrate -url postgres://$A/x -url postgres://$A/$B')],
    [sh('migrate -url "postgres://a b@$DB_HOST/$DB_NAME"')],
    [['migrate', '-database', 'postgres://db/orders', 'up']],
    [['migrate', '-database', 'postgres://user:secret@db:5432/$(DB_NAME)', 'up']],
    [['migrate', '-database', 'postgres://$(DB_HOST)/orders', 'up']],
    [sh('export DATABASE_URL=$(cat /run/url); npm run migrate')],
    [sh('PGHOST=db psql')],
    [sh('ORDERS_DSN=x npm run migrate')],
    [sh('. /vault/secrets/database && npm run migrate')],
    [sh('set -e; source .env\nnpm run migrate')],
    [sh('cd app && eval "$(direnv export bash)"')],
  ])('%j names settings', (command) => {
    expect(isHidden(command)).toBe(true);
  });

  test.each([
    [['npm', 'run', 'migrate']],
    [sh('psql -f schema.sql; df -h /data')],
    [sh('psql -h "$PGHOST"')],
    [sh('host psql')],
    [['migrate', '-database', '$(DATABASE_URL)', 'up']],
    [['migrate', '-database', 'postgres://$(DB_USER):$(DB_PASSWORD)@$(DB_HOST):5432/$(DB_NAME)', 'up']],
    [['migrate', '-database', 'postgres://$DB_HOST/${DB_NAME}?sslmode=disable', 'up']],
    [['migrate', '-database', 'postgres://$DB_HOST/$DATABASE', 'up']],
    [['migrate', '-database', 'postgres://$(DB_USER)@$(DB_HOST)/$(DB_NAME)', 'up']],
    [sh('NODE_ENV=production npm run migrate')],
    [sh('HOST=x npm run migrate')],
    [sh('resource --evaluate all')],
  ])('%j does not', (command) => {
    expect(isHidden(command)).toBe(false);
  });

  test('a mounted file may hold settings', () => {
    const { job } = jobOf({
      containers: '{name: migrate, image: shop, volumeMounts: [{name: config, mountPath: /etc/shop}]}',
      spec: 'volumes: [{name: config, configMap: {name: shop}}]',
    });
    expect(mayHaveHiddenSettings(firstOf(job.pod.containers))).toBe(true);
  });
});
