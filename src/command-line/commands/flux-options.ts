import { dropUndefined } from '../../collections/drop-undefined.ts';
import type { LintOptions } from '../../lint-options.ts';
import type { LintFlags } from '../flags.ts';

/** Parses the Flux options of the command line: `NAME=DIR`, `NAME=VALUE`. */
export function toFluxOptions({
  source,
  var: variables,
  strictSubstitution,
}: Pick<LintFlags, 'source' | 'var' | 'strictSubstitution'>): Pick<
  LintOptions,
  'sources' | 'variables' | 'strictSubstitution'
> {
  return dropUndefined({
    sources: source && Object.fromEntries(source.map(splitFolder)),
    variables: variables && Object.fromEntries(variables.map(splitValue)),
    strictSubstitution,
  });
}

function splitFolder(text: string): [string, string] {
  const equals = text.indexOf('=');
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/** A name without a value is a variable with an unknown value. */
function splitValue(text: string): [string, string | null] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, null] : [text.slice(0, equals), text.slice(equals + 1)];
}
