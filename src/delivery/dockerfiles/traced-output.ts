import { type Migration, migratingContainer } from '../../model/migrations/migration.ts';
import { readInvocations } from '../../shell/command-line.ts';
import type { Delivery } from '../delivery.ts';
import type { Dockerfile, Instruction } from './dockerfile.ts';
import { findMigrationDockerfile } from './image-dockerfile.ts';
import { readCopy } from './instructions.ts';
import { builtInstructions } from './stages.ts';

/** A migration tool that is not in an image which holds only the standalone output of Next.js. */
export interface UntracedTool {
  readonly tool: string;
  /** Copies the output into the image. */
  readonly copy: Instruction;
}

/** Command line tools that no code imports, and what calls them. */
const tools: readonly (readonly [name: string, calls: RegExp])[] = [
  ['prisma', /^prisma\b|^node (\S*\/)?node_modules\/prisma\//],
  ['drizzle-kit', /^drizzle-kit\b|^node (\S*\/)?node_modules\/drizzle-kit\//],
  ['sequelize-cli', /^sequelize(-cli)?\b/],
  ['tsx', /^tsx\b/],
  ['ts-node', /^ts-node\b/],
];

/**
 * Finds it by the Dockerfile that the image is built from. Next.js traces what the code imports and copies only that
 * into `.next/standalone`, so a tool that nothing imports is not there, unless the image gets it in another way.
 */
export function findUntracedTool(
  delivery: Delivery,
  migration: Migration,
  serviceImages: ReadonlySet<string>,
): UntracedTool | undefined {
  const container = migratingContainer(migration);
  if (container === undefined) return undefined;
  const calls = readInvocations(container).map(({ words }) => words.join(' '));
  const tool = tools.find(([, pattern]) => calls.some((call) => pattern.test(call)))?.[0];
  if (tool === undefined) return undefined;
  const dockerfile = findMigrationDockerfile(delivery, migration, serviceImages);
  const instructions = dockerfile === undefined ? [] : builtInstructions(dockerfile);
  const copy = instructions.find(({ keyword, text }) => keyword === 'COPY' && /\.next\/standalone\/?\s/.test(text));
  if (dockerfile === undefined || copy === undefined || tracesMore(dockerfile)) return undefined;
  return instructions.some((instruction) => mayBring(tool, instruction)) ? undefined : { tool, copy };
}

/** Whether an instruction may add a tool: it copies all packages, this one or a whole project, or installs something. */
function mayBring(tool: string, instruction: Instruction): boolean {
  const { keyword, text } = instruction;
  if (keyword === 'RUN') return text.includes(tool) || /\b(npm|pnpm|yarn|bun|corepack)\b/.test(text);
  const sources = readCopy(instruction)?.sources ?? [];
  return sources.some(
    (source) =>
      /node_modules(?:\/?$|\/\.(?:bin|pnpm)\b)/.test(source) ||
      source.includes(`node_modules/${tool}`) ||
      /^(\.|\/?|\/[\w.-]+|\/usr\/src\/\w+)\/?$/.test(source),
  );
}

/** Whether the settings of Next.js add files to its output, or are not where they are looked for. */
function tracesMore({ read }: Dockerfile): boolean {
  const settings = ['js', 'mjs', 'ts', 'cjs'].flatMap((ending) => read(`next.config.${ending}`) ?? []);
  return settings.length === 0 || settings.some(({ text }) => text.includes('outputFileTracing'));
}
