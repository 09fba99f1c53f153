import type { Preset, RuleLevel } from '../config/config.ts';
import type { Rule } from './rule.ts';

/** The level of each rule that the settings or the preset change: strict rules are off in other presets, unless the settings name them. */
export function levelsOf(
  rules: readonly Pick<Rule, 'id' | 'strict'>[],
  { preset, levels }: { readonly preset: Preset; readonly levels: ReadonlyMap<string, RuleLevel> },
): ReadonlyMap<string, RuleLevel> {
  if (preset === 'strict') return levels;
  const off = rules.filter(({ strict }) => strict).map(({ id }) => [id, 'off'] as const);
  return new Map<string, RuleLevel>([...off, ...levels]);
}
