import type { NamedUse } from '../../flux/substitution/substitution-outcome.ts';
import { argvOf } from '../../objects/argv.ts';
import type { ConfigObject } from '../../objects/config-object.ts';
import { type Field, isPresent } from '../../objects/view.ts';
import type { Container, WorkloadContainer } from '../../objects/workload.ts';
import { type Span, sameSpan } from '../../source/span.ts';
import { findMountedConfig } from '../environment/mounted-config.ts';
import type { RootModel } from '../root-model.ts';

/** Variables that Flux replaced with nothing in one value of a container. */
export interface EmptiedUses {
  readonly uses: readonly NamedUse[];
  readonly field: Field<string>;
  /** The variable of the container whose value it is; undefined for its command and arguments. */
  readonly variable: string | undefined;
}

/** Finds them in the command, the arguments and the literal `env` of a container. */
export function findEmptiedUses({ substitution }: RootModel, container: Container): EmptiedUses[] {
  if (substitution.emptied.length === 0) return [];
  const words = argvOf(container).map((field) => ({ field, variable: undefined }));
  const values = container.env.flatMap(({ name, source }) =>
    source.kind === 'literal' ? [{ field: source.value, variable: name }] : [],
  );
  return [...words, ...values].flatMap(({ field, variable }) => {
    const { at, steps } = field.place;
    const uses = substitution.emptied.filter((use) =>
      isPresent(field) ? steps.some((step) => sameSpan(step.at, use.at)) : isWholeValue(use.at, at),
    );
    return uses.length === 0 ? [] : [{ uses, field, variable }];
  });
}

/** Whether a variable was all that was written behind a key, apart from other variables. */
function isWholeValue(use: Span, key: Span): boolean {
  return use.file === key.file && /^:\s*["']?(\$\{[^{}]*\})*$/.test(use.file.text.slice(key.end, use.start));
}

/** A script in a ConfigMap that a container mounts, in which Flux replaced variables with nothing. */
export interface EmptiedScript {
  readonly uses: readonly NamedUse[];
  readonly config: ConfigObject;
  readonly key: string;
}

/** Finds the shell scripts among the files of the ConfigMaps that a container mounts. */
export function findEmptiedScripts(
  { substitution, config }: RootModel,
  { workload, container }: WorkloadContainer,
): EmptiedScript[] {
  if (substitution.emptied.length === 0) return [];
  return findMountedConfig(config, workload, [container]).flatMap((each) =>
    [...each.keys].flatMap(([key, { value = '', place }]): EmptiedScript[] => {
      if (!key.endsWith('.sh') && !/^#!.*sh\b/.test(value)) return [];
      const uses = substitution.emptied.filter((use) => place.steps.some((step) => sameSpan(step.at, use.at)));
      return uses.length === 0 ? [] : [{ uses, config: each, key }];
    }),
  );
}
