import type { Dockerfile, Instruction, Packages } from '../delivery/delivery.ts';
import { lastStage } from '../delivery/dockerfile.ts';
import type { Report, Rule } from '../lint/rule.ts';

/** A migration's image without what runs the migration. */
export const dockerfileClient: Rule = {
  id: 'dockerfile-client',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: "The migration's image is built without the migration tool, or without the generated client",
    symptom:
      'The migration Job fails at once with `prisma: not found`, `Cannot find module` or `@prisma/client did not initialize yet`; the new pods stand in `Init:0/1`.',
    why: '`npm ci --omit=dev` (`--only=production`, `--production`) leaves out `devDependencies`, where the command of the migration tool often is: `npx prisma` then downloads some other version, or fails without a network. And `@prisma/client` is empty until `prisma generate` has run, which the install hook cannot do before the schema is copied. The rule reads the Dockerfiles whose name speaks of a migration and the package.json beside them.',
    fix: 'Move the tool to `dependencies`, or install everything in the image of the migration:\n\n```dockerfile\nRUN npm ci\nCOPY prisma ./prisma\nRUN npx prisma generate\n```',
    links: ['https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/generating-prisma-client'],
    since: '0.1.0',
  },
  check({ delivery, migrations }, report) {
    if (delivery === undefined || migrations.length === 0) return;
    for (const dockerfile of delivery.dockerfiles.filter(({ forMigration }) => forMigration)) {
      if (dockerfile.packages === undefined) continue;
      reportPruned(dockerfile, dockerfile.packages, report);
      reportNoClient(dockerfile, dockerfile.packages, report);
    }
  },
};

const tools = new Set([
  'prisma',
  'sequelize-cli',
  'drizzle-kit',
  '@mikro-orm/cli',
  'node-pg-migrate',
  'db-migrate',
  'knex',
]);
const omitsDev = /--omit[= ]dev|--only[= ]prod(uction)?|--production|--prod\b|NODE_ENV=production npm (ci|i)/;

function reportPruned(dockerfile: Dockerfile, { dependencies, devDependencies }: Packages, report: Report): void {
  const tool = [...devDependencies].find((name) => tools.has(name) && !dependencies.has(name));
  const stage = lastStage(dockerfile);
  const install = stage.filter(isInstall).at(-1);
  if (tool === undefined || install === undefined || !omitsDev.test(install.text)) return;
  const installed = stage.some(
    ({ text }) => /(npm (i|install|add)|yarn add|pnpm add)\b/.test(text) && text.includes(tool),
  );
  if (installed) return;
  report({
    message: `The migration's image is installed without \`devDependencies\`, and \`${tool}\` is one of them: the migration Job does not find its tool.`,
    at: install.at,
    related: [],
    hint: `Move \`${tool}\` to \`dependencies\`, or install without leaving anything out.`,
  });
}

function reportNoClient({ instructions }: Dockerfile, { dependencies, scripts }: Packages, report: Report): void {
  const generates = /prisma (\S+ )*generate/;
  const [from] = instructions.filter(({ keyword }) => keyword === 'FROM').slice(-1);
  if (!dependencies.has('@prisma/client') || from === undefined) return;
  if ([...instructions.map(({ text }) => text), ...scripts.values()].some((text) => generates.test(text))) return;
  // Without an install the client comes from elsewhere, such as a base image.
  const install = instructions.filter(isInstall).at(-1);
  if (install === undefined) return;
  report({
    message: `The migration's image installs \`@prisma/client\` and never runs \`prisma generate\`: what uses the client in a migration or seed fails.`,
    at: install.at,
    related: [],
    hint: 'Add `RUN npx prisma generate` after the schema has been copied.',
    severity: 'warning',
  });
}

function isInstall({ keyword, text }: Instruction): boolean {
  return keyword === 'RUN' && /\b(npm (ci|i|install)|yarn( install)?|pnpm (i|install)|bun install)\b/.test(text);
}
