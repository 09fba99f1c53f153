import { getText, type Node } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';

/**
 * Whether any push to a branch runs a job of GitLab CI. False if its rules check the commit's message or author,
 * changed files or a variable of the project, since they may skip the pipeline's own commits.
 * @param field the job's own value of a keyword
 * @param workflow `workflow: rules:` of the pipeline
 */
export function runsOnPush(field: (name: string) => Node | undefined, workflow: Node | undefined): boolean {
  if (workflow !== undefined && !rulesAllow(workflow)) return false;
  if (/^(manual|never)$/.test(getText(field('when')) ?? '')) return false;
  const rules = field('rules');
  if (rules !== undefined) return rulesAllow(rules);
  const [only, except] = [field('only'), field('except')];
  if (hasConditions(only) || hasConditions(except)) return false;
  const refused = refsOf(except);
  if (refused.includes('branches') || refused.includes('pushes')) return false;
  return only === undefined || refsOf(only).some((ref) => !otherSources.has(ref));
}

/** Keywords of `only` for pipelines that are not started by a push to a branch. */
const otherSources = new Set([
  'api',
  'chat',
  'external',
  'external_pull_requests',
  'merge_requests',
  'pipelines',
  'schedules',
  'tags',
  'triggers',
  'web',
]);

function refsOf(node: Node | undefined): string[] {
  if (node === undefined) return [];
  if (node.kind === 'map') return node.entries.flatMap(({ key, value }) => (key.value === 'refs' ? refsOf(value) : []));
  return node.kind === 'sequence' ? node.items.flatMap(refsOf) : [node.value];
}

/** Whether `only` or `except` has conditions other than refs: `variables`, `changes`. */
function hasConditions(node: Node | undefined): boolean {
  return node?.kind === 'map' && node.entries.some(({ key }) => key.value !== 'refs');
}

/**
 * Whether rules run a job for any push. The first rule that matches decides; one that cannot be judged may skip the
 * commit.
 */
function rulesAllow(rules: Node): boolean {
  if (rules.kind !== 'sequence') return false;
  if (dependsOnCommit(rules)) return false;
  for (const rule of rules.items) {
    if (rule.kind !== 'map' || rule.entries.some(({ key }) => key.value === 'changes' || key.value === 'exists'))
      continue;
    const condition = getText(rule, ['if']);
    if (condition !== undefined && !condition.split('||').some(mayHoldForPush)) continue;
    return !/^(manual|never)$/.test(getText(rule, ['when']) ?? '');
  }
  return false;
}

function dependsOnCommit(rules: Node): boolean {
  const { file, start, end } = originSpan(rules.origin);
  return /CI_COMMIT_(MESSAGE|TITLE|DESCRIPTION|AUTHOR)|GITLAB_USER_/.test(file.text.slice(start, end));
}

/** A part of a condition without the parentheses around it. */
function withoutParentheses(part: string): string {
  const open = part.trim().replace(/^\(+/, '');
  const end = open.split('').findLastIndex((char) => char !== ')') + 1;
  return open.slice(0, end).trim();
}

/** Whether each part of a condition is known to hold for pushes to some branch. */
function mayHoldForPush(condition: string): boolean {
  return condition
    .split('&&')
    .map(withoutParentheses)
    .every(
      (part) =>
        /^\$\{?CI_COMMIT_(BRANCH|REF_NAME)\}?(\s*(==|!=|=~|!~).*)?$/.test(part) ||
        /^\$\{?CI_COMMIT_TAG\}?\s*==\s*(null|""|'')$/.test(part) ||
        /^\$\{?CI_PIPELINE_SOURCE\}?\s*(==\s*["']push["']|!=\s*["'](?!push)\w+["'])$/.test(part),
    );
}
