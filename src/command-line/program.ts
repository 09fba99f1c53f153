import { Command } from 'commander';
import { presets } from '../config/config.ts';
import { version } from '../version.ts';
import { addCommands, addOptions, type Finish } from './commands.ts';
import { enterPaths } from './enter-paths.ts';
import { fixChoices, type LintFlags } from './flags.ts';
import { refuseDetachedFix, refuseMistakenCommand } from './mistaken-command.ts';
import {
  applierOption,
  choice,
  dialectOption,
  failOnOption,
  fluxOptions,
  leftOutOptions,
  pathsArgument,
  reportOptions,
  repositoryOption,
  restrictorOption,
  shardOption,
  timeLimitOption,
} from './options.ts';
import type { Terminal } from './terminal.ts';

const examples = `
Examples:
  migrate-lint                              all of the working directory
  migrate-lint k8s/overlays/production      one overlay with its bases
  migrate-lint k8s --fix                    apply safe fixes, report the rest
  migrate-lint k8s --since origin/main      only what this branch affects
  migrate-lint k8s --report sarif=out.sarif also write SARIF for code scanning
  kustomize build k8s | migrate-lint -      what another tool built
  migrate-lint explain wait-job-match       what a rule finds, and the fix
  migrate-lint inspect k8s                  which service waits for what
  migrate-lint new shop --tool prisma       the manifests of a new service

Exit codes: 0 clean, 1 findings at or above --fail-on,
            2 wrong usage or settings, 3 nothing to lint.`;

/** The command line. Linting is the program itself; the other commands are added to it. */
export function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command('migrate-lint')
    .description(
      'Finds the mistakes that make a database migration on Kubernetes hang a release. Builds kustomize and Flux trees the way kustomize does, lints the result, and points at the lines you wrote.',
    )
    .addArgument(pathsArgument('kustomizations, folders, manifests, globs, or - for standard input'));
  addLintOptions(program);
  program
    .optionsGroup('Options:')
    .version(version, '-V, --version', 'print the version')
    .helpCommand(false)
    .addHelpText('after', examples)
    .enablePositionalOptions()
    .hook('preAction', (_, command) => enterPaths(command, terminal))
    .action(async (paths: string[], flags: ParsedLintFlags) => {
      const { lintCommand } = await import('./commands/lint-command.ts');
      refuseMistakenCommand(paths, program, terminal);
      refuseDetachedFix(paths, flags, terminal);
      finish(await lintCommand(paths, withoutDefaults(flags), terminal));
    });
  addCommands(program, terminal, finish);
  for (const command of [program, ...program.commands]) {
    command.helpOption('-h, --help', 'print this help');
    redirect(command, terminal);
  }
  return program;
}

/** The options in groups, which the help shows in this order. */
function addLintOptions(program: Command): void {
  addOptions(program.optionsGroup('Report:'), reportOptions());
  program
    .optionsGroup('Findings:')
    .addOption(choice('--preset <preset>', 'which rules are on', presets))
    .addOption(failOnOption())
    .option('--baseline <file>', 'do not report the findings listed in this file')
    .option('--no-baseline', 'ignore the baseline named in the settings')
    .option('--write-baseline', 'write all findings to the baseline (default: migrate-lint-baseline.json)')
    .option('--since <ref>', 'report only findings that changes since a commit, branch or tag can affect')
    .option('--changed', 'report only findings that uncommitted changes can affect')
    .option(
      '--changed-files',
      'treat the paths as changed files: lint the working directory, and report only findings that they can affect',
    )
    .optionsGroup('Fixes:')
    .addOption(choice('--fix [which]', 'apply safe fixes, or every fix with --fix=all', fixChoices))
    .option('--diff', 'print what --fix or --fix=all would change, and change nothing')
    .optionsGroup('Settings:')
    .option('--config <file>', 'the settings file (default: the nearest migrate-lint.yaml upwards from the paths)')
    .option('--no-config', 'ignore settings files')
    .option('--init', 'write a migrate-lint.yaml that explains every setting')
    .option('--print-config', 'print the settings in effect for the paths, as JSON')
    .optionsGroup('Build:')
    .addOption(dialectOption())
    .addOption(applierOption())
    .addOption(restrictorOption())
    .addOption(repositoryOption());
  addOptions(program, leftOutOptions());
  program.option('--stdin-filename <path>', 'the file name that reports show for standard input');
  addOptions(program.optionsGroup('Flux:'), fluxOptions());
  program
    .optionsGroup('Run:')
    .option('--watch', 'lint again whenever a relevant file changes, until Ctrl-C')
    .addOption(shardOption())
    .addOption(timeLimitOption())
    .option('--timing', 'print to standard error where the time went');
}

/** commander defaults an option to `true` if there is a `--no-…` for it. */
type ParsedLintFlags = Omit<LintFlags, 'config' | 'baseline'> & {
  readonly config?: string | boolean;
  readonly baseline?: string | boolean;
};

function withoutDefaults({ config, baseline, ...flags }: ParsedLintFlags): LintFlags {
  return {
    ...flags,
    ...(config === undefined || config === true ? {} : { config }),
    ...(baseline === undefined || baseline === true ? {} : { baseline }),
  };
}

function redirect(command: Command, { out, err }: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => out.write(text),
    writeErr: (text) => err.write(text),
    getOutHelpWidth: () => out.columns ?? 80,
    getErrHelpWidth: () => err.columns ?? 80,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
}
