import { leftVariables } from '../../objects/symbolic.ts';
import { type Field, type Present, withText } from '../../objects/view.ts';
import type { Container } from '../../objects/workload.ts';

/**
 * An argument as the container gets it: Kubernetes expands `$(NAME)` in command and args from the container's `env`.
 * Only literal values are known; other references stay as written.
 */
export function containerText(word: Present<string>, container: Container): Present<string> {
  const value = word.value.replace(/(\$?)\$\((\w+)\)/g, (whole, dollar: string, name: string) =>
    dollar === '' ? (literalValue(container, name) ?? whole) : whole,
  );
  return withText(soleVariable(word.value, container) ?? word, value);
}

/** A word of a shell script: `$NAME` and `${NAME}` are expanded from the container's literal `env` as well. */
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
 * Whether a word depends on something that only the running container knows. `$(NAME)` does not if the container has no
 * such variable, since Kubernetes then leaves it as written.
 */
export function isUnknownText(text: string, container?: Container): boolean {
  const withoutLeft = leftVariables(text).reduce((rest, { text: left }) => rest.replace(left, ''), text);
  const unknown = withoutLeft.replace(/\$\((\w+)\)/g, (whole, name: string) =>
    container !== undefined && lacksVariable(container, name) ? '' : whole,
  );
  return /\$[\w({]/.test(unknown);
}

function lacksVariable({ env, envFrom }: Container, name: string): boolean {
  return envFrom.length === 0 && !env.some((entry) => entry.name === name);
}

/**
 * The namespace that a waiter is given. Undefined if only the running container knows it: it is then nearly always its
 * own.
 */
export function knownNamespace(given: Present<string> | undefined): Present<string> | undefined {
  return given === undefined || isUnknownText(given.value) ? undefined : given;
}

/** The value of the variable that a word consists of, apart from a leading `job/`: that is the value to change. */
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
