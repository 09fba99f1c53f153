import { Argument, InvalidArgumentError, Option } from 'commander';
import {
  appliers,
  failureThresholds,
  kustomizeLoadRestrictors,
  type LoadRestrictor,
  loadRestrictors,
} from '../config/config.ts';
import { defaultDialect, dialects } from '../kustomize/dialect.ts';
import { parseShard, type Shard } from '../shard/shard.ts';
import { ChoiceOption, checkChoice } from './choice-option.ts';
import { reportFormats } from './flags.ts';

export function pathsArgument(description: string): Argument {
  return new Argument('[paths...]', description).default(['.'], 'the working directory');
}

export function dialectOption(): Option {
  return choice('--kustomize <version>', `build like this kustomize version (default: ${defaultDialect})`, dialects);
}

export function restrictorOption(): Option {
  const known = [...loadRestrictors, ...Object.keys(kustomizeLoadRestrictors)];
  const description = 'none lets kustomizations read files outside their folders';
  return new ChoiceOption('--load-restrictor <restrictor>', description, loadRestrictors).argParser(
    (value): LoadRestrictor => {
      const checked = checkChoice(value, known);
      return kustomizeLoadRestrictors[checked] ?? (checked as LoadRestrictor);
    },
  );
}

export function portOption(): Option {
  return new Option('--port <port>', 'the port that the service listens on (default: 8080)').argParser(
    (value): number => {
      const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
      if (port < 1 || port > 65_535) throw new InvalidArgumentError('Write a number from 1 to 65535.');
      return port;
    },
  );
}

export function shardOption(): Option {
  const option = new Option(
    '--shard <share>',
    'lint one share of the roots, such as 3/8; `migrate-lint merge` joins the reports',
  );
  return option.argParser((value): Shard => {
    const shard = parseShard(value);
    if (shard === undefined) throw new InvalidArgumentError('Write it as 3/8: the third of eight shares.');
    return shard;
  });
}

function limitOption(): Option {
  return new Option('--max-findings <count>', 'show at most this many findings in a text report').argParser(toCount);
}

export function timeLimitOption(): Option {
  const description = 'how long a run may take; roots not linted by then are reported (default: 600)';
  return new Option('--time-limit <seconds>', description).argParser(toCount);
}

function toCount(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('Write a whole number, 1 or greater.');
  return Number(value);
}

function reportOption(): Option {
  const option = new Option('--report <format=file>', 'also write a report in this format to this file; repeatable');
  return option.argParser((value, before: readonly string[] | undefined): readonly string[] => {
    const [format = '', file] = value.split(/=(.*)/s);
    if (!file) throw new InvalidArgumentError('Write it as FORMAT=FILE, for example sarif=migrate-lint.sarif.');
    checkChoice(format, reportFormats);
    return [...(before ?? []), value];
  });
}

function sourceOption(): Option {
  const description = 'the local folder of a Flux source other than this repository; repeatable';
  return repeatable('--source <name=dir>', description, /^[^=]+=./, 'Write it as NAME=DIR.');
}

function variableOption(): Option {
  return repeatable(
    '--var <name=value>',
    'a Flux variable that the tree does not set; NAME alone if its value is unknown; repeatable',
    /^[_A-Za-z][_A-Za-z0-9]*(?:=|$)/,
    'Write it as NAME=VALUE; a name may contain only letters, digits and _.',
  );
}

function repeatable(flags: string, description: string, form: RegExp, hint: string): Option {
  return new Option(flags, description).argParser((value, before: readonly string[] = []): readonly string[] => {
    if (!form.test(value)) throw new InvalidArgumentError(hint);
    return [...before, value];
  });
}

/** The options for the form and destination of a report. */
export function reportOptions(): Option[] {
  return [
    choice('--format <format>', 'the report format (default: text)', reportFormats),
    new Option('--output <file>', 'write the report to a file'),
    reportOption(),
    limitOption(),
    new Option('--verbose', 'also show what was linted, and why objects count as migrations, waiters or services'),
    new Option('--quiet', 'omit the summary'),
    new Option('--color', 'colour the report (default: on a terminal; respects NO_COLOR and FORCE_COLOR)'),
    new Option('--no-color', 'do not colour the report'),
  ];
}

export function failOnOption(): Option {
  return choice('--fail-on <severity>', 'exit with 1 on findings of at least this severity', failureThresholds);
}

export function applierOption(): Option {
  return choice('--applier <applier>', 'what applies the result (default: detected from the tree)', appliers);
}

export function repositoryOption(): Option {
  const description = 'the repository; nothing outside this folder is read (default: the Git repository of the paths)';
  return new Option('--repository <dir>', description);
}

/** The options that bring remote bases and Helm charts, which are otherwise left out, into the build. */
export function leftOutOptions(): Option[] {
  return [
    new Option('--remote-cache <dir>', 'read remote bases and files from this folder, which you fill yourself'),
    new Option('--enable-helm', 'render local Helm charts by running helm'),
    new Option('--helm-command <command>', 'the helm to run with --enable-helm (default: helm)'),
  ];
}

export function fluxOptions(): Option[] {
  return [
    sourceOption(),
    variableOption(),
    new Option('--strict-substitution', 'fail on variables that nothing sets, as Flux does since 2.9'),
  ];
}

export function choice(flags: string, description: string, allowed: readonly string[]): Option {
  return new ChoiceOption(flags, description, allowed);
}
