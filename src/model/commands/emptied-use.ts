import type { NamedUse } from '../../flux/substitution/substitution-outcome.ts';
import { sameSpan } from '../../source/span.ts';
import type { Present } from '../objects/view.ts';
import { isPresent } from '../objects/view.ts';
import type { Container } from '../objects/workload.ts';
import type { RootModel } from '../root-model.ts';

/** Variables that Flux replaced with nothing in one value of a container. */
export interface EmptiedUses {
  readonly uses: readonly NamedUse[];
  readonly field: Present<string>;
  /** The variable of the container whose value it is; undefined for its command and arguments. */
  readonly variable: string | undefined;
}

/** Finds them in the command, the arguments and the literal `env` of a container. */
export function findEmptiedUses({ substitution }: RootModel, container: Container): EmptiedUses[] {
  if (substitution.emptied.length === 0) return [];
  const words = [...container.command, ...container.args].map((field) => ({ field, variable: undefined }));
  const values = container.env.flatMap(({ name, source }) =>
    source.kind === 'literal' && isPresent(source.value) ? [{ field: source.value, variable: name }] : [],
  );
  return [...words, ...values].flatMap(({ field, variable }) => {
    const steps = field.place.steps.filter(({ by }) => by === 'substitution');
    const uses = substitution.emptied.filter(({ at }) => steps.some((step) => sameSpan(step.at, at)));
    return uses.length === 0 ? [] : [{ uses, field, variable }];
  });
}
