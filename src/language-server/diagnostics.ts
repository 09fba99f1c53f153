import { once } from '../collections/once.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import { withHint } from '../report/with-hint.ts';
import { rules } from '../rules/index.ts';
import type { UsageProblem } from '../usage-error.ts';
import { locationOf, rangeOf } from './positions.ts';
import { type Diagnostic, DiagnosticSeverity } from './protocol.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const satisfies Record<Severity, DiagnosticSeverity>;

const source = 'migrate-lint';

/** The findings of a run as diagnostics, by the URI of their file. */
export function toDiagnostics(
  findings: readonly Finding[],
  uriOf: (path: string) => string,
): ReadonlyMap<string, Diagnostic[]> {
  return byUri(
    findings.map((finding): [string, Diagnostic] => {
      const { rule, severity, at, related } = finding;
      const href = firstLinks().get(rule);
      const diagnostic: Diagnostic = {
        source,
        code: rule,
        severity: severities[severity],
        range: rangeOf(at),
        message: withHint(finding),
        relatedInformation: related.map((other) => ({ location: locationOf(other.at, uriOf), message: other.note })),
      };
      return [uriOf(at.file.path), href === undefined ? diagnostic : { ...diagnostic, codeDescription: { href } }];
    }),
  );
}

/** The first link in the docs of each rule. */
const firstLinks = once(() => new Map(rules.map(({ id, docs }) => [id, docs.links[0]])));

/** The mistakes in settings as diagnostics, by the URI of the settings file; without those that have no location. */
export function problemsToDiagnostics(
  problems: readonly UsageProblem[],
  uriOf: (path: string) => string,
): ReadonlyMap<string, Diagnostic[]> {
  return byUri(
    problems.flatMap(({ message, at, related = [] }): [string, Diagnostic][] => {
      if (at === undefined) return [];
      const relatedInformation = related.map((other) => ({
        location: locationOf(other.at, uriOf),
        message: other.note,
      }));
      const diagnostic = {
        source,
        code: 'settings',
        severity: DiagnosticSeverity.Error,
        range: rangeOf(at),
        message,
        relatedInformation,
      };
      return [[uriOf(at.file.path), diagnostic]];
    }),
  );
}

function byUri(located: readonly (readonly [string, Diagnostic])[]): Map<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  for (const [uri, diagnostic] of located) found.set(uri, [...(found.get(uri) ?? []), diagnostic]);
  return found;
}
