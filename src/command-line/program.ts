import { Argument, Command, type Option } from 'commander';
import { presets } from '../config/config.ts';
import { pipelines } from '../scaffold/pipeline.ts';
import { version } from '../version.ts';
import { checkChoice } from './choice-option.ts';
import { enterPaths } from './enter-paths.ts';
import {
  type BuildFlags,
  fixChoices,
  type InspectFlags,
  inspectFormats,
  type LintFlags,
  type RuleFormat,
  ruleFormats,
  type Shell,
  shells,
} from './flags.ts';
import type { MergeFlags } from './merge-command.ts';
import { refuseMistakenCommand } from './mistaken-command.ts';
import type { NewFlags } from './new-command.ts';
import {
  applierOption,
  choice,
  dialectOption,
  failOnOption,
  fluxOptions,
  leftOutOptions,
  pathsArgument,
  portOption,
  reportOptions,
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

/** Takes the exit code of the command that ran. */
type Finish = (exitCode: number) => void;

/** The command line. Each command is loaded only when it runs. */
export function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command('migrate-lint')
    .description(
      'Finds the mistakes that make a database migration on Kubernetes hang a release. Builds kustomize and Flux trees the way kustomize does, lints the result, and points at the lines you wrote.',
    )
    .addArgument(pathsArgument('kustomizations, folders, manifests, globs, or - for standard input'));
  addOptions(program.optionsGroup('Report:'), reportOptions());
  program
    .optionsGroup('Findings:')
    .addOption(choice('--preset <preset>', 'which rules are on', presets))
    .addOption(failOnOption())
    .option('--baseline <file>', 'do not report the findings listed in this file')
    .option('--no-baseline', 'ignore the baseline named in the settings')
    .option('--write-baseline', 'write all findings to the baseline (default: migrate-lint-baseline.json)')
    .option('--since <ref>', 'report only what changes since a commit, branch or tag can affect')
    .option('--changed', 'report only what uncommitted changes can affect')
    .option(
      '--changed-files',
      'treat the paths as changed files: lint the working directory, report only what they can affect',
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
    .option(
      '--repository <dir>',
      'the repository; nothing outside this folder is read (default: the Git repository of the paths)',
    );
  addOptions(program, leftOutOptions());
  program.option('--stdin-filename <path>', 'the file name that reports show for standard input');
  addOptions(program.optionsGroup('Flux:'), fluxOptions());
  program
    .optionsGroup('Run:')
    .option('--watch', 'lint again whenever a relevant file changes, until Ctrl-C')
    .addOption(shardOption())
    .addOption(timeLimitOption())
    .option('--timing', 'print to standard error where the time went')
    .optionsGroup('Options:')
    .version(version, '-V, --version', 'print the version')
    .helpCommand(false)
    .addHelpText('after', examples)
    .enablePositionalOptions()
    .hook('preAction', (_, command) => enterPaths(command, terminal))
    .action(async (paths: string[], flags: ParsedLintFlags) => {
      const { lintCommand } = await import('./lint-command.ts');
      refuseMistakenCommand(paths, program, terminal);
      finish(await lintCommand(paths, withoutDefaults(flags), terminal));
    });
  addCommands(program, terminal, finish);
  for (const command of [program, ...program.commands]) {
    command.helpOption('-h, --help', 'print this help');
    redirect(command, terminal);
  }
  return program;
}

function addCommands(program: Command, terminal: Terminal, finish: Finish): void {
  addBuild(program, terminal, finish);
  addMerge(program, terminal, finish);
  addInspect(program, terminal, finish);
  addNew(program, terminal, finish);
  addRules(program, terminal, finish);
  addCompletion(program, terminal, finish);
}

function addBuild(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('build')
    .description('print what kustomize build would print')
    .argument('<dir>', 'the folder of a kustomization')
    .addOption(dialectOption())
    .addOption(restrictorOption())
    .option('--flux <name>', 'print what Flux would apply for this Flux Kustomization in the folder, in its order');
  addOptions(command, [...fluxOptions(), ...leftOutOptions()]);
  command
    .option('--origins', 'print where each value comes from instead of the manifests')
    .action(async (directory: string, flags: BuildFlags) => {
      const { buildCommand } = await import('./build-command.ts');
      finish(await buildCommand(directory, flags, terminal));
    });
}

function addMerge(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('merge')
    .description('merge JSON reports of shards, or of whole runs, into one report in any format')
    .argument('<reports...>', 'reports written with --format json');
  addOptions(command, [...reportOptions(), failOnOption()]);
  command.action(async (reports: string[], flags: MergeFlags) => {
    const { mergeCommand } = await import('./merge-command.ts');
    finish(await mergeCommand(reports, flags, terminal));
  });
}

function addInspect(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('inspect')
    .description('show each service with its migration, waiter and account, and why each was recognised')
    .addArgument(pathsArgument('kustomizations, folders, manifests or globs'))
    .addOption(choice('--format <format>', 'the output format', inspectFormats).default('text'))
    .addOption(dialectOption())
    .addOption(applierOption())
    .addOption(restrictorOption());
  addOptions(command, [...fluxOptions(), ...leftOutOptions()]);
  command.action(async (paths: string[], flags: InspectFlags) => {
    const { inspectCommand } = await import('./inspect-command.ts');
    finish(await inspectCommand(paths, flags, terminal));
  });
}

function addNew(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('new')
    .description('write the manifests, Dockerfile.migration and pipeline for a new service')
    .argument('<name>', 'the name of the service')
    .requiredOption('--tool <tool>', 'the migration tool, such as prisma, alembic, flyway or golang-migrate')
    .option('--image <image>', 'the image of the service, without a tag')
    .addOption(portOption())
    .addOption(choice('--ci <system>', 'also write a pipeline for this CI system (default: none)', pipelines))
    .option('--directory <dir>', 'the folder of the service (default: the working directory)')
    .option('--force', 'overwrite existing files')
    .option('--dry-run', 'list the files without writing them')
    .action(async (name: string, flags: NewFlags) => {
      const { newCommand } = await import('./new-command.ts');
      finish(newCommand(name, flags, terminal));
    });
}

function addRules(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('rules')
    .description('list the rules')
    .addOption(choice('--format <format>', 'the output format', ruleFormats).default('text'))
    .action(async ({ format }: { format: RuleFormat }) => {
      const { rulesCommand } = await import('./rules-command.ts');
      finish(rulesCommand(format, terminal));
    });
  program
    .command('explain')
    .description('explain what a rule finds, why it matters, and how to fix it')
    .argument('<rule>', 'the id of the rule')
    .action(async (rule: string) => {
      const { explainCommand } = await import('./rules-command.ts');
      finish(explainCommand(rule, terminal));
    });
}

function addCompletion(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('completion')
    .description('print a shell completion script')
    .addArgument(new Argument('<shell>', shells.join(', ')).argParser((value) => checkChoice(value, shells)))
    .action(async (shell: Shell) => {
      const { completionCommand } = await import('./completion-command.ts');
      finish(completionCommand(shell, program, terminal));
    });
}

function addOptions(command: Command, options: readonly Option[]): void {
  for (const option of options) command.addOption(option);
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
