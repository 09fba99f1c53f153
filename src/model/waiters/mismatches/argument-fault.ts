import { historyOf, type Place } from '../../../objects/place.ts';
import { listNames } from '../../../text/list-names.ts';
import type { TargetMatch } from '../target-match.ts';
import type { NameMismatch } from './name-mismatch.ts';

/** Explains an argument that can be the name of no Job; undefined if it can. */
export function explainArgument(match: TargetMatch, asked: string, place: Place): NameMismatch | undefined {
  return (
    explainUnsetVariable(match, asked, place) ??
    explainKind(match, asked, place) ??
    explainOverwrittenKind(match, asked, place)
  );
}

/** Kubernetes leaves `$(NAME)` in an argument as it is if the container has no such variable. */
function explainUnsetVariable(
  { waiter: { container } }: TargetMatch,
  asked: string,
  place: Place,
): NameMismatch | undefined {
  const variable = /\$\((\w+)\)/.exec(asked)?.[1];
  const own = container.env.map(({ name }) => name);
  if (variable === undefined || container.envFrom.length > 0 || own.includes(variable)) return undefined;
  return {
    at: place.at,
    clause: `the container has no variable \`${variable}\`, so the argument stays as it is`,
    related: historyOf(place, 'argument'),
    hint:
      own.length === 0
        ? `Set \`${variable}\` in the \`env\` of the container, to the name of the Job.`
        : `Set \`${variable}\` in the \`env\` of the container, to the name of the Job; it has only ${listNames(own)}.`,
  };
}

/** k8s-wait-for runs `kubectl describe jobs NAME`, where the name cannot have the kind before it as well. */
function explainKind({ waiter: { tool } }: TargetMatch, asked: string, place: Place): NameMismatch | undefined {
  const [kind, name] = tool === 'k8s-wait-for' ? splitKind(asked) : [];
  if (name === undefined) return undefined;
  return {
    at: place.at,
    clause: `k8s-wait-for takes the bare name, and \`kubectl describe jobs ${asked}\` always fails`,
    related: historyOf(place, 'argument'),
    hint: `Leave out \`${kind}\`.`,
  };
}

/** `kubectl wait orders-migration-v2/NAME`: the Job's name stands where `job` should. */
function explainOverwrittenKind(
  { waiter: { tool } }: TargetMatch,
  asked: string,
  place: Place,
): NameMismatch | undefined {
  const [kind = '', name] = asked.split('/');
  if (name === undefined || !tool.startsWith('kubectl ')) return undefined;
  return {
    at: place.at,
    clause: `kubectl takes \`${kind}\` for the kind of the object`,
    related: historyOf(place, 'argument'),
    hint: 'Give the replacement `options: {delimiter: "/", index: 1}`, so that `job/` stays in front of the name.',
  };
}

/** Splits `job/NAME`. */
export function splitKind(asked: string): readonly [kind: string, name: string] | readonly [] {
  const [, kind, name] = /^(jobs?(?:\.[\w.]+)?\/)(.+)$/.exec(asked) ?? [];
  return kind === undefined || name === undefined ? [] : [kind, name];
}
