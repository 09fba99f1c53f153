import { Argument, type Command, Option } from 'commander';
import { pipelines } from '../scaffold/pipeline.ts';
import { checkChoice } from './choice-option.ts';
import type { MergeFlags } from './commands/merge-command.ts';
import type { NewFlags } from './commands/new-command.ts';
import {
  type BuildFlags,
  type InspectFlags,
  inspectFormats,
  type RuleFormat,
  ruleFormats,
  type Shell,
  shells,
} from './flags.ts';
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
  repositoryOption,
  restrictorOption,
} from './options.ts';
import type { Terminal } from './terminal.ts';

/** Takes the exit code of the command that ran. */
export type Finish = (exitCode: number) => void;

/** Adds the commands other than linting itself. Each one is loaded only when it runs. */
export function addCommands(program: Command, terminal: Terminal, finish: Finish): void {
  addBuild(program, terminal, finish);
  addMerge(program, terminal, finish);
  addInspect(program, terminal, finish);
  addNew(program, terminal, finish);
  addRules(program, terminal, finish);
  addCompletion(program, terminal, finish);
  addLanguageServer(program, terminal, finish);
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
      const { buildCommand } = await import('./commands/build-command.ts');
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
    const { mergeCommand } = await import('./commands/merge-command.ts');
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
    .addOption(restrictorOption())
    .addOption(repositoryOption());
  addOptions(command, [...fluxOptions(), ...leftOutOptions()]);
  command.action(async (paths: string[], flags: InspectFlags) => {
    const { inspectCommand } = await import('./commands/inspect-command.ts');
    finish(await inspectCommand(paths, flags, terminal));
  });
}

function addNew(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('new')
    .description('write the manifests, Dockerfile.migration and pipeline for a new service')
    .argument('<name>', 'the name of the service')
    .option('--tool <tool>', 'the migration tool, such as prisma or alembic; without this option, new lists them all')
    .option('--image <image>', 'the image of the service, without a tag')
    .addOption(portOption())
    .addOption(choice('--ci <system>', 'also write a pipeline for this CI system (default: none)', pipelines))
    .option('--directory <dir>', 'the folder of the service (default: the working directory)')
    .option('--force', 'overwrite existing files')
    .option('--dry-run', 'list the files without writing them')
    .action(async (name: string, flags: NewFlags) => {
      const { newCommand } = await import('./commands/new-command.ts');
      finish(newCommand(name, flags, terminal));
    });
}

function addRules(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('rules')
    .description('list the rules')
    .addOption(choice('--format <format>', 'the output format', ruleFormats).default('text'))
    .action(async ({ format }: { format: RuleFormat }) => {
      const { rulesCommand } = await import('./commands/rules-command.ts');
      finish(rulesCommand(format, terminal));
    });
  program
    .command('explain')
    .description('explain what a rule finds, why it matters, and how to fix it')
    .argument('<rule>', 'the id of the rule')
    .action(async (rule: string) => {
      const { explainCommand } = await import('./commands/rules-command.ts');
      finish(explainCommand(rule, terminal));
    });
}

function addCompletion(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('completion')
    .description('print a shell completion script')
    .addArgument(new Argument('<shell>', shells.join(', ')).argParser((value) => checkChoice(value, shells)))
    .action(async (shell: Shell) => {
      const { completionCommand } = await import('./commands/completion-command.ts');
      finish(completionCommand(shell, program, terminal));
    });
}

function addLanguageServer(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('lsp')
    .description('serve an editor with findings and fixes, over the Language Server Protocol')
    .addOption(new Option('--stdio', 'use standard input and output, as it always does').hideHelp())
    .action(async () => {
      const { serve } = await import('../language-server/server.ts');
      const { input, output } = terminal.openStreams();
      finish(await serve(input, output, terminal));
    });
}

/** Adds several options to a command. */
export function addOptions(command: Command, options: readonly Option[]): void {
  for (const option of options) command.addOption(option);
}
