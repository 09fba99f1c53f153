import type { LintOptions } from '../../src/lint-options.ts';
import { cleanRepository } from '../catalogue/tree.ts';
import { lintFiles } from '../support/lint-files.ts';

/**
 * Lints the clean repository of the catalogue with some files changed, or removed if their text is undefined. Returns the
 * rule, the place and the text there of each finding.
 */
export async function findAround(
  changes: Readonly<Record<string, string | undefined>>,
  options: LintOptions = {},
): Promise<string[]> {
  const findings = await findingsAround(changes, options);
  return findings.map(({ rule, at: { file, start, end } }) => {
    const text = file.text.slice(start, end).replace(/\s+/g, ' ');
    return `${rule} ${file.path.replace('/repo/', '')}:${file.position(start).line} ${text}`;
  });
}

/** The same, but returns the messages. */
export async function messagesAround(changes: Readonly<Record<string, string | undefined>>): Promise<string[]> {
  return (await findingsAround(changes, {})).map(({ message }) => message);
}

async function findingsAround(changes: Readonly<Record<string, string | undefined>>, options: LintOptions) {
  const files = cleanRepository();
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  return (await lintFiles(files, { options })).findings;
}

/** A pipeline of GitLab alone, without the repository's own. */
export function gitlab(text: string, others: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { '.gitlab-ci.yml': text, ...others };
}

/** A workflow of GitHub alone. */
export function github(
  text: string,
  others: Readonly<Record<string, string>> = {},
): Record<string, string | undefined> {
  return { '.gitlab-ci.yml': undefined, '.github/workflows/release.yaml': text, ...others };
}

/** A pipeline of Azure DevOps alone. */
export function azure(text: string, others: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
  return { '.gitlab-ci.yml': undefined, 'azure-pipelines.yml': text, ...others };
}
