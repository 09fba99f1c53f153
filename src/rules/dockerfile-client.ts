import type { Dockerfile } from '../delivery/dockerfiles/dockerfile.ts';
import { findInstall, holdsCode } from '../delivery/dockerfiles/install.ts';
import { migrationDockerfiles } from '../delivery/dockerfiles/migration-dockerfiles.ts';
import { findMissingProgram, type MissingProgram } from '../delivery/dockerfiles/missing-program.ts';
import { neededTools } from '../delivery/dockerfiles/needed-tools.ts';
import { findUntracedTool, type UntracedTool } from '../delivery/dockerfiles/traced-output.ts';
import { serviceRepositories } from '../delivery/images/release-images.ts';
import { type Packages, scriptText } from '../delivery/packages/packages.ts';
import type { Report, Rule } from '../lint/rule.ts';
import type { Migration } from '../model/migrations/migration.ts';
import { describeObject, pointAtName, referTo } from '../objects/kubernetes-object.ts';
import { matchesInOrder } from '../text/matches-in-order.ts';

/** A migration image without the tool or client that runs the migration. */
export const dockerfileClient: Rule = {
  id: 'dockerfile-client',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: "The migration's image is built without the migration tool, or without the generated client",
    symptom:
      'The migration Job fails at once with `prisma: not found`, `Cannot find module` or `@prisma/client did not initialize yet`; the new pods stay in `Init:0/1`.',
    why: '`npm ci --omit=dev` (`--only=production`, `--production`) leaves out `devDependencies`, which often include the migration tool. `npx prisma` then downloads some other version, or fails without a network. `NODE_ENV=production` and `npm prune --omit=dev` do the same as the flags. And `@prisma/client` is empty until `prisma generate` has run, which the install hook cannot do before the schema is copied.\n\nThe rule reads the Dockerfiles that are named for a migration, or that the pipeline builds the image of a migration from. It follows their stages and what these copy from each other, and reads the package.json beside them. It looks for the tool that the Job runs.\n\nOf other tools it knows base images that cannot run them: `dotnet ef` needs the .NET SDK, which `dotnet/aspnet` lacks; the image of an Elixir release has no `mix`; and a distroless image has no shell and no `npx`. An image that only gets `.next/standalone` has no `prisma` and no `drizzle-kit`, since Next.js copies there what the code imports.\n\nNot reported:\n\n- an image that gets `.next/standalone`, if `next.config.js` adds files (`outputFileTracingIncludes`)',
    fix: 'Move the tool to `dependencies`, or install everything in the image of the migration:\n\n```dockerfile\nRUN npm ci\nCOPY prisma ./prisma\nRUN npx prisma generate\n```',
    links: ['https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/generating-prisma-client'],
    since: '0.1.0',
  },
  check(model, report) {
    const { delivery, migrations } = model;
    if (delivery === undefined) return;
    const serviceImages = serviceRepositories(model);
    for (const migration of migrations) {
      const missing = findMissingProgram(delivery, migration, serviceImages);
      if (missing) reportMissing(migration, missing, report);
      const untraced = findUntracedTool(delivery, migration, serviceImages);
      if (untraced) reportUntraced(migration, untraced, report);
    }
    for (const dockerfile of migrationDockerfiles(delivery, migrations)) {
      if (dockerfile.packages === undefined) continue;
      reportPruned(dockerfile, dockerfile.packages, migrations, report);
      reportNoClient(dockerfile, dockerfile.packages, report);
    }
  },
};

function reportMissing(
  { job: { object } }: Migration,
  { program, base, from, lacks, hint }: MissingProgram,
  report: Report,
): void {
  report({
    message: `${describeObject(object)} runs \`${program}\` in an image that is built on \`${base}\`, which lacks ${lacks}: the migration fails at once.`,
    at: from.at,
    related: [pointAtName(object)],
    object: referTo(object),
    hint,
  });
}

function reportUntraced({ job: { object } }: Migration, { tool, copy }: UntracedTool, report: Report): void {
  report({
    message: `${describeObject(object)} runs \`${tool}\` in an image that holds only the standalone output of Next.js, which leaves out what no code imports: the Job does not find its tool, or \`npx\` downloads another version of it.`,
    at: copy.at,
    related: [pointAtName(object)],
    object: referTo(object),
    hint: "Build the migration's image from a stage that has all of `node_modules`.",
  });
}

function reportPruned(
  dockerfile: Dockerfile,
  packages: Packages,
  migrations: readonly Migration[],
  report: Report,
): void {
  const { dependencies, devDependencies } = packages;
  const install = findInstall(dockerfile);
  const tool = neededTools(migrations, packages).find((name) => devDependencies.has(name) && !dependencies.has(name));
  if (tool === undefined || install === undefined || !install.omitsDev || install.isFiltered) return;
  const added = dockerfile.instructions.some(({ text }) => addsPackage.test(text) && text.includes(tool));
  if (added) return;
  report({
    message: `The migration's image is installed without \`devDependencies\`, and \`${tool}\` is one of them: the migration Job does not find its tool, or \`npx\` downloads another version of it.`,
    at: install.instruction.at,
    related: [],
    hint: `Move \`${tool}\` to \`dependencies\`, or install all dependencies.`,
  });
}

const addsPackage = /\b(npm (i|install|add)|yarn (global )?add|pnpm add|bun add)\b/;

/** Without an install the client comes from elsewhere, such as a base image; without code nothing uses it. */
function reportNoClient(dockerfile: Dockerfile, packages: Packages, report: Report): void {
  const install = findInstall(dockerfile);
  if (!packages.dependencies.has('@prisma/client') || install === undefined || install.isFiltered) return;
  if (!holdsCode(dockerfile)) return;
  // The package's own hook generates the client if the schema is already there.
  if (install.hasSources && !install.ignoresScripts) return;
  const known = install.ignoresScripts ? { scripts: withoutHooks(packages) } : packages;
  const texts = dockerfile.instructions.map(({ text }) => scriptText(text, known));
  if (texts.some((text) => generatesClient(text))) return;
  report({
    message: `The migration's image installs \`@prisma/client\` but never runs \`prisma generate\`: a migration or seed that uses the client fails.`,
    at: install.instruction.at,
    related: [],
    hint: 'Add `RUN npx prisma generate` after the schema has been copied.',
    severity: 'warning',
  });
}

function generatesClient(text: string): boolean {
  return /\.prisma\b/.test(text) || text.split('\n').some((line) => matchesInOrder(line, /prisma /, /(?<!\S)generate/));
}

function withoutHooks({ scripts }: Packages): ReadonlyMap<string, string> {
  return new Map([...scripts].filter(([name]) => !/^(pre|post)?install$|^prepare$/.test(name)));
}
