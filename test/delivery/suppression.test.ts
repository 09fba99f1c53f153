import { expect, test } from 'vitest';
import { findAround, gitlab } from './repository.ts';

const dockerfile =
  'FROM node:20-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npx prisma generate\n';

test('comments in Dockerfiles', async () => {
  const of = (text: string) => findAround({ 'Dockerfile.migration': dockerfile + text });
  expect(await of('CMD ["npm", "start"]\n')).toEqual([
    'dockerfile-command Dockerfile.migration:7 CMD ["npm", "start"]',
  ]);
  expect(
    await of('# migrate-lint-disable-next-line dockerfile-command -- for use by hand\nCMD ["npm", "start"]\n'),
  ).toEqual([]);
  expect(await of('CMD ["npm", "start"]\n# migrate-lint-disable-file dockerfile-command\n')).toEqual([]);
  expect(await of('# migrate-lint-disable-file dockerfile-command\n')).toEqual([
    'suppression-unused Dockerfile.migration:7 dockerfile-command',
  ]);
});

test('comments in pipelines, and in the scripts of pipelines', async () => {
  const edit = "    - 'sed -i s/a/b/ x.yaml'\n";
  const of = (script: string) => findAround(gitlab(`release:\n  script:\n${script}`));
  expect(await of(edit)).toHaveLength(1);
  expect(await of(`    # migrate-lint-disable-next-line ci-variables-file -- made by hand\n${edit}`)).toEqual([]);
  expect(
    await of('    - |\n      # migrate-lint-disable-next-line ci-variables-file\n      sed -i s/a/b/ x.yaml\n'),
  ).toEqual([]);
  expect(await of('    - echo # migrate-lint-disable-line ci-skip\n')).toEqual([
    'suppression-unused .gitlab-ci.yml:3 ci-skip',
  ]);
});
