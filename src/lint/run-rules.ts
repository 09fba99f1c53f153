import { dropUndefined } from '../collections/drop-undefined.ts';
import { pushAll } from '../collections/push-all.ts';
import type { RuleLevel } from '../config/config.ts';
import type { CompiledOverride } from '../config/overrides.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import type { Fix } from '../findings/fix.ts';
import { fluxOutcome } from '../flux/flux-built-root.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Correction } from '../kustomize/problem.ts';
import { describeOverrun } from '../kustomize/session/build-limits.ts';
import type { RootModel } from '../model/root-model.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { type Span, sameSpan } from '../source/span.ts';
import { asSentence } from '../text/as-sentence.ts';
import { noTiming, type Timing } from '../timing.ts';
import type { Crash } from './lint-result.ts';
import type { ReportedFinding, Rule } from './rule.ts';

/** Turns what rules report into findings, with the severities from the settings. */
export interface FindingMaker {
  make(rule: string, severity: Severity, roots: readonly string[], reported: ReportedFinding): Finding[];
  /** Whether the rule is on, at least for some files. */
  isOn(rule: string): boolean;
  isOnEverywhere(rule: string): boolean;
}

/** @param overrides levels for the findings in certain files; the last match wins */
export function findingMaker(
  levels: ReadonlyMap<string, RuleLevel>,
  overrides: readonly CompiledOverride[] = [],
): FindingMaker {
  const found = (rule: string) => [levels.get(rule), ...overrides.map(({ rules }) => rules.get(rule))];
  return {
    make(rule, severity, roots, reported) {
      const { path } = reported.at.file;
      const override = overrides.findLast(({ rules, matches }) => rules.has(rule) && matches(path));
      const level = override?.rules.get(rule) ?? levels.get(rule) ?? reported.severity ?? severity;
      if (level === 'off') return [];
      const { field, fix, ...rest } = reported;
      const objects = fix?.objects ?? (rest.object === undefined ? [] : [rest.object]);
      const subjects = roots.flatMap((root) => objects.map((object) => ({ root, object })));
      const optional = dropUndefined({ field, fix: fix && { ...fix, subjects } });
      return [{ ...rest, rule, severity: level, roots, ...optional }];
    },
    isOn: (rule) => levels.get(rule) !== 'off' || found(rule).some((level) => level !== undefined && level !== 'off'),
    isOnEverywhere: (rule) => !found(rule).includes('off'),
  };
}

/** Findings by model. They are valid as long as the rules and their levels stay the same. */
export type KnownFindings = WeakMap<RootModel, readonly Finding[]>;

/**
 * Returns a function that runs every enabled rule over a model. If a rule crashes, the others still run. The function
 * returns undefined if the time limit of the run is reached before all rules are done.
 * @param known findings of earlier runs, which are reused; new ones are added
 */
export function judgeBy(
  rules: readonly Rule[],
  maker: FindingMaker,
  crashes: Crash[],
  timing: Timing = noTiming,
  known: KnownFindings = new WeakMap(),
  isOutOfTime: () => boolean = () => false,
): (model: RootModel) => readonly Finding[] | undefined {
  const used = rules.filter(({ id }) => maker.isOn(id));
  return (model) => {
    const before = known.get(model);
    if (before !== undefined) return before;
    const crashesBefore = crashes.length;
    const found: Finding[] = [];
    for (const rule of used) {
      if (isOutOfTime()) return undefined;
      pushAll(found, runRule(rule, model, maker, crashes, timing));
    }
    if (crashes.length === crashesBefore) known.set(model, found);
    return found;
  };
}

function runRule(rule: Rule, model: RootModel, maker: FindingMaker, crashes: Crash[], timing: Timing): Finding[] {
  const { path } = model.root;
  const findings: Finding[] = [];
  const report = (reported: ReportedFinding) => findings.push(...maker.make(rule.id, rule.severity, [path], reported));
  try {
    timing.measure(`rules/${rule.id}`, () => rule.check(model, report));
  } catch (error) {
    crashes.push({ doing: `while checking ${rule.id} in ${path}`, error });
  }
  return findings;
}

/**
 * Reports what could not be built as `build-error` and `build-incomplete`.
 * @param found findings of rules; one at the location of a problem replaces it, because it explains more
 */
export function reportProblems(roots: readonly BuiltRoot[], maker: FindingMaker, found: readonly Finding[]): Finding[] {
  return roots.flatMap((root) =>
    [...root.problems, ...(fluxOutcome(root)?.remarks ?? [])].flatMap(({ kind, message, at, related, correction }) => {
      // A problem with a correction is a mistake of its own, not the one that a rule finds in the result.
      const isSamePlace = (finding: Finding) => finding.roots[0] === root.path && sameSpan(finding.at, at);
      if (correction === undefined && found.some(isSamePlace)) return [];
      const reported = {
        message: asSentence(message),
        at,
        related,
        ...(correction && { fix: correct(at, correction) }),
      };
      return kind === 'error'
        ? maker.make('build-error', 'error', [root.path], reported)
        : maker.make('build-incomplete', 'warning', [root.path], reported);
    }),
  );
}

function correct(at: Span, { from, to }: Correction): Fix {
  return { title: `Write \`${to}\``, safe: true, changes: [{ kind: 'set', at, from, to }] };
}

/** Reports that the time limit was reached before all rules checked a root. A failed build has its own finding. */
export function reportTimeout(
  { path, kustomization, files, problems }: BuiltRoot,
  { limits: { time } }: SourceCache,
  maker: FindingMaker,
): Finding[] {
  const file = kustomization ?? files[0];
  if (time === undefined || file === undefined || problems.some(({ kind }) => kind === 'error')) return [];
  const message = asSentence(describeOverrun('judged', time));
  return maker.make('build-error', 'error', [path], { message, at: { file, start: 0, end: 0 }, related: [] });
}
