import { compareText } from '../compare-text.ts';
import { didYouMean } from '../config/did-you-mean.ts';
import { groupBy } from '../group-by.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { RootModel } from '../model/root-model.ts';
import { oncePer } from '../once.ts';
import type { SourceCache } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Finding } from './finding.ts';
import type { SuppressedFinding } from './lint-result.ts';
import type { ReportedFinding } from './rule.ts';
import { mayHoldSuppressions, readSuppressions, type Suppression } from './suppression.ts';

/** What suppression comments made of the findings. */
export interface SuppressionOutcome {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Comments that silence nothing, to be reported under the rule `suppression-unused`. */
  readonly unused: readonly (ReportedFinding & Pick<Finding, 'roots'>)[];
  /** The other comments, those that silence something or may do so: where each names its rule. */
  readonly heeded: readonly Span[];
}

/** A root with the files in which its findings may stand. */
export interface RootFiles extends Pick<BuiltRoot, 'path' | 'problems' | 'files'> {
  /** Others, around it, that hold scripts. */
  readonly pipelineFiles?: ReadonlySet<SourceFile>;
  readonly dockerfiles?: readonly { readonly file: SourceFile }[];
}

/** Which rules there are, and which of them went through every root. */
export interface KnownRules {
  readonly ids: readonly string[];
  ran(id: string): boolean;
}

/**
 * Silences the findings whose primary place starts on a line that a comment in the same file speaks of. A comment
 * that silences nothing is told of only where its rule had every chance: it ran, and all roots with the file were built whole.
 * One whose day is over silences nothing, and is told.
 * @param today the day in UTC, as `2026-12-31`
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
  const heeded: Span[] = [];
  const files = usersOfFiles(roots);
  const told = files.size === 0 ? new Map<string, readonly Finding[]>() : groupBy(findings, placesOf);
  for (const [file, users] of files) {
    const isPipeline = users.some(({ pipelineFiles }) => pipelineFiles?.has(file) === true);
    const { suppressions, faults } = readSuppressions(file, sources, isPipeline);
    if (suppressions.length + faults.length === 0) continue;
    const paths = users.map((root) => root.path).sort(compareText);
    for (const { at, message } of faults) unused.push({ at, message, related: [], roots: paths });
    for (const suppression of suppressions) {
      if (suppression.until !== undefined && suppression.until < today) {
        const message = `This suppression expired on ${suppression.until}; fix what it silenced, or set a later date.`;
        unused.push({ at: suppression.at, message, related: [], roots: paths });
        continue;
      }
      const here = told.get(placeOf(suppression.rule, file, suppression.line)) ?? [];
      const silenced = here.filter((finding) => isSilenced(finding, suppression));
      for (const finding of silenced) {
        if (kept.delete(finding)) suppressed.push({ finding, reason: suppression.reason });
      }
      const message = silenced.length > 0 ? undefined : describeUnused(suppression, rules, users);
      if (message === undefined) heeded.push(suppression.at);
      else unused.push({ at: suppression.at, message, related: [], roots: paths });
    }
  }
  return { kept: findings.filter((finding) => kept.has(finding)), suppressed, unused, heeded };
}

/** The roots with the pipelines and Dockerfiles around them, which rules speak of too. */
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

/** The files that may hold suppressions, each with the roots that it belongs to. */
function usersOfFiles(roots: readonly RootFiles[]): ReadonlyMap<SourceFile, readonly RootFiles[]> {
  return groupBy(roots, ({ files, pipelineFiles = [], dockerfiles = [] }) => [
    ...filesWithSuppressions(files),
    ...[...pipelineFiles, ...dockerfiles.map(({ file }) => file)].filter(mayHoldSuppressions),
  ]);
}

/** Looked for once in a build, as runs that follow on edits have most builds from before. */
const filesWithSuppressions = oncePer((files: readonly SourceFile[]): readonly SourceFile[] =>
  files.filter(mayHoldSuppressions),
);

/** Where a finding may be silenced: on its line, and in its whole file. */
function placesOf({ rule, at: { file, start } }: Finding): string[] {
  return [placeOf(rule, file, undefined), placeOf(rule, file, file.position(start).line)];
}

function placeOf(rule: string, { path }: SourceFile, line: number | undefined): string {
  return `${rule} ${line ?? ''} ${path}`;
}

function isSilenced({ rule, at }: Finding, suppression: Suppression): boolean {
  if (rule !== suppression.rule || at.file !== suppression.at.file) return false;
  return suppression.line === undefined || at.file.position(at.start).line === suppression.line;
}

function describeUnused(
  { rule, line }: Suppression,
  rules: KnownRules,
  users: readonly RootFiles[],
): string | undefined {
  if (!rules.ids.includes(rule))
    return `There is no rule "${rule}", so this comment silences nothing.${didYouMean(rule, rules.ids)}`;
  if (!rules.ran(rule) || users.some((root) => root.problems.length > 0)) return undefined;
  const where = line === undefined ? 'in this file' : `on line ${line}`;
  return `The rule ${rule} finds nothing ${where}; remove this suppression.`;
}
