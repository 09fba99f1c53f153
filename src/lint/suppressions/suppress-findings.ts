import { groupBy } from '../../collections/group-by.ts';
import { oncePer } from '../../collections/once.ts';
import type { Finding } from '../../findings/finding.ts';
import type { BuiltRoot } from '../../kustomize/built-root.ts';
import type { RootModel } from '../../model/root-model.ts';
import type { SourceCache } from '../../source/source-cache.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { compareText } from '../../text/compare-text.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import type { SuppressedFinding } from '../lint-result.ts';
import type { ReportedFinding } from '../rule.ts';
import { mayHoldSuppressions, readSuppressions, type Suppression } from './suppression.ts';

/** The findings after suppression comments have been applied. */
export interface SuppressionOutcome {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Comments that silence nothing, to report as `suppression-unused`. */
  readonly unused: readonly (ReportedFinding & Pick<Finding, 'roots'>)[];
  /** The rule names in all other comments: those that silence something, or may do so. */
  readonly activeSuppressions: readonly Span[];
}

/** A root with the files that its findings may point to. */
export interface RootFiles extends Pick<BuiltRoot, 'path' | 'problems' | 'files'> {
  /** Files around the root that contain scripts. */
  readonly pipelineFiles?: ReadonlySet<SourceFile>;
  readonly dockerfiles?: readonly { readonly file: SourceFile }[];
}

export interface KnownRules {
  /** The ids of all rules. */
  readonly ids: readonly string[];
  /** Whether a rule checked every root. */
  ran(id: string): boolean;
}

/**
 * Silences the findings that start on a line with a suppression for their rule. A comment that silences nothing counts as
 * unused only if its rule ran and all roots with the file were built completely; an expired comment always does.
 * @param today the date in UTC, as `2026-12-31`
 */
export function suppressFindings(
  findings: readonly Finding[],
  roots: readonly RootFiles[],
  rules: KnownRules,
  sources: SourceCache,
  today = new Date().toISOString().slice(0, 10),
): SuppressionOutcome {
  const kept = new Set(findings);
  const suppressed: SuppressedFinding[] = [];
  const unused: (ReportedFinding & Pick<Finding, 'roots'>)[] = [];
  const activeSuppressions: Span[] = [];
  const files = usersOfFiles(roots);
  const byPlace = files.size === 0 ? new Map<string, readonly Finding[]>() : groupBy(findings, placesOf);
  for (const [file, users] of files) {
    const isPipeline = users.some(({ pipelineFiles }) => pipelineFiles?.has(file) === true);
    const { suppressions, faults } = readSuppressions(file, sources, isPipeline);
    if (suppressions.length + faults.length === 0) continue;
    const paths = users.map((root) => root.path).sort(compareText);
    const report = (at: Span, message: string) => unused.push({ at, message, related: [], roots: paths });
    for (const { at, message } of faults) report(at, message);
    for (const suppression of suppressions) {
      const here = byPlace.get(placeOf(suppression.rule, file, suppression.line)) ?? [];
      const silenced = here.filter((finding) => isSilenced(finding, suppression, today));
      for (const finding of silenced) {
        if (kept.delete(finding)) suppressed.push({ finding, reason: suppression.reason });
      }
      const fault = silenced.length > 0 ? undefined : describeUnused(suppression, rules, users, today);
      if (fault === undefined) activeSuppressions.push(suppression.at);
      else report(suppression.at, fault);
    }
  }
  return { kept: findings.filter((finding) => kept.has(finding)), suppressed, unused, activeSuppressions };
}

/** Adds the pipelines and Dockerfiles around the roots, which findings may also point to. */
export function withDelivery(roots: readonly BuiltRoot[], models: readonly RootModel[]): RootFiles[] {
  const deliveries = new Map(models.map(({ root, delivery }) => [root.path, delivery]));
  return roots.map((root) => {
    const delivery = deliveries.get(root.path);
    if (delivery === undefined) return root;
    const { path, problems, files } = root;
    const { pipelineFiles, dockerfiles } = delivery;
    return { path, problems, files, pipelineFiles, dockerfiles };
  });
}

/** The files that may contain suppressions, each with the roots that it belongs to. */
function usersOfFiles(roots: readonly RootFiles[]): ReadonlyMap<SourceFile, readonly RootFiles[]> {
  return groupBy(roots, ({ files, pipelineFiles = [], dockerfiles = [] }) => [
    ...filesWithSuppressions(files),
    ...[...pipelineFiles, ...dockerfiles.map(({ file }) => file)].filter(mayHoldSuppressions),
  ]);
}

/** Searched once per build, because a run after an edit reuses most builds. */
const filesWithSuppressions = oncePer((files: readonly SourceFile[]): readonly SourceFile[] =>
  files.filter(mayHoldSuppressions),
);

/** The keys under which a suppression may name a finding: by its line, and for the whole file. */
function placesOf({ rule, at: { file, start } }: Finding): string[] {
  return [placeOf(rule, file, undefined), placeOf(rule, file, file.position(start).line)];
}

function placeOf(rule: string, { path }: SourceFile, line: number | undefined): string {
  return `${rule} ${line ?? ''} ${path}`;
}

function isSilenced({ rule, at }: Finding, suppression: Suppression, today: string): boolean {
  if (rule !== suppression.rule || at.file !== suppression.at.file || isExpired(suppression, today)) return false;
  return suppression.line === undefined || at.file.position(at.start).line === suppression.line;
}

function isExpired({ until }: Suppression, today: string): boolean {
  return until !== undefined && until < today;
}

/** What is wrong with a suppression that silences nothing; undefined if it may do so in another run. */
function describeUnused(
  suppression: Suppression,
  rules: KnownRules,
  users: readonly RootFiles[],
  today: string,
): string | undefined {
  const { rule, line, until } = suppression;
  if (isExpired(suppression, today))
    return `This suppression expired on ${until}; fix what it silenced, or set a later date.`;
  if (!rules.ids.includes(rule))
    return `There is no rule "${rule}", so this comment silences nothing.${didYouMean(rule, rules.ids)}`;
  if (!rules.ran(rule) || users.some((root) => root.problems.length > 0)) return undefined;
  const where = line === undefined ? 'in this file' : `on line ${line}`;
  return `The rule ${rule} finds nothing ${where}; remove this suppression.`;
}
