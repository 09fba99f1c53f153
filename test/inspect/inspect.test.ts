import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { inspectModels } from '../../src/inspect/inspect-models.ts';
import { writeInspection } from '../../src/inspect/write-inspection.ts';
import { readTrees } from '../../src/read-trees.ts';
import { displayPath } from '../../src/report/display-path.ts';
import { nodeFileSystem } from '../../src/source/file-system.ts';

const project = join(import.meta.dirname, '../..');

async function inspect(path: string) {
  const { models } = await readTrees([path], project, { config: false }, nodeFileSystem);
  return inspectModels(models, (each) => displayPath(each, project));
}

describe('inspect', () => {
  test('draws the release of the example', async () => {
    await expect(writeInspection(await inspect('examples/correct'))).toMatchFileSnapshot('correct.txt');
  });

  test('says what is not found', async () => {
    const text = writeInspection(await inspect('examples/faulty'));
    expect(text).toContain('(not in this build)');
  });

  test.each(['examples/correct', 'examples/faulty', 'fixtures/rules/flux-prune-job/good-schema-waiter'])(
    'the JSON of %s is as its schema says',
    async (path) => {
      const schema: unknown = JSON.parse(readFileSync(join(project, 'schemas/inspect.schema.json'), 'utf8'));
      const validate = new Ajv().compile(schema as object);
      validate(JSON.parse(JSON.stringify(await inspect(path))));
      expect(validate.errors).toBeNull();
    },
  );
});
