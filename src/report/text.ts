import type { Finding } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import { joinWords } from '../text/join-words.ts';
import { countOf } from './count.ts';
import { displayPath } from './display-path.ts';
import { escapeLines, escapeText } from './escape-text.ts';
import { findEdits } from './fix-edits.ts';
import { describeAlike, type FoldedFinding, foldIncomplete } from './fold-incomplete.ts';
import { drawFrame, type FrameStyle } from './frame.ts';
import { summarize } from './summary.ts';

/** The style of a text report. */
export interface TextStyle extends FrameStyle {
  /** Also show why objects count as migrations, waiters or services, what was linted, and what was skipped. */
  readonly verbose: boolean;
  /** End with a summary. */
  readonly summary: boolean;
  /** Show at most this many findings, and count the rest. */
  readonly limit?: number;
}

/** The report for people: each finding with its source lines, then a summary. */
export function writeText(result: LintResult, style: TextStyle): string {
  const folded = style.verbose
    ? result.findings.map((finding) => ({ finding, alike: [] }))
    : foldIncomplete(result.findings);
  const shown = folded.slice(0, style.limit);
  const blocks = shown.map((each) => describeFinding(each, result, style).join('\n'));
  const rest = folded.slice(shown.length).reduce((sum, { alike }) => sum + 1 + alike.length, 0);
  if (rest > 0) blocks.push(`${countOf(rest, 'more finding')} not shown.`);
  if (style.verbose) blocks.push(...describeScope(result, style));
  if (style.summary && result.roots.length > 0) {
    blocks.push(
      [
        describeSummary(result, style),
        ...describeFixable(result),
        ...describeNextStep(result, shown.length, style),
      ].join('\n'),
    );
  }
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

function describeFinding(folded: FoldedFinding, result: LintResult, style: TextStyle): string[] {
  const { finding, alike } = folded;
  const head = style.paint.severity(finding.severity, `${finding.severity}[${finding.rule}]`);
  const { gutter, lines } = drawFrame(finding, style);
  const notes = [
    ...(finding.hint === undefined ? [] : [describeNote('help', finding.hint, gutter, style)]),
    ...describeRoots(finding, result, style).map((text) => describeNote('note', text, gutter, style)),
    ...(alike.length === 0 ? [] : [describeNote('note', describeAlike(folded), gutter, style)]),
    ...(style.verbose ? (finding.reasons ?? []) : []).map((reason) => describeNote('note', reason, gutter, style)),
  ];
  const bar = notes.length > 0 && lines.length > 1 ? [style.paint.gutter(`${gutter} |`)] : [];
  return [`${head}${style.paint.message(`: ${escapeText(finding.message)}`)}`, ...lines, ...bar, ...notes.flat()];
}

/** A finding in a base shows up in every overlay that includes it; without `--verbose` only this many roots are named. */
const fewRoots = 4;

/** The roots of a finding, if the run has more than one. */
function describeRoots({ roots }: Finding, result: LintResult, style: TextStyle): string[] {
  if (roots.length === 0 || result.roots.length < 2) return [];
  const shown = style.verbose || roots.length <= fewRoots + 1 ? roots : roots.slice(0, fewRoots);
  const names = shown.map((path) => escapeText(displayPath(path, style.base)));
  const rest = roots.length - shown.length;
  return [`in ${joinWords(rest === 0 ? names : [...names, `${rest} more`])}`];
}

function describeNote(label: string, text: string, gutter: string, { paint }: TextStyle): string[] {
  const lead = `${paint.gutter(`${gutter} =`)} ${paint.message(`${label}:`)} `;
  const indentation = ' '.repeat(gutter.length + ` = ${label}: `.length);
  return escapeLines(text).map((line, index) => (index === 0 ? lead : indentation) + line);
}

const rootKinds = { kustomization: 'kustomization', manifests: 'plain manifests', flux: 'as Flux builds it' } as const;

/** What was linted and what was skipped. */
function describeScope({ roots, skipped }: LintResult, { base }: TextStyle): string[] {
  const linted = roots.map(({ path, kind, state, objects, releases }) => {
    const outcome =
      state === 'failed' ? 'could not be built' : `${countOf(objects, 'object')}, ${countOf(releases, 'release')}`;
    return `  ${escapeText(displayPath(path, base))} (${rootKinds[kind]}): ${outcome}${state === 'incomplete' ? ', built in part' : ''}`;
  });
  const left = skipped.map(({ path, why }) => `  ${escapeText(displayPath(path, base))} ${escapeText(why)}`);
  return [
    ...(linted.length > 0 ? [['Linted:', ...linted].join('\n')] : []),
    ...(left.length > 0 ? [['Skipped:', ...left].join('\n')] : []),
  ];
}

/** How many findings `--fix` and `--fix=all` would fix. */
function describeFixable({ findings }: LintResult): string[] {
  const fixes = findings.filter(isFixable).flatMap(({ fix }) => fix ?? []);
  const safe = fixes.filter((fix) => fix.safe).length;
  const others = fixes.length - safe;
  if (fixes.length === 0) return [];
  if (safe === 0) return [`${others} fixable with --fix=all.`];
  return [`${safe} fixable with --fix${others === 0 ? '' : `, ${others} more with --fix=all`}.`];
}

/** Whether a finding has a fix that can be made in its files; standard input cannot be fixed. */
function isFixable(finding: Finding): boolean {
  return !finding.at.file.path.startsWith('<') && findEdits(finding) !== undefined;
}

/** More findings than anybody fixes in one sitting. */
const manyFindings = 100;
const fewerAtATime =
  'To work through them step by step: --max-findings 20 shows the first 20; --write-baseline records all of them as known.';

/** The next step: which command explains a rule or, if no migration was recognised, how to name one. */
function describeNextStep(
  { findings, roots, shard, skipped }: LintResult,
  frames: number,
  { base }: Pick<TextStyle, 'base'>,
): string[] {
  const leftOut = skipped
    .filter(({ bears }) => bears)
    .map(({ path, why }) => `${escapeText(displayPath(path, base))} ${escapeText(why)}.`);
  const [first] = findings;
  if (first !== undefined) {
    const way = frames > manyFindings ? [fewerAtATime] : [];
    return [...leftOut, ...way, `More about a rule: migrate-lint explain ${first.rule}`];
  }
  if (leftOut.length > 0) return leftOut;
  // The releases may be in another share, or in the missing part of a root.
  const isWhole = shard === undefined && roots.every(({ state }) => state === 'built');
  if (!isWhole || roots.some(({ releases }) => releases > 0)) return [];
  return [
    'No migration Job was recognised. If there is one, name it in migrate-lint.yaml: `migrations: {jobs: [NAME]}`.',
  ];
}

/** The summary line of a run. */
export function describeSummary(result: LintResult, { paint }: Pick<TextStyle, 'paint'>): string {
  const { errors, warnings, infos, suppressed, files, roots, releases } = summarize(result);
  const known = result.baseline?.known ?? 0;
  const silenced =
    (suppressed > 0 ? `, ${suppressed} suppressed` : '') + (known > 0 ? `, ${known} in the baseline` : '');
  if (errors + warnings + infos === 0) {
    const scope = `(${countOf(roots, 'root')}, ${countOf(releases, 'release')}${silenced}).`;
    return `${paint.success('No problems found')} ${scope}`;
  }
  const found = [
    ...(errors > 0 ? [paint.severity('error', countOf(errors, 'error'))] : []),
    ...(warnings > 0 ? [paint.severity('warning', countOf(warnings, 'warning'))] : []),
    ...(infos > 0 ? [paint.severity('info', countOf(infos, 'info'))] : []),
  ];
  return `Found ${joinWords(found)} in ${countOf(files, 'file')} (${countOf(roots, 'root')}${silenced}).`;
}
