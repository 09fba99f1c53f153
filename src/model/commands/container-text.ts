import { leftVariables } from '../objects/symbolic.ts';
import { type Field, type Present, withText } from '../objects/view.ts';
import type { Container } from '../objects/workload.ts';

/**
 * An argument as the container gets it: Kubernetes fills `$(NAME)` in command and args from the container's `env`,
 * where the value is a literal. What is not known stays as it is written.
 */
export function containerText(word: Present<string>, container: Container): Present<string> {
  const value = word.value.replace(/(\$?)\$\((\w+)\)/g, (whole, dollar: string, name: string) =>
    dollar === '' ? (literalValue(container, name) ?? whole) : whole,
  );
  return withText(soleVariable(word.value, container) ?? word, value);
}

/** A word of a shell script: `$NAME` and `${NAME}` are filled from the container's literal `env` as well. */
export function shellText(word: Present<string>, container: Container): Present<string> {
  const filled = containerText(word, container);
  const value = filled.value.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (whole, braced: string | undefined, bare: string | undefined) =>
      literalValue(container, braced ?? bare ?? '') ?? whole,
  );
  return withText(soleVariable(word.value, container) ?? filled, value);
}

/**
 * Whether a word still depends on something that only the running container knows. What Kubernetes is asked to fill from a variable
 * that the container does not have stays as it is written.
 */
export function isUnknownText(text: string, container?: Container): boolean {
  const withoutLeft = leftVariables(text).reduce((rest, { text: left }) => rest.replace(left, ''), text);
  const asked = withoutLeft.replace(/\$\((\w+)\)/g, (whole, name: string) =>
    container !== undefined && lacksVariable(container, name) ? '' : whole,
  );
  return /\$[\w({]/.test(asked);
}

function lacksVariable({ env, envFrom }: Container, name: string): boolean {
  return envFrom.length === 0 && !env.some((entry) => entry.name === name);
}

/** A namespace as it is asked for; one that only the running container knows is as good as always its own. */
export function knownNamespace(asked: Present<string> | undefined): Present<string> | undefined {
  return asked === undefined || isUnknownText(asked.value) ? undefined : asked;
}

/** The value of the variable that a word consists of, but for `job/` in front: there one would mend it. */
function soleVariable(word: string, container: Container): Field<string> | undefined {
  const names = /^(?:jobs?(?:\.[\w.]+)?\/)?\$(?:\((\w+)\)|\{(\w+)\}|(\w+))$/.exec(word)?.slice(1);
  const name = names?.find((each) => each !== undefined);
  return name === undefined ? undefined : literalField(container, name);
}

function literalValue(container: Container, name: string): string | undefined {
  return literalField(container, name)?.value;
}

function literalField(container: Container, name: string): Field<string> | undefined {
  const entry = container.env.findLast((candidate) => candidate.name === name);
  return entry?.source.kind === 'literal' ? entry.source.value : undefined;
}
