import type {
  ArtifactChange,
  CodeFlow,
  Fix,
  Location,
  Log,
  Notification,
  PhysicalLocation,
  ReportingDescriptor,
  Result,
} from 'sarif';
import { dropUndefined } from '../collections/drop-undefined.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import type { RuleDescription } from '../lint/rule-description.ts';
import type { Span } from '../source/span.ts';
import { displayPath, isElsewhere } from './display-path.ts';
import { fingerprint } from './fingerprint.ts';
import { findEdits } from './fix-edits.ts';
import type { RunFacts } from './json.ts';
import { withHint } from './with-hint.ts';
import { worstFirst } from './worst-first.ts';

const sourceRoot = '%SRCROOT%';
/** GitHub rejects an upload with more results in a run. */
const mostResults = 25_000;
const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;
/** How GitHub ranks a rule: https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support */
const problemSeverities = { error: 'error', warning: 'warning', info: 'recommendation' } as const satisfies Record<
  Severity,
  string
>;

/** The report as SARIF 2.1.0. `facts.base` should be the top of the repository, because readers resolve paths from there. */
export function writeSarif(result: LintResult, rules: readonly RuleDescription[], facts: RunFacts): string {
  return `${JSON.stringify(toSarif(result, rules, facts), null, 2)}\n`;
}

/** The report as a value. It lists all rules, whether or not they found something. */
export function toSarif(result: LintResult, rules: readonly RuleDescription[], facts: RunFacts): Log {
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const findings = chooseFindings(result.findings);
  const notifications = [...describeCrashes(result), ...describeLeftOut(result.findings.length - findings.length)];
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'migrate-lint',
            informationUri: 'https://www.npmjs.com/package/migrate-lint',
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
            ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
          },
        ],
        results: findings.map((finding) => describeFinding(finding, result, indices, facts.base)),
      },
    ],
  };
}

/** All findings, or the worst if there are too many. */
function chooseFindings(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostResults) return findings;
  return worstFirst(findings).slice(0, mostResults);
}

function describeCrashes({ crashes }: LintResult): Notification[] {
  return crashes.map(({ doing, error }) => ({
    level: 'error',
    message: { text: `migrate-lint failed ${doing}: ${error instanceof Error ? error.message : error}` },
  }));
}

function describeLeftOut(count: number): Notification[] {
  if (count === 0) return [];
  const text = `The report holds the ${mostResults} worst findings, the most that GitHub accepts; ${count} more were left out.`;
  return [{ level: 'warning', message: { text } }];
}

function describeRule({ id, severity, docs }: RuleDescription): ReportingDescriptor {
  const summary = `${docs.summary}.`;
  const sections = [docs.symptom, docs.why, docs.fix].filter((section) => section !== '');
  const links = docs.links.map((link) => `- <${link}>`).join('\n');
  const help = docs.links[0];
  return {
    id,
    // The standard requires a name that differs from the id, and the validator wants PascalCase.
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: docs.symptom === '' ? summary : `${summary} ${docs.symptom}` },
    help: {
      text: [summary, ...sections, ...docs.links].join('\n\n'),
      markdown: [`**${summary}**`, ...sections, ...(links === '' ? [] : [links])].join('\n\n'),
    },
    ...dropUndefined({ helpUri: help }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['kubernetes', 'kustomize', 'database-migration'],
      'problem.severity': problemSeverities[severity],
      // Rules check the built result, and report nothing if they cannot be sure.
      precision: 'high',
    },
  };
}

function describeFinding(
  finding: Finding,
  { secrets }: LintResult,
  indices: ReadonlyMap<string, number>,
  base: string,
): Result {
  const { rule, severity, at, related, object, field, reasons, roots } = finding;
  const ruleIndex = indices.get(rule);
  return {
    ruleId: rule,
    ...dropUndefined({ ruleIndex }),
    level: levels[severity],
    message: { text: withHint(finding) },
    locations: [{ ...locate(at, base), ...describeObject(finding) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, index) => ({
            id: index + 1,
            ...locate(other.at, base),
            message: { text: other.note },
          })),
          codeFlows: [describeSteps(finding, base)],
        }),
    ...describeFix(finding, base),
    partialFingerprints: { 'migrateLint/v1': fingerprint(finding, secrets, base) },
    properties: {
      roots: roots.map((path) => displayPath(path, base)),
      ...dropUndefined({ object, field, reasons }),
    },
  };
}

/** The steps that produced the value, ending at the finding; GitHub shows them as a path. */
function describeSteps({ at, related, message }: Finding, base: string): CodeFlow {
  const steps = [...related, { at, note: message }];
  return {
    threadFlows: [
      { locations: steps.map((step) => ({ location: { ...locate(step.at, base), message: { text: step.note } } })) },
    ],
  };
}

/** SARIF fixes cannot create files, so fixes that do are left out. */
function describeFix(finding: Finding, base: string): { fixes?: Fix[] } {
  const { edits = [], files = [] } = findEdits(finding) ?? {};
  if (edits.length === 0 || files.length > 0) return {};
  const changes = new Map<string, ArtifactChange>();
  for (const edit of edits) {
    const { artifactLocation, region } = locate(edit, base).physicalLocation;
    const replacement = { deletedRegion: region, insertedContent: { text: edit.text } };
    const change = changes.get(edit.file.path) ?? { artifactLocation, replacements: [] };
    changes.set(edit.file.path, { ...change, replacements: [...change.replacements, replacement] });
  }
  return { fixes: [{ description: { text: `${finding.fix?.title ?? ''}.` }, artifactChanges: [...changes.values()] }] };
}

/** The object in the build, which identifies a finding even if its file moves. */
function describeObject({ object, field }: Finding): Pick<Location, 'logicalLocations'> {
  if (object === undefined) return {};
  const name = `${object.kind}/${object.name}`;
  return {
    logicalLocations: [{ fullyQualifiedName: field === undefined ? name : `${name}#${field}`, kind: 'object' }],
  };
}

type WholeLocation = { [Part in 'artifactLocation' | 'region']: NonNullable<PhysicalLocation[Part]> };

function locate({ file, start, end }: Span, base: string): { physicalLocation: WholeLocation } {
  const from = file.position(start);
  const to = file.position(end);
  const path = displayPath(file.path, base);
  const elsewhere = isElsewhere(file.path, base);
  // A path outside the repository, or a name that is not a file, has no path relative to it.
  const outside = elsewhere || path.startsWith('../') || path.startsWith('<');
  return {
    physicalLocation: {
      artifactLocation: {
        uri: elsewhere ? fileUri(path) : encodePath(path),
        ...(outside ? {} : { uriBaseId: sourceRoot }),
      },
      region: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
    },
  };
}

/** `D:/k8s` or `//server/share/k8s` as a URI. */
function fileUri(path: string): string {
  return path.startsWith('//') ? `file:${encodePath(path)}` : `file:///${path.slice(0, 2)}${encodePath(path.slice(2))}`;
}

/** A relative path as a URI reference. Colons are encoded so that the first part is not read as a scheme; lone surrogates, which have no UTF-8, are replaced. */
function encodePath(path: string): string {
  return path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
