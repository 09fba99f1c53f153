import type { Preset, RuleLevel } from '../config/config.ts';
import type { Rule } from './rule.ts';

/** What each rule's findings count as: rules for the strict preset are off in any other, unless the settings name them. */
export function levelsOf(
  rules: readonly Pick<Rule, 'id' | 'strict'>[],
  { preset, levels }: { readonly preset: Preset; readonly levels: ReadonlyMap<string, RuleLevel> },
): ReadonlyMap<string, RuleLevel> {
  if (preset === 'strict') return levels;
  const off = rules.filter(({ strict }) => strict).map(({ id }) => [id, 'off'] as const);
  return new Map<string, RuleLevel>([...off, ...levels]);
}
