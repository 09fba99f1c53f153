import { describeFindings } from './describe-findings.ts';
import { lintFiles } from './lint-files.ts';

/** What a rule says of a tree at `/repo`, and what cannot be built; the files are relative to that. */
export async function lintRule(
  rule: string,
  files: Readonly<Record<string, string>>,
  paths: readonly string[] = ['.'],
): Promise<string[]> {
  const { findings } = await lintFiles({ '.git/HEAD': '', ...files }, { paths });
  return describeFindings(findings.filter((finding) => finding.rule === rule || finding.rule === 'build-error'));
}
