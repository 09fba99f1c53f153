import { dropUndefined } from '../../collections/drop-undefined.ts';
import type { LintResult } from '../../lint/lint-result.ts';
import { findRepositoryTop } from '../../source/files/repository.ts';
import { version } from '../../version.ts';
import type { LintFlags, ReportFormat } from '../flags.ts';
import { lineWidth, type Stream, type Terminal, wantsColour } from '../terminal.ts';

/** The command-line options for a text report. */
export type TextFlags = Pick<LintFlags, 'color' | 'verbose' | 'quiet' | 'maxFindings'>;

/** The report in one format. Each format's module is loaded on demand. */
export async function writeReport(
  format: ReportFormat,
  result: LintResult,
  flags: TextFlags,
  stream: Stream,
  terminal: Terminal,
): Promise<string> {
  // Readers of the other formats resolve paths from the top of the repository.
  const base = format === 'text' || format === 'json' ? terminal.directory : repositoryTop(terminal);
  switch (format) {
    case 'text':
      return writeTextReport(result, flags, stream, terminal);
    case 'json':
      return (await import('../../report/json.ts')).writeJson(result, { base, version, top: repositoryTop(terminal) });
    case 'sarif': {
      const { writeSarif } = await import('../../report/sarif.ts');
      return writeSarif(result, await loadRules(), { base, version });
    }
    case 'github':
      return (await import('../../report/github.ts')).writeGithub(result, base);
    case 'gitlab':
      return (await import('../../report/gitlab.ts')).writeGitlab(result, base);
    case 'junit':
      return (await import('../../report/junit.ts')).writeJunit(result, base);
    case 'checkstyle':
      return (await import('../../report/checkstyle.ts')).writeCheckstyle(result, base);
    case 'rdjson':
      return (await import('../../report/rdjson.ts')).writeRdjson(result, base);
    case 'azure':
      return (await import('../../report/azure.ts')).writeAzure(result, base);
    case 'teamcity':
      return (await import('../../report/teamcity.ts')).writeTeamcity(result, await loadRules(), base);
    case 'markdown':
      return (await import('../../report/markdown.ts')).writeMarkdown(result, base);
  }
}

async function writeTextReport(
  result: LintResult,
  { color, verbose = false, quiet = false, maxFindings }: TextFlags,
  stream: Stream,
  { directory, env }: Terminal,
): Promise<string> {
  const [{ writeText }, { loadColours, plainPaint }] = await Promise.all([
    import('../../report/text.ts'),
    import('../../report/paint.ts'),
  ]);
  const paint = wantsColour(stream, env, color) ? await loadColours() : plainPaint;
  const width = lineWidth(stream);
  const limit = dropUndefined({ limit: maxFindings });
  return writeText(result, {
    base: directory,
    paint,
    secrets: result.secrets,
    width,
    verbose,
    summary: !quiet,
    ...limit,
  });
}

async function loadRules() {
  return (await import('../../lint/rule-descriptions.ts')).ruleDescriptions;
}

/** The top of the repository: the folder that GitLab names, or the one that contains `.git`. */
function repositoryTop({ directory, env, fileSystem, enter }: Terminal): string {
  const given = env['GITLAB_CI'] === undefined ? undefined : env['CI_PROJECT_DIR'];
  const project = given && enter(given);
  if (project && `${directory}/`.startsWith(`${project}/`)) return project;
  return findRepositoryTop(directory, fileSystem) ?? directory;
}
