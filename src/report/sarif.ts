import { createHash } from 'node:crypto';
import type { Location, Log, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';
import type { Finding, Severity } from '../lint/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import type { RuleDescription } from '../lint/rule-description.ts';
import type { SecretPlaces } from '../lint/secret-places.ts';
import type { Span } from '../source/span.ts';
import { displayPath } from './display-path.ts';
import type { RunFacts } from './json.ts';

const sourceRoot = '%SRCROOT%';
const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

/** The report as SARIF 2.1.0. `facts.base` should be the top of the repository, which is what readers resolve paths by. */
export function writeSarif(result: LintResult, rules: readonly RuleDescription[], facts: RunFacts): string {
  return `${JSON.stringify(toSarif(result, rules, facts), null, 2)}\n`;
}

/** The report as the value that is written. Rules stand in the driver whether or not they found something. */
export function toSarif(result: LintResult, rules: readonly RuleDescription[], facts: RunFacts): Log {
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'migrate-lint',
            semanticVersion: facts.version,
            rules: rules.map(describeRule),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [sourceRoot]: { description: { text: 'The top of the repository.' } } },
        invocations: [
          {
            executionSuccessful: result.crashes.length === 0,
            exitCode: result.exitCode,
            ...(result.crashes.length === 0
              ? {}
              : {
                  toolExecutionNotifications: result.crashes.map(({ doing, error }) => ({
                    level: 'error' as const,
                    message: {
                      text: `migrate-lint failed ${doing}: ${error instanceof Error ? error.message : error}`,
                    },
                  })),
                }),
          },
        ],
        results: result.findings.map((finding) => describeFinding(finding, result, indices, facts.base)),
      },
    ],
  };
}

function describeRule({ id, severity, docs }: RuleDescription): ReportingDescriptor {
  const summary = `${docs.summary}.`;
  const sections = [docs.symptom, docs.why, docs.fix].filter((section) => section !== '');
  const links = docs.links.map((link) => `- <${link}>`).join('\n');
  const help = docs.links[0];
  return {
    id,
    name: id,
    shortDescription: { text: summary },
    fullDescription: { text: docs.symptom === '' ? summary : `${summary} ${docs.symptom}` },
    help: {
      text: [summary, ...sections, ...docs.links].join('\n\n'),
      markdown: [`**${summary}**`, ...sections, ...(links === '' ? [] : [links])].join('\n\n'),
    },
    ...(help === undefined ? {} : { helpUri: help }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['kubernetes', 'kustomize', 'database-migration'] },
  };
}

function describeFinding(
  finding: Finding,
  { secrets }: LintResult,
  indices: ReadonlyMap<string, number>,
  base: string,
): Result {
  const { rule, severity, message, at, related, hint, object, field, reasons, roots } = finding;
  const ruleIndex = indices.get(rule);
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    locations: [{ ...locate(at, base), ...describeObject(finding) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, index) => ({
            id: index + 1,
            ...locate(other.at, base),
            message: { text: other.note },
          })),
        }),
    partialFingerprints: { 'migrateLint/v1': fingerprint(finding, secrets, base) },
    properties: {
      roots: roots.map((path) => displayPath(path, base)),
      ...(object === undefined ? {} : { object }),
      ...(field === undefined ? {} : { field }),
      ...(reasons === undefined ? {} : { reasons }),
    },
  };
}

/** The object in the build, which is what a finding is about when its file moves. */
function describeObject({ object, field }: Finding): Pick<Location, 'logicalLocations'> {
  if (object === undefined) return {};
  const name = `${object.kind}/${object.name}`;
  return {
    logicalLocations: [{ fullyQualifiedName: field === undefined ? name : `${name}#${field}`, kind: 'object' }],
  };
}

function locate({ file, start, end }: Span, base: string): { physicalLocation: PhysicalLocation } {
  const from = file.position(start);
  const to = file.position(end);
  const path = displayPath(file.path, base);
  // What lies outside of the repository, or is no file, cannot be told relative to it.
  const outside = path.startsWith('../') || path.startsWith('<');
  return {
    physicalLocation: {
      artifactLocation: { uri: encodePath(path), ...(outside ? {} : { uriBaseId: sourceRoot }) },
      region: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
    },
  };
}

/** A relative path as a URI reference. A colon in its first part would read as a scheme. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/**
 * What makes a finding the same one after the lines above it have changed: the rule, the file, the object's kind and
 * field, and the text that is pointed at. The object's built name is left out, as it differs from root to root; so
 * is a secret, which somebody could find again by trying.
 */
function fingerprint({ rule, at, object, field }: Finding, secrets: SecretPlaces, base: string): string {
  const secret = secrets.within(at.file).some((range) => range.start < at.end && at.start < range.end);
  const text = secret ? '' : at.file.text.slice(at.start, at.end);
  const parts = [rule, displayPath(at.file.path, base), object?.kind ?? '', field ?? '', text];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
