import { applyBaseline } from '../baseline/apply-baseline.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { compareText } from '../compare-text.ts';
import type { FailureThreshold, RuleLevel } from '../config/config.ts';
import type { CompiledOverride } from '../config/overrides.ts';
import { dropUndefined } from '../drop-undefined.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { RootModel } from '../model/root-model.ts';
import { pushAll } from '../push-all.ts';
import { engineRules } from '../rules/engine-rules.ts';
import { isOver, type SourceCache } from '../source/source-cache.ts';
import { noTiming, type Timing } from '../timing.ts';
import { type Finding, severities } from './finding.ts';
import type { Crash, ExitCode, LintedRoot, LintResult } from './lint-result.ts';
import { compareFindings, mergeWithParts, sortFindings } from './merge-findings.ts';
import { redact } from './redact.ts';
import type { Rule } from './rule.ts';
import { findingMaker, judgeBy, type KnownFindings, reportLate, reportProblems } from './run-rules.ts';
import type { SecretPlaces } from './secret-places.ts';
import { suppressFindings, withDelivery } from './suppress-findings.ts';

/** What there is to judge, and how. */
export interface LintInput {
  readonly built: readonly BuiltRoot[];
  /** Those that could be modelled. */
  readonly models: ReadonlyMap<BuiltRoot, RootModel>;
  readonly rules: readonly Rule[];
  readonly levels: ReadonlyMap<string, RuleLevel>;
  readonly overrides?: readonly CompiledOverride[];
  readonly sources: SourceCache;
  readonly secrets: SecretPlaces;
  readonly baseline: Baseline | undefined;
  readonly timing?: Timing;
  /** What rules told of models in an earlier run; what they tell now is added. */
  readonly knownFindings?: KnownFindings;
}

/** Runs the rules over the models, merges what several roots share, and leaves out what comments silence. */
export function lintRoots(
  input: LintInput,
  crashes: Crash[],
): Pick<LintResult, 'findings' | 'suppressed' | 'heeded' | 'baseline'> {
  const {
    built,
    models,
    rules,
    levels,
    overrides,
    sources,
    secrets,
    baseline,
    timing = noTiming,
    knownFindings,
  } = input;
  const maker = findingMaker(levels, overrides);
  const isLate = () => isOver(sources.limits.time);
  const judge = judgeBy(rules, maker, crashes, timing, knownFindings, isLate);
  const told: Finding[] = [];
  const late: Finding[] = [];
  for (const root of built) {
    const model = models.get(root);
    const found = isLate() ? undefined : model === undefined ? [] : judge(model);
    pushAll(found === undefined ? late : told, found ?? reportLate(root, sources, maker));
  }
  const problems = reportProblems(built, maker, told);
  const found = [...problems, ...late, ...told].map((finding) => redact(finding, secrets));
  const known = {
    ids: [...rules, ...engineRules].map((rule) => rule.id),
    ran: (id: string) => maker.isOnEverywhere(id) && crashes.length === 0 && late.length === 0,
  };
  const merged = mergeWithParts(found);
  const { kept, suppressed, unused, heeded } = suppressFindings(
    [...merged.keys()],
    withDelivery(built, [...models.values()]),
    known,
    sources,
  );
  const reported = unused.flatMap(({ roots, ...rest }) => maker.make('suppression-unused', 'warning', roots, rest));
  const findings = sortFindings([...kept, ...reported]);
  const judged = baseline && applyBaseline(findings, (finding) => merged.get(finding), baseline, built, sources);
  return {
    findings: judged?.kept ?? findings,
    ...dropUndefined({ baseline: judged?.outcome }),
    heeded,
    suppressed: [...suppressed].sort((a, b) => compareFindings(a.finding, b.finding)),
  };
}

/** A root for the reports. */
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

/** In the order of their paths; of one path, in an order that does not depend on who has built them. */
export function sortRoots(roots: readonly LintedRoot[]): LintedRoot[] {
  const parts = ({ path, kind, state, objects, releases }: LintedRoot) => [path, kind, state, objects, releases];
  return [...roots].sort(
    (a, b) => compareText(a.path, b.path) || compareText(parts(a).join('\0'), parts(b).join('\0')),
  );
}

/** What a run exits with; the same in every format. */
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
