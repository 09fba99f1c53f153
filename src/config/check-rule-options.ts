import { didYouMean } from '../text/did-you-mean.ts';
import { UsageError } from '../usage-error.ts';
import { type RuleLevel, ruleLevels } from './config.ts';

/** Throws a UsageError for an unknown rule or severity in the library's options; a settings file is checked by its schema. */
export function checkRuleOptions(rules: Readonly<Record<string, RuleLevel>>, ids: readonly string[]): void {
  for (const [id, level] of Object.entries(rules)) {
    if (!ids.includes(id)) throw new UsageError(`There is no rule "${id}".${didYouMean(id, ids)}`);
    if (!ruleLevels.includes(level)) {
      throw new UsageError(
        `The severity of rule "${id}" must be one of ${ruleLevels.join(', ')}.${didYouMean(String(level), ruleLevels)}`,
      );
    }
  }
}
