import { type Migration, migratingContainer } from '../../model/migrations/migration.ts';
import { parseImage, shortRepository } from '../../objects/image.ts';
import { readInvocations } from '../../shell/command-line.ts';
import { baseName } from '../../text/base-name.ts';
import type { Delivery } from '../delivery.ts';
import type { Instruction } from './dockerfile.ts';
import { findMigrationDockerfile } from './image-dockerfile.ts';
import { builtStages } from './stages.ts';

/** A program that a migration runs and that nothing puts into its image. */
export interface MissingProgram {
  /** The call in a sentence: `dotnet ef`. */
  readonly program: string;
  readonly base: string;
  /** The `FROM` that names the base image. */
  readonly from: Instruction;
  /** What the base image lacks. */
  readonly lacks: string;
  readonly hint: string;
}

interface Absence {
  /** The base images that lack it, without the prefixes of Docker Hub. */
  readonly base: RegExp;
  /** Tags of the base that have the program. */
  readonly exceptTag?: RegExp;
  /** What the container calls: the whole commands, also in a script, or only the program that it starts. */
  readonly calls: RegExp;
  readonly startsOnly?: true;
  /** Instructions that may add the program. */
  readonly addedBy: RegExp;
  readonly lacks: string;
  readonly hint: string;
}

const absences: readonly Absence[] = [
  {
    base: /(^|\/)dotnet\/(aspnet|runtime|runtime-deps)$/,
    calls: /^(dotnet )?(dotnet-)?ef\b/,
    addedBy: /dotnet-sdk|dotnet-install|dotnet\/sdk|\/(share|lib)\/dotnet/,
    lacks: 'the .NET SDK',
    hint: 'Build a bundle with `dotnet ef migrations bundle` in the stage that has the SDK, copy it, and let the Job run it.',
  },
  {
    base: /^(alpine|debian|ubuntu|erlang)$/,
    calls: /^mix\b/,
    addedBy: /elixir|\bmix (local|deps)|asdf|mise/,
    lacks: 'Elixir and its `mix`',
    hint: 'Call a function of the release instead: `command: [/app/bin/APP, eval, "App.Release.migrate"]`.',
  },
  {
    base: /(^|\/)distroless\/|^scratch$/,
    exceptTag: /debug/,
    calls: /^(sh|bash|ash|npm|npx|yarn|pnpm)$/,
    startsOnly: true,
    addedBy: /busybox|\/bin\/|\/usr\/local|npm|\/ \/$/,
    lacks: 'a shell and package managers',
    hint: 'Let the Job run the program itself, without a shell; or start from another base image.',
  },
];

/** Finds the first program that a migration runs and that its image lacks, by the Dockerfile that the image is built from. */
export function findMissingProgram(
  delivery: Delivery,
  migration: Migration,
  serviceImages: ReadonlySet<string>,
): MissingProgram | undefined {
  const container = migratingContainer(migration);
  const dockerfile = findMigrationDockerfile(delivery, migration, serviceImages);
  const stages = dockerfile === undefined ? [] : builtStages(dockerfile);
  const [outermost] = stages;
  if (container === undefined || outermost === undefined) return undefined;
  const { repository, tag = '' } = parseImage(outermost.base);
  const name = shortRepository(repository);
  const texts = stages.flatMap(({ instructions }) => instructions.map(({ text }) => text));
  const calls = readInvocations(container).map(({ words }) => words.join(' '));
  const [program] = container.command;
  for (const { base, exceptTag, calls: pattern, startsOnly, addedBy, lacks, hint } of absences) {
    if (!base.test(name) || exceptTag?.test(tag) || texts.some((text) => addedBy.test(text))) continue;
    const candidates = startsOnly ? [baseName(program?.value ?? '')] : calls;
    const found = candidates.flatMap((call) => pattern.exec(call)?.[0] ?? [])[0];
    if (found !== undefined) return { program: found, base: outermost.base, from: outermost.from, lacks, hint };
  }
  return undefined;
}
