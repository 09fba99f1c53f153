import type { Span } from '../../source/span.ts';
import type { BuildContext } from '../build-context.ts';

/** Tells that a build goes on without something that kustomize would fetch, or run a program for. */
export function reportLeftOut(context: BuildContext, what: string, at: Span): void {
  context.report({
    kind: 'incomplete',
    message: `${what} is left out, since building it takes the network or another program; what it makes is not seen`,
    at,
    related: [],
  });
}
