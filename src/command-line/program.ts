import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import {
  appliers,
  failureThresholds,
  kustomizeLoadRestrictors,
  type LoadRestrictor,
  loadRestrictors,
  presets,
} from '../config/config.ts';
import { dialects } from '../kustomize/dialect.ts';
import { pipelines } from '../scaffold/pipeline.ts';
import { parseShard, type Shard } from '../shard/shard.ts';
import { version } from '../version.ts';
import { ChoiceOption, checkChoice } from './choice-option.ts';
import { enterPaths } from './enter-paths.ts';
import {
  type BuildFlags,
  fixChoices,
  type InspectFlags,
  inspectFormats,
  type LintFlags,
  type RuleFormat,
  reportFormats,
  ruleFormats,
  type Shell,
  shells,
} from './flags.ts';
import type { MergeFlags } from './merge-command.ts';
import type { NewFlags } from './new-command.ts';
import type { Terminal } from './terminal.ts';

const examples = `
Examples:
  migrate-lint                                   lint everything below the working directory
  migrate-lint k8s/overlays/production           lint one overlay with its bases
  migrate-lint k8s --report sarif=out.sarif      show the findings and write a report for code scanning
  migrate-lint k8s --since origin/main           report what this branch changes
  migrate-lint k8s --fix                         mend what is safe to mend, report the rest
  kustomize build k8s | migrate-lint -           lint what another tool has built
  migrate-lint new shop --tool prisma            write the manifests of a new service
  migrate-lint build k8s/overlays/staging        print what kustomize build would print
  migrate-lint explain wait-job-match            what a rule finds, why, and what to do

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or settings, 3 nothing to lint.`;

/** The command line; each command is loaded when it is asked for. `finish` takes the exit code of the command that ran. */
export function createProgram(terminal: Terminal, finish: (exitCode: number) => void): Command {
  const program = new Command('migrate-lint')
    .description(
      'Finds the mistakes that make a database migration on Kubernetes hang a release: builds kustomize and Flux trees as kustomize does, lints the result, and points at the lines that you wrote.',
    )
    .argument('[paths...]', 'kustomizations, folders, manifests, globs, or - for standard input', ['.'])
    .addOption(choice('--format <format>', 'how to report (default: text)', reportFormats))
    .option('--output <file>', 'write the report to a file')
    .addOption(reportOption())
    .addOption(choice('--fail-on <severity>', 'the least severity that makes the exit code 1', failureThresholds))
    .addOption(choice('--preset <preset>', 'which rules are on', presets))
    .addOption(choice('--fix [which]', 'mend what is safe to mend, or with --fix=all whatever can be', fixChoices))
    .option('--diff', 'print what --fix or --fix=all would change instead')
    .option('--config <file>', 'the settings file (default: migrate-lint.yaml, looked for upwards from the paths)')
    .option('--no-config', 'use no settings file')
    .addOption(dialectOption())
    .addOption(choice('--applier <applier>', 'who applies the result, else read off the tree', appliers))
    .addOption(restrictorOption())
    .option('--repository <dir>', 'nothing outside this folder is read (default: the Git repository of the paths)')
    .addOption(sourceOption())
    .addOption(variableOption())
    .addOption(strictOption())
    .addOption(remoteCacheOption())
    .addOption(helmOption())
    .addOption(helmCommandOption())
    .option('--stdin-filename <path>', 'what to call standard input in reports')
    .option('--baseline <file>', 'leave out the findings that this file names')
    .option('--no-baseline', 'leave out none, whatever the settings say')
    .option('--write-baseline', 'write all findings to the baseline, migrate-lint-baseline.json by default')
    .option('--changed', 'report what changes that are not committed can reach')
    .option('--since <ref>', 'report what the changes since a commit, branch or tag can reach')
    .option(
      '--changed-files',
      'the paths are files that were changed: lint the working directory, report what they can reach',
    )
    .addOption(shardOption())
    .addOption(timeLimitOption())
    .option('--color', 'colour the report (default: on a terminal; NO_COLOR and FORCE_COLOR are heeded)')
    .option('--no-color', 'do not colour the report')
    .option('--verbose', 'tell why objects were taken for what they are, and what was linted')
    .option('--quiet', 'leave out the summary')
    .addOption(limitOption())
    .option('--timing', 'tell where the time went, on standard error')
    .option('--watch', 'lint again whenever a file changes, until Ctrl-C')
    .option('--init', 'write a migrate-lint.yaml that explains every setting')
    .option('--print-config', 'print the settings that count for the paths, as JSON')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', examples)
    .enablePositionalOptions()
    .hook('preAction', (_, command) => enterPaths(command, terminal))
    .action(async (paths: string[], flags: ParsedLintFlags) => {
      const { lintCommand } = await import('./lint-command.ts');
      finish(await lintCommand(paths, withoutDefaults(flags), terminal));
    });
  addCommands(program, terminal, finish);
  for (const command of [program, ...program.commands]) redirect(command, terminal);
  return program;
}

function addCommands(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  program
    .command('build')
    .description('print what kustomize build would print')
    .argument('<dir>', 'the folder of a kustomization')
    .addOption(dialectOption())
    .addOption(restrictorOption())
    .option('--flux <name>', 'print what Flux would apply of this Kustomization, found in the folder, in its order')
    .addOption(sourceOption())
    .addOption(variableOption())
    .addOption(strictOption())
    .addOption(remoteCacheOption())
    .addOption(helmOption())
    .addOption(helmCommandOption())
    .option('--origins', 'print where each value comes from instead')
    .action(async (directory: string, flags: BuildFlags) => {
      const { buildCommand } = await import('./build-command.ts');
      finish(await buildCommand(directory, flags, terminal));
    });
  program
    .command('merge')
    .description('join reports that --format json has written, of shards or of whole runs, into one of any format')
    .argument('<reports...>', 'the reports')
    .addOption(choice('--format <format>', 'how to report (default: text)', reportFormats))
    .option('--output <file>', 'write the report to a file')
    .addOption(reportOption())
    .addOption(choice('--fail-on <severity>', 'the least severity that makes the exit code 1', failureThresholds))
    .option('--color', 'colour the report')
    .option('--no-color', 'do not colour the report')
    .option('--verbose', 'tell why objects were taken for what they are, and what was linted')
    .option('--quiet', 'leave out the summary')
    .addOption(limitOption())
    .action(async (reports: string[], flags: MergeFlags) => {
      const { mergeCommand } = await import('./merge-command.ts');
      finish(await mergeCommand(reports, flags, terminal));
    });
  program
    .command('inspect')
    .description('show each service with its migration, its waiter and its account, and why each was taken for it')
    .argument('[paths...]', 'kustomizations, folders, manifests or globs', ['.'])
    .addOption(choice('--format <format>', 'how to show them', inspectFormats).default('text'))
    .addOption(dialectOption())
    .addOption(choice('--applier <applier>', 'who applies the result, else read off the tree', appliers))
    .addOption(restrictorOption())
    .addOption(sourceOption())
    .addOption(variableOption())
    .addOption(strictOption())
    .addOption(remoteCacheOption())
    .addOption(helmOption())
    .addOption(helmCommandOption())
    .action(async (paths: string[], flags: InspectFlags) => {
      const { inspectCommand } = await import('./inspect-command.ts');
      finish(await inspectCommand(paths, flags, terminal));
    });
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
  program
    .command('completion')
    .description('print a script that completes this command line in a shell')
    .addArgument(new Argument('<shell>', shells.join(', ')).argParser((value) => checkChoice(value, shells)))
    .action(async (shell: Shell) => {
      const { completionCommand } = await import('./completion-command.ts');
      finish(completionCommand(shell, program, terminal));
    });
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

function dialectOption(): Option {
  return choice('--kustomize <version>', 'the kustomize that the build follows', dialects);
}

function restrictorOption(): Option {
  const known = [...loadRestrictors, ...Object.keys(kustomizeLoadRestrictors)];
  const description = 'whether kustomizations may read files outside their folders (none: they may)';
  return new ChoiceOption('--load-restrictor <restrictor>', description, loadRestrictors).argParser(
    (value): LoadRestrictor => {
      const checked = checkChoice(value, known);
      return kustomizeLoadRestrictors[checked] ?? (checked as LoadRestrictor);
    },
  );
}

function portOption(): Option {
  return new Option('--port <port>', 'the port that the service listens on (default: 8080)').argParser(
    (value): number => {
      const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
      if (port < 1 || port > 65_535) throw new InvalidArgumentError('Write a number from 1 to 65535.');
      return port;
    },
  );
}

function shardOption(): Option {
  const option = new Option(
    '--shard <share>',
    'lint one share of the roots, such as 3/8; `migrate-lint merge` joins them',
  );
  return option.argParser((value): Shard => {
    const shard = parseShard(value);
    if (shard === undefined) throw new InvalidArgumentError('Write it as 3/8: the third of eight shares.');
    return shard;
  });
}

function limitOption(): Option {
  return new Option('--max-findings <count>', 'show so many findings at the most, as text').argParser(toCount);
}

function timeLimitOption(): Option {
  const description = 'how long a run may take; what is not judged then is told (default: 600)';
  return new Option('--time-limit <seconds>', description).argParser(toCount);
}

function toCount(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('Write a number from 1 on.');
  return Number(value);
}

function reportOption(): Option {
  const option = new Option('--report <format=file>', 'write a report in this format to this file as well; repeatable');
  return option.argParser((value, before: readonly string[] | undefined): readonly string[] => {
    const [format = '', file] = value.split(/=(.*)/s);
    checkChoice(format, reportFormats);
    if (!file) throw new InvalidArgumentError('Write it as FORMAT=FILE.');
    return [...(before ?? []), value];
  });
}

function sourceOption(): Option {
  const option = new Option(
    '--source <name=dir>',
    'the folder of a Flux source that is not this repository; repeatable',
  );
  return option.argParser((value, before: readonly string[] | undefined): readonly string[] => {
    if (!/^[^=]+=./.test(value)) throw new InvalidArgumentError('Write it as NAME=DIR.');
    return [...(before ?? []), value];
  });
}

function variableOption(): Option {
  const option = new Option(
    '--var <name=value>',
    'a variable that Flux substitutes and the tree does not say; NAME alone where its value is not known; repeatable',
  );
  return option.argParser((value, before: readonly string[] | undefined): readonly string[] => {
    if (!/^[_A-Za-z][_A-Za-z0-9]*(?:=|$)/.test(value)) {
      throw new InvalidArgumentError('Write it as NAME=VALUE; a name has letters, digits and _ only.');
    }
    return [...(before ?? []), value];
  });
}

function remoteCacheOption(): Option {
  return new Option('--remote-cache <dir>', 'take remote bases and files from this folder, which you filled');
}

function helmOption(): Option {
  return new Option('--enable-helm', 'render Helm charts that are on disk, by running helm');
}

function helmCommandOption(): Option {
  return new Option('--helm-command <command>', 'the helm to run with --enable-helm (default: helm)');
}

function strictOption(): Option {
  return new Option('--strict-substitution', 'refuse variables that nothing sets, as Flux does from 2.9');
}

function choice(flags: string, description: string, allowed: readonly string[]): Option {
  return new ChoiceOption(flags, description, allowed);
}

function redirect(command: Command, { out, err }: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => out.write(text),
    writeErr: (text) => err.write(text),
    getOutHelpWidth: () => out.columns ?? 100,
    getErrHelpWidth: () => err.columns ?? 100,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
}
