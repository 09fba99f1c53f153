import type { Delivery } from '../../../delivery/delivery.ts';
import { readEnv } from '../../../delivery/dockerfiles/instructions.ts';
import type { Container } from '../../../objects/workload.ts';
import { readEnvironment, type Variable } from '../../environment/environment.ts';
import { haveSameSource } from '../../images/image-source.ts';
import type { Migration } from '../../migrations/migration.ts';
import { textAround } from '../../migrations/migration-command.ts';
import type { Service } from '../../releases/release.ts';
import type { RootModel } from '../../root-model.ts';
import { toolModes } from '../../tools/tool-modes.ts';

/** A variable that chooses the settings of a tool, which the service sets and its migration does not. */
export interface ModeDifference {
  readonly tool: string;
  /** What the tool takes without it. */
  readonly fallback: string;
  /** The migration's container. */
  readonly container: Container;
  /** As the service has it. */
  readonly variable: Variable;
  readonly service: Service;
}

/** Finds the difference between a migration and a service of the same source; an image may set the variable, too. */
export function findModeDifference(
  { config, delivery }: RootModel,
  migration: Migration,
  service: Service,
): ModeDifference | undefined {
  const { command } = migration;
  const tool = command?.tool?.name ?? '';
  const mode = toolModes.get(tool);
  if (command === undefined || mode === undefined) return undefined;
  const { container } = command;
  const text = textAround(command);
  if (mode.flag.test(text)) return undefined;
  const own = readEnvironment(container, migration.job, config);
  const name = mode.variable;
  if (own.variables.has(name) || own.unknownImports.some(({ objectKind }) => objectKind === 'ConfigMap'))
    return undefined;
  if (text.includes(`${name}=`) || isSetByImage(delivery, name)) return undefined;
  for (const other of service.workload.pod.containers) {
    if (!haveSameSource(other.image.value ?? '', container.image.value ?? '')) continue;
    const variable = readEnvironment(other, service.workload, config).variables.get(name);
    if (variable?.value === undefined || variable.secret || mode.unset?.test(variable.value)) continue;
    return { tool, fallback: mode.fallback, container, variable, service };
  }
  return undefined;
}

/** Whether a Dockerfile of the repository sets a variable. */
function isSetByImage(delivery: Delivery | undefined, name: string): boolean {
  const instructions = delivery?.dockerfiles.flatMap((dockerfile) => dockerfile.instructions) ?? [];
  return instructions.some(
    (instruction) => instruction.keyword === 'ENV' && readEnv(instruction).some(([key]) => key === name),
  );
}
