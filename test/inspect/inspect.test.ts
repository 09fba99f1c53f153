import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { inspectModels } from '../../src/inspect/inspect-models.ts';
import { writeInspection } from '../../src/inspect/write-inspection.ts';
import { readTrees } from '../../src/read-trees.ts';
import { displayPath } from '../../src/report/display-path.ts';
import { nodeFileSystem } from '../../src/source/files/file-system.ts';
import { enter } from '../support/disk.ts';

const project = posix.join(enter(import.meta.dirname), '../..');

async function inspect(path: string) {
  const { models } = await readTrees([path], project, { config: false }, nodeFileSystem);
  return inspectModels([...models.values()], (each) => displayPath(each, project));
}

describe('inspect', () => {
  test('draws the release of the example', async () => {
    await expect(writeInspection(await inspect('examples/correct'))).toMatchFileSnapshot('correct.txt');
  });

  test('says what is not found', async () => {
    await expect(writeInspection(await inspect('examples/faulty'))).toMatchFileSnapshot('faulty.txt');
  });

  test('several services, and what the schema is asked', async () => {
    const text = writeInspection(await inspect('fixtures/rules/wait-missing/good-schema-waiter'));
    expect(text).toContain('└─ check-schema (checks the schema) ─▶ Deployment orders');
    const waves = writeInspection(await inspect('fixtures/rules/resource-order/good-argo-wave'));
    expect(waves).toContain('└─ Argo CD waits ─▶ Deployment orders');
    const several = writeInspection(await inspect('test/inspect/several.yaml'));
    expect(several).toBe(
      [
        'test/inspect/several.yaml (applier unknown: nothing in the tree shows it)',
        '',
        '  Job shop-migration-v1.4.0  test/inspect/several.yaml:4',
        '  │   runs       alembic upgrade head (Alembic)',
        '  │   image      registry.example.com/shop:v1.4.0',
        '  │   settings   Secret shop-database',
        '  │   because    container `wait` of Deployment `shop` waits for Job `shop-migration-v1.4.0`',
        '  │              its container `migrate` runs `alembic upgrade head` (Alembic)',
        '  │              its name `shop-migration-v1.4.0` says so',
        '  │',
        '  ├─ wait (kubectl wait) ─▶ Deployment shop  test/inspect/several.yaml:21',
        '  │       image      registry.example.com/shop:v1.4.0',
        "  │       settings   the Job's",
        '  │       account    default, which may not read Jobs',
        '  │       because    container `wait` of Deployment `shop` waits for Job `shop-migration-v1.4.0`',
        '  │',
        '  └─ nothing waits ─▶ Deployment worker  test/inspect/several.yaml:45',
        '          image      registry.example.com/worker:v1.4.0',
        "          settings   the Job's",
        '          account    default, which may not read Jobs',
        '          because    Deployment `worker` and Job `shop-migration-v1.4.0` take their database settings from Secret `shop-database`',
        '',
      ].join('\n'),
    );
  });

  test.each(['examples/correct', 'examples/faulty', 'fixtures/rules/flux-prune-job/good-schema-waiter'])(
    'the JSON of %s is as its schema says',
    async (path) => {
      const schema: unknown = JSON.parse(
        readFileSync(new URL('../../schemas/inspect.schema.json', import.meta.url), 'utf8'),
      );
      const validate = new Ajv().compile(schema as object);
      validate(JSON.parse(JSON.stringify(await inspect(path))));
      expect(validate.errors).toBeNull();
    },
  );
});
