import { Argument, InvalidArgumentError, Option } from 'commander';
import {
  appliers,
  failureThresholds,
  kustomizeLoadRestrictors,
  type LoadRestrictor,
  loadRestrictors,
} from '../config/config.ts';
import { dialects } from '../kustomize/dialect.ts';
import { parseShard, type Shard } from '../shard/shard.ts';
import { ChoiceOption, checkChoice } from './choice-option.ts';
import { reportFormats } from './flags.ts';

export function pathsArgument(description: string): Argument {
  return new Argument('[paths...]', description).default(['.'], 'the working directory');
}

export function dialectOption(): Option {
  return choice('--kustomize <version>', 'the kustomize that the build follows', dialects);
}

export function restrictorOption(): Option {
  const known = [...loadRestrictors, ...Object.keys(kustomizeLoadRestrictors)];
  const description = 'whether kustomizations may read files outside their folders (none: they may)';
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

export function timeLimitOption(): Option {
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
  const description = 'the folder of a Flux source that is not this repository; repeatable';
  return repeatable('--source <name=dir>', description, /^[^=]+=./, 'Write it as NAME=DIR.');
}

function variableOption(): Option {
  return repeatable(
    '--var <name=value>',
    'a variable that Flux substitutes and the tree does not say; NAME alone where its value is not known; repeatable',
    /^[_A-Za-z][_A-Za-z0-9]*(?:=|$)/,
    'Write it as NAME=VALUE; a name has letters, digits and _ only.',
  );
}

function repeatable(flags: string, description: string, form: RegExp, hint: string): Option {
  return new Option(flags, description).argParser((value, before: readonly string[] = []): readonly string[] => {
    if (!form.test(value)) throw new InvalidArgumentError(hint);
    return [...before, value];
  });
}

/** How a report is written, and where. */
export function reportOptions(): Option[] {
  return [
    choice('--format <format>', 'how to report (default: text)', reportFormats),
    new Option('--output <file>', 'write the report to a file'),
    reportOption(),
    limitOption(),
    new Option('--verbose', 'tell why objects were taken for what they are, and what was linted'),
    new Option('--quiet', 'leave out the summary'),
    new Option('--color', 'colour the report (default: on a terminal; NO_COLOR and FORCE_COLOR are heeded)'),
    new Option('--no-color', 'do not colour the report'),
  ];
}

export function failOnOption(): Option {
  return choice('--fail-on <severity>', 'the least severity that makes the exit code 1', failureThresholds);
}

export function applierOption(): Option {
  return choice('--applier <applier>', 'who applies the result, else read off the tree', appliers);
}

/** What takes parts of a tree into the build that are left out otherwise. */
export function leftOutOptions(): Option[] {
  return [
    new Option('--remote-cache <dir>', 'take remote bases and files from this folder, which you filled'),
    new Option('--enable-helm', 'render Helm charts that are on disk, by running helm'),
    new Option('--helm-command <command>', 'the helm to run with --enable-helm (default: helm)'),
  ];
}

export function fluxOptions(): Option[] {
  return [
    sourceOption(),
    variableOption(),
    new Option('--strict-substitution', 'refuse variables that nothing sets, as Flux does from 2.9'),
  ];
}

export function choice(flags: string, description: string, allowed: readonly string[]): Option {
  return new ChoiceOption(flags, description, allowed);
}
