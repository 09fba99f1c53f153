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
  migrate-lint                              all below the working directory
  migrate-lint k8s/overlays/production      one overlay with its bases
  migrate-lint k8s --fix                    mend what is safe, report the rest
  migrate-lint k8s --since origin/main      what this branch changes
  migrate-lint k8s --report sarif=out.sarif show, and write for code scanning
  kustomize build k8s | migrate-lint -      what another tool has built
  migrate-lint explain wait-job-match       what a rule finds, why, what to do
  migrate-lint inspect k8s                  which service waits for what
  migrate-lint new shop --tool prisma       the manifests of a new service

Exit codes: 0 clean, 1 findings at or above --fail-on,
            2 wrong usage or settings, 3 nothing to lint.`;

/** Takes the exit code of the command that ran. */
type Finish = (exitCode: number) => void;

/** The command line; each command is loaded when it is asked for. */
export function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command('migrate-lint')
    .description(
      'Finds the mistakes that make a database migration on Kubernetes hang a release: builds kustomize and Flux trees as kustomize does, lints the result, and points at the lines that you wrote.',
    )
    .addArgument(pathsArgument('kustomizations, folders, manifests, globs, or - for standard input'));
  addOptions(program.optionsGroup('Report:'), reportOptions());
  program
    .optionsGroup('What is reported:')
    .addOption(choice('--preset <preset>', 'which rules are on', presets))
    .addOption(failOnOption())
    .option('--baseline <file>', 'leave out the findings that this file names')
    .option('--no-baseline', 'leave out none, whatever the settings say')
    .option('--write-baseline', 'write all findings to the baseline, migrate-lint-baseline.json by default')
    .option('--since <ref>', 'report what the changes since a commit, branch or tag can reach')
    .option('--changed', 'report what changes that are not committed can reach')
    .option(
      '--changed-files',
      'the paths are files that were changed: lint the working directory, report what they can reach',
    )
    .optionsGroup('Fixes:')
    .addOption(choice('--fix [which]', 'mend what is safe to mend, or with --fix=all whatever can be', fixChoices))
    .option('--diff', 'print what --fix or --fix=all would change instead')
    .optionsGroup('Settings:')
    .option('--config <file>', 'the settings file (default: migrate-lint.yaml, looked for upwards from the paths)')
    .option('--no-config', 'use no settings file')
    .option('--init', 'write a migrate-lint.yaml that explains every setting')
    .option('--print-config', 'print the settings that count for the paths, as JSON')
    .optionsGroup('Build:')
    .addOption(dialectOption())
    .addOption(applierOption())
    .addOption(restrictorOption())
    .option(
      '--repository <dir>',
      'the folder that is the repository: nothing outside is read (default: the Git repository of the paths)',
    );
  addOptions(program, leftOutOptions());
  program.option('--stdin-filename <path>', 'what to call standard input in reports');
  addOptions(program.optionsGroup('Flux:'), fluxOptions());
  program
    .optionsGroup('The run:')
    .option('--watch', 'lint again whenever a file changes, until Ctrl-C')
    .addOption(shardOption())
    .addOption(timeLimitOption())
    .option('--timing', 'tell where the time went, on standard error')
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
    .option('--flux <name>', 'print what Flux would apply of this Kustomization, found in the folder, in its order');
  addOptions(command, [...fluxOptions(), ...leftOutOptions()]);
  command
    .option('--origins', 'print where each value comes from instead')
    .action(async (directory: string, flags: BuildFlags) => {
      const { buildCommand } = await import('./build-command.ts');
      finish(await buildCommand(directory, flags, terminal));
    });
}

function addMerge(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('merge')
    .description('join reports that --format json has written, of shards or of whole runs, into one of any format')
    .argument('<reports...>', 'the reports');
  addOptions(command, [...reportOptions(), failOnOption()]);
  command.action(async (reports: string[], flags: MergeFlags) => {
    const { mergeCommand } = await import('./merge-command.ts');
    finish(await mergeCommand(reports, flags, terminal));
  });
}

function addInspect(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('inspect')
    .description('show each service with its migration, its waiter and its account, and why each was taken for it')
    .addArgument(pathsArgument('kustomizations, folders, manifests or globs'))
    .addOption(choice('--format <format>', 'how to show them', inspectFormats).default('text'))
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
    .description('write the manifests, Dockerfile.migration and pipeline of a new service')
    .argument('<name>', 'the name of the service')
    .requiredOption('--tool <tool>', 'the migration tool, such as prisma, alembic, flyway or golang-migrate')
    .option('--image <image>', 'the image of the service, without a tag')
    .addOption(portOption())
    .addOption(choice('--ci <system>', 'write the pipeline for it (default: none)', pipelines))
    .option('--directory <dir>', 'the folder of the service (default: the working directory)')
    .option('--force', 'overwrite files that are there')
    .option('--dry-run', 'list the files and write nothing')
    .action(async (name: string, flags: NewFlags) => {
      const { newCommand } = await import('./new-command.ts');
      finish(newCommand(name, flags, terminal));
    });
}

function addRules(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('rules')
    .description('list the rules')
    .addOption(choice('--format <format>', 'how to list them', ruleFormats).default('text'))
    .action(async ({ format }: { format: RuleFormat }) => {
      const { rulesCommand } = await import('./rules-command.ts');
      finish(rulesCommand(format, terminal));
    });
  program
    .command('explain')
    .description('tell what a rule finds, why, and what to do')
    .argument('<rule>', 'the id of the rule')
    .action(async (rule: string) => {
      const { explainCommand } = await import('./rules-command.ts');
      finish(explainCommand(rule, terminal));
    });
}

function addCompletion(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('completion')
    .description('print a script that completes this command line in a shell')
    .addArgument(new Argument('<shell>', shells.join(', ')).argParser((value) => checkChoice(value, shells)))
    .action(async (shell: Shell) => {
      const { completionCommand } = await import('./completion-command.ts');
      finish(completionCommand(shell, program, terminal));
    });
}

function addOptions(command: Command, options: readonly Option[]): void {
  for (const option of options) command.addOption(option);
}

/** commander makes true what `--no-…` can make false, where nothing is said. */
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
