import { applyBaseline } from '../baseline/apply-baseline.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { dropUndefined } from '../collections/drop-undefined.ts';
import { pushAll } from '../collections/push-all.ts';
import type { FailureThreshold, RuleLevel } from '../config/config.ts';
import type { CompiledOverride } from '../config/overrides.ts';
import { type Finding, severities } from '../findings/finding.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { RootModel } from '../model/root-model.ts';
import { engineRules } from '../rules/engine-rules.ts';
import { isOver, type SourceCache } from '../source/source-cache.ts';
import { compareText } from '../text/compare-text.ts';
import { noTiming, type Timing } from '../timing.ts';
import type { Crash, ExitCode, LintedRoot, LintResult } from './lint-result.ts';
import { compareFindings, mergeWithParts, sortFindings } from './merge-findings.ts';
import type { Rule } from './rule.ts';
import {
  type FindingMaker,
  findingMaker,
  judgeBy,
  type KnownFindings,
  reportProblems,
  reportTimeout,
} from './run-rules.ts';
import { redact } from './secrets/redact.ts';
import type { SecretPlaces } from './secrets/secret-places.ts';
import { suppressFindings, withDelivery } from './suppressions/suppress-findings.ts';

/** The built roots with everything that decides which findings they have. */
export interface LintInput {
  readonly built: readonly BuiltRoot[];
  /** A root is missing here if modelling it failed. */
  readonly models: ReadonlyMap<BuiltRoot, RootModel>;
  readonly rules: readonly Rule[];
  readonly levels: ReadonlyMap<string, RuleLevel>;
  readonly overrides?: readonly CompiledOverride[];
  readonly sources: SourceCache;
  readonly secrets: SecretPlaces;
  readonly baseline: Baseline | undefined;
  readonly timing?: Timing;
  /** Findings of an earlier run, by model; the findings of this run are added. */
  readonly knownFindings?: KnownFindings;
}

/** The findings of all roots. */
export interface LintedRoots extends Pick<LintResult, 'findings' | 'suppressed' | 'activeSuppressions' | 'baseline'> {
  /** The findings that each one was merged from, each with a single root. */
  readonly parts: ReadonlyMap<Finding, readonly Finding[]>;
}

/** Runs the rules over the models, merges the findings that several roots share, and applies suppressions and the baseline. */
export function lintRoots(input: LintInput, crashes: Crash[]): LintedRoots {
  const { built, sources, levels, overrides, baseline } = input;
  const maker = findingMaker(levels, overrides);
  const { found, isComplete } = judgeRoots(input, maker, crashes);
  const merged = mergeWithParts(found);
  const { suppressed, ...outcome } = applySuppressions([...merged.keys()], input, maker, isComplete);
  const findings = sortFindings(outcome.findings);
  const known = baseline && applyBaseline(findings, merged, baseline, built, sources);
  return {
    findings: known?.kept ?? findings,
    ...dropUndefined({ baseline: known?.outcome }),
    activeSuppressions: outcome.activeSuppressions,
    suppressed: [...suppressed].sort((a, b) => compareFindings(a.finding, b.finding)),
    parts: merged,
  };
}

/** All findings of all roots, without secrets, and whether every rule went through every root. */
function judgeRoots(
  { built, models, rules, sources, secrets, timing = noTiming, knownFindings }: LintInput,
  maker: FindingMaker,
  crashes: Crash[],
): { found: Finding[]; isComplete: boolean } {
  const isOutOfTime = () => isOver(sources.limits.time);
  const judge = judgeBy(rules, maker, crashes, timing, knownFindings, isOutOfTime);
  const found: Finding[] = [];
  const timeouts: Finding[] = [];
  for (const root of built) {
    const model = models.get(root);
    const judged = isOutOfTime() ? undefined : model === undefined ? [] : judge(model);
    if (judged === undefined) pushAll(timeouts, reportTimeout(root, sources, maker));
    else pushAll(found, judged);
  }
  const problems = reportProblems(built, maker, found);
  return {
    found: [...problems, ...timeouts, ...found].map((finding) => redact(finding, secrets)),
    isComplete: crashes.length === 0 && timeouts.length === 0,
  };
}

/** Splits findings into those to report, with a `suppression-unused` for each useless comment, and those that comments silence. */
function applySuppressions(
  found: readonly Finding[],
  { built, models, rules, sources }: LintInput,
  maker: FindingMaker,
  isComplete: boolean,
): Pick<LintResult, 'findings' | 'suppressed' | 'activeSuppressions'> {
  const known = {
    ids: [...rules, ...engineRules].map((rule) => rule.id),
    ran: (id: string) => maker.isOnEverywhere(id) && isComplete,
  };
  const roots = withDelivery(built, [...models.values()]);
  const { kept, unused, suppressed, activeSuppressions } = suppressFindings(found, roots, known, sources);
  const reported = unused.flatMap(({ roots, ...rest }) => maker.make('suppression-unused', 'warning', roots, rest));
  return { findings: [...kept, ...reported], suppressed, activeSuppressions };
}

/** Describes a root for the reports. */
export function describeRoot(
  { path, problems, resources }: BuiltRoot,
  kind: LintedRoot['kind'],
  releases: number,
): LintedRoot {
  const failed = problems.some((problem) => problem.kind === 'error');
  return {
    path,
    kind,
    state: failed ? 'failed' : problems.length > 0 ? 'incomplete' : 'built',
    objects: resources.length,
    releases,
  };
}

/** Sorts roots by path. Several roots with one path get the same order on every machine. */
export function sortRoots(roots: readonly LintedRoot[]): LintedRoot[] {
  const parts = ({ path, kind, state, objects, releases }: LintedRoot) => [path, kind, state, objects, releases];
  return [...roots].sort(
    (a, b) => compareText(a.path, b.path) || compareText(parts(a).join('\0'), parts(b).join('\0')),
  );
}

/** The exit code of a run; the same in every format. */
export function chooseExitCode(
  { findings, roots, crashes }: Pick<LintResult, 'findings' | 'crashes'> & { readonly roots: readonly unknown[] },
  failOn: FailureThreshold,
): ExitCode {
  if (crashes.length > 0) return 2;
  if (findings.some((finding) => isAtLeast(finding, failOn))) return 1;
  return roots.length === 0 ? 3 : 0;
}

function isAtLeast({ severity }: Finding, threshold: FailureThreshold): boolean {
  return threshold !== 'never' && severities.indexOf(severity) <= severities.indexOf(threshold);
}
