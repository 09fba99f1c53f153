import type { Dockerfile, Instruction, Recipe } from './dockerfile.ts';

/** One stage of a Dockerfile: a `FROM` and what follows it. */
export interface Stage {
  /** The name after `AS`, in lower case. */
  readonly name: string | undefined;
  readonly from: Instruction;
  /** The image or stage that it starts from, with the defaults of `ARG` filled in. */
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

/** How many stages are read; Dockerfiles have a handful. */
const mostStages = 100;

/** The stages of a Dockerfile in order. */
export function readStages({ instructions }: Pick<Dockerfile, 'instructions'>): Stage[] {
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : [])).slice(0, mostStages);
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
    /\$\{(\w+)(?:\}|:?-([^}]*)(?:\}|$))|\$(\w+)/g,
    (whole, braced?: string, fallback?: string, bare?: string) =>
      defaults.get(braced ?? bare ?? '') ?? fallback ?? whole,
  );
}

/** The stages that an image is made of, the built one last. None if the named stage does not exist. */
export function builtStages(dockerfile: Recipe): Stage[] {
  const stages = readStages(dockerfile);
  return stagesUpTo(builtIndex(dockerfile, stages), stages);
}

/** The index of the stage that is built: the named target, or the last stage; -1 if there is no such stage. */
export function builtIndex({ target }: Pick<Dockerfile, 'target'>, stages: readonly Stage[]): number {
  const wanted = target?.toLowerCase();
  return wanted === undefined ? stages.length - 1 : stages.findIndex(({ name }) => name === wanted);
}

/** The stage at an index, after the stages that it starts from, outermost first; none if there is no such stage. */
export function stagesUpTo(index: number, stages: readonly Stage[]): Stage[] {
  const chain: Stage[] = [];
  let at = index;
  for (let stage = stages[at]; stage !== undefined; stage = stages[at]) {
    chain.unshift(stage);
    const base = stage.base.toLowerCase();
    at = stages.slice(0, at).findLastIndex(({ name }) => name === base);
  }
  return chain;
}

/** The instructions that an image is made of, including those of the stages that it starts from. */
export function builtInstructions(dockerfile: Recipe): Instruction[] {
  return builtStages(dockerfile).flatMap((stage) => stage.instructions);
}
