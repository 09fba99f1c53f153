import { describe, expect, test } from 'vitest';
import { findAround } from './repository.ts';

const build =
  'FROM node:22-alpine AS build\nCOPY package.json ./\nRUN npm ci\nCOPY . .\nRUN npx prisma generate && npm run build\n';
const output = 'COPY --from=build /app/.next/standalone ./\n';
const settings = { 'next.config.ts': "export default { output: 'standalone' };\n" };

/** Whether the catalogue's Job, which runs `prisma migrate deploy`, lacks its tool in an image with these last instructions. */
async function lacksTool(last: string, files: Readonly<Record<string, string>> = settings): Promise<boolean> {
  const found = await findAround({
    '.gitlab-ci.yml': undefined,
    'Dockerfile.migration': `${build}FROM node:22-alpine\n${last}`,
    ...files,
  });
  return found.some((each) => each.startsWith('dockerfile-client Dockerfile.migration:7'));
}

describe('traced-output', () => {
  test.each([
    ['the output alone', output],
    ['the migrations beside it', `${output}COPY --from=build /app/prisma ./prisma\n`],
    ['the client beside it', `${output}COPY --from=build /app/node_modules/.prisma ./node_modules/.prisma\n`],
    ['another package beside it', `${output}COPY --from=build /app/node_modules/pg ./node_modules/pg\n`],
    ['packages of the system beside it', `${output}RUN apk add openssl\n`],
  ])('%s lacks the tool', async (_, last) => {
    expect(await lacksTool(last)).toBe(true);
  });

  test.each([
    ['the tool beside it', `${output}COPY --from=build /app/node_modules/prisma ./node_modules/prisma\n`],
    ['all packages beside it', `${output}COPY --from=build /app/node_modules ./node_modules\n`],
    ['the links of tools beside it', `${output}COPY --from=build /app/node_modules/.bin ./node_modules/.bin\n`],
    ['the whole project beside it', `${output}COPY --from=build /app ./\n`],
    ['an installed tool beside it', `${output}RUN npm install -g prisma\n`],
    ['static files alone', 'COPY --from=build /app/.next/static ./.next/static\n'],
  ])('%s may have the tool', async (_, last) => {
    expect(await lacksTool(last)).toBe(false);
  });

  test('the settings of Next.js may add files, and are needed to tell', async () => {
    const added = "export default { output: 'standalone', outputFileTracingIncludes: {} };\n";
    expect(await lacksTool(output, { 'next.config.mjs': added })).toBe(false);
    expect(await lacksTool(output, {})).toBe(false);
  });
});
