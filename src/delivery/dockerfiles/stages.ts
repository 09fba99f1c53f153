import { posix } from 'node:path';
import type { Dockerfile, Instruction } from '../delivery.ts';

/** One stage of a Dockerfile: a `FROM` and what follows it. */
export interface Stage {
  /** The name behind `AS`, in lower case. */
  readonly name: string | undefined;
  readonly from: Instruction;
  /** The image or stage that it starts from, with the defaults of `ARG` filled in. */
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile in order. */
export function readStages({ instructions }: Pick<Dockerfile, 'instructions'>): Stage[] {
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  const defaults = new Map(
    instructions.slice(0, starts[0] ?? 0).flatMap(({ keyword, text }) => {
      const [, name, value] = /^(\w+)=(.*)$/.exec(keyword === 'ARG' ? text : '') ?? [];
      return name === undefined || value === undefined ? [] : [[name, value.replace(/^(["'])(.*)\1$/, '$2')] as const];
    }),
  );
  return starts.flatMap((start, index): Stage[] => {
    const from = instructions[start];
    if (from === undefined) return [];
    const words = from.text.split(' ').filter((word) => !word.startsWith('--'));
    const as = words.findIndex((word) => /^as$/i.test(word));
    return [
      {
        name: as < 0 ? undefined : words[as + 1]?.toLowerCase(),
        from,
        base: fillArguments(words[0] ?? '', defaults),
        instructions: instructions.slice(start + 1, starts[index + 1]),
      },
    ];
  });
}

function fillArguments(text: string, defaults: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)/g,
    (whole, braced?: string, fallback?: string, bare?: string) =>
      defaults.get(braced ?? bare ?? '') ?? fallback ?? whole,
  );
}

/**
 * The stages that an image is made of, from the one that starts from another image to the one that is built: the named
 * target, else the last. None where there is no stage of that name.
 */
export function builtStages(dockerfile: Pick<Dockerfile, 'instructions' | 'target'>): Stage[] {
  const stages = readStages(dockerfile);
  const target = dockerfile.target?.toLowerCase();
  const chain: Stage[] = [];
  let index = target === undefined ? stages.length - 1 : stages.findIndex(({ name }) => name === target);
  for (let stage = stages[index]; stage !== undefined; stage = stages[index]) {
    chain.unshift(stage);
    const { base } = stage;
    index = stages.slice(0, index).findLastIndex(({ name }) => name === base.toLowerCase());
  }
  return chain;
}

/** The instructions that an image is made of, those of the stages that it starts from included. */
export function builtInstructions(dockerfile: Pick<Dockerfile, 'instructions' | 'target'>): Instruction[] {
  return builtStages(dockerfile).flatMap((stage) => stage.instructions);
}

/** Where the migration's Dockerfile stands beside others: the one that the service is built from. */
export function findServiceDockerfile(migration: Dockerfile, all: readonly Dockerfile[]): Dockerfile | undefined {
  const folder = posix.dirname(migration.file.path);
  const others = all.filter(({ forMigration, file }) => !forMigration && file !== migration.file);
  const beside = others.filter(({ file }) => posix.dirname(file.path) === folder);
  const stem = stemOf(migration);
  return (
    beside.find((other) => stemOf(other) === stem) ??
    beside.find(({ file }) => posix.basename(file.path) === 'Dockerfile')
  );
}

/** The words of a Dockerfile's name that say which service it is for: of `Dockerfile.shop-migration` it is `shop`. */
function stemOf({ file }: Dockerfile): string {
  const words = posix
    .basename(file.path)
    .toLowerCase()
    .split(/[._-]+/);
  return words.filter((word) => !/^(dockerfile|docker|migrat\w*|db|service|app|prod|production)$/.test(word)).join('-');
}
