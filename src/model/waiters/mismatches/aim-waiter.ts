import { posix } from 'node:path';
import { kustomizationNames } from '../../../discover/kustomization-names.ts';
import { setWord } from '../../../findings/field-change.ts';
import type { Change, Fix, Value } from '../../../findings/fix.ts';
import { argvOf } from '../../../objects/argv.ts';
import { writtenName } from '../../../objects/kubernetes-object.ts';
import { firstText, firstWritten, hasStep, lastStep } from '../../../objects/place.ts';
import { isSymbolic } from '../../../objects/symbolic.ts';
import type { Present } from '../../../objects/view.ts';
import type { Job, Workload } from '../../../objects/workload.ts';
import { allContainers, type Container } from '../../../objects/workload.ts';
import type { Span } from '../../../source/span.ts';
import { findWrite, type ReplacementWrite } from '../../replacements/replacement-write.ts';
import type { RootModel } from '../../root-model.ts';
import type { TargetMatch } from '../target-match.ts';
import { splitKind } from './argument-fault.ts';

/**
 * Makes a waiter's argument the name of the Job that it means, the way the Job got its name: with a replacement in the
 * overlay that adds a prefix, with the replacement that writes the version, or as plain text. Undefined if there is no
 * obvious way.
 */
export function aimAtJob(model: RootModel, match: TargetMatch, name: Present<string>): Fix | undefined {
  const { near, waiter } = match;
  const [kind = '', bare] = waiter.tool === 'k8s-wait-for' ? splitKind(name.value) : [];
  if (bare !== undefined) return leaveOutKind(name, kind);
  if (near === undefined || near.how === 'other namespace' || name.value.includes('/')) return undefined;
  const isCertain = near.how === 'earlier name' || near.how === 'replaced whole';
  const argument = findArgument(waiter.container, name);
  const aim: Aim = { model, match, name, job: near.job, isCertain, argument };
  const { object } = near.job;
  if ([...object.prefixes, ...object.suffixes].some((affix) => affix !== '')) {
    const changes = copyBuiltName(aim);
    const title = `Let a replacement write the name of Job \`${object.name.value ?? ''}\` into the argument`;
    return changes && { title, safe: isCertain, changes };
  }
  const jobWrite = findWrite(model.replacementWrites, lastStep(object.name.place, 'replacement'));
  const argumentWrite = findWrite(model.replacementWrites, lastStep(name.place, 'replacement'));
  if (jobWrite === undefined) return argumentWrite === undefined ? writeName(aim) : renameJob(aim, argumentWrite);
  return followReplacement(aim, jobWrite, argumentWrite);
}

/** Removes `job/` from the argument's text. */
function leaveOutKind({ place }: Present<string>, kind: string): Fix | undefined {
  const written = firstText(place);
  if (!written.startsWith(kind)) return undefined;
  const change = { kind: 'replace', at: firstWritten(place), from: written, to: written.slice(kind.length) } as const;
  return { title: `Leave out \`${kind}\``, safe: true, changes: [change] };
}

interface Aim {
  readonly model: RootModel;
  readonly match: TargetMatch;
  readonly name: Present<string>;
  readonly job: Job;
  /** Whether this Job is meant without doubt. */
  readonly isCertain: boolean;
  readonly argument: Argument | undefined;
}

/** A word of a container's command line that is the name, or ends in it: `job/NAME`. */
interface Argument {
  /** Its path, as a replacement writes it. */
  readonly path: string;
  /** The text before the name: `job/`. */
  readonly head: string;
}

function findArgument(container: Container, name: Present<string>): Argument | undefined {
  const [, list, index] = /^\.(args|command)\[(\d+)\]$/.exec(name.path.slice(container.path.length)) ?? [];
  const text = argvOf(container).find(({ path }) => path === name.path)?.value;
  if (list === undefined || text === undefined) return undefined;
  if (!/^(?:jobs?(?:\.[\w.]+)?\/)?$/.test(text.slice(0, -name.value.length))) return undefined;
  return { path: `.${list}.${index}`, head: text.slice(0, text.length - name.value.length) };
}

/**
 * The path of a container for a replacement: by name, unless another container's name contains it and would match as
 * well.
 */
function containerPath({ pod }: Workload, container: Container): string {
  const [, list = '', index = ''] = /^(.*)\[(\d+)\]$/.exec(container.path) ?? [];
  const name = container.name.value;
  const alike = allContainers(pod).filter((other) => name !== undefined && other.name.value?.includes(name));
  const isPlain = name !== undefined && /^[\w-]+$/.test(name) && alike.length === 1;
  return isPlain ? `${list}.[name=${name}]` : `${list}.${index}`;
}

function argumentTarget({ match: { waiter } }: Aim, { path }: Argument, options: Options | undefined): Value {
  const { object } = waiter.workload;
  return {
    select: { kind: object.kind, name: writtenName(object) },
    fieldPaths: [`${containerPath(waiter.workload, waiter.container)}${path}`],
    ...(options === undefined ? {} : { options: { ...options } }),
  };
}

interface Options {
  readonly delimiter: string;
  readonly index: number;
}

/**
 * Copies the Job's final name into the argument: with the replacement that copies it into another one, or with a new
 * replacement in the first kustomization that holds both the renamed Job and the workload.
 */
function copyBuiltName(aim: Aim): Change[] | undefined {
  const { job, argument, model } = aim;
  if (argument === undefined) return undefined;
  const options = argument.head === '' ? undefined : { delimiter: '/', index: 1 };
  const target = argumentTarget(aim, argument, options);
  const built = job.object.name.value;
  const copies = model.replacementWrites.find(({ value, part }) => value === built && part === undefined);
  if (copies && copies.object.kind !== 'Job') {
    return [{ kind: 'append', in: copies.targetsPlace.at, path: [], items: [target] }];
  }
  const home = findHome(aim);
  if (home === undefined || !kustomizationNames.includes(posix.basename(home.file.path))) return undefined;
  // A source must be one object, by its kind or by an earlier name. A replacement of the name records no earlier one.
  const source = { kind: 'Job', ...(model.jobs.length > 1 ? { name: writtenName(job.object) } : {}) };
  if (model.jobs.length > 1 && hasStep(job.object.name.place, 'replacement')) return undefined;
  const item = { source: { ...source, fieldPath: 'metadata.name' }, targets: [target] };
  return [{ kind: 'append', in: home, path: ['replacements'], items: [item] }];
}

/** A line of the first kustomization that has both the Job under its final name and the workload. */
function findHome({ job, match: { waiter } }: Aim): Span | undefined {
  const affix = job.object.name.place.steps.findLast(({ by }) => by === 'name prefix' || by === 'name suffix')?.at;
  if (affix === undefined) return undefined;
  const files = new Set(waiter.workload.object.listedIn.map(({ file }) => file));
  if (files.has(affix.file)) return affix;
  const { listedIn } = job.object;
  const renamed = listedIn.findIndex(({ file }) => file === affix.file);
  return listedIn.slice(0, Math.max(renamed, 0)).findLast(({ file }) => files.has(file)) ?? affix;
}

/** Writes the Job's name into the argument, if replacements touch neither. */
function writeName({ name, job }: Aim): Fix | undefined {
  const wanted = job.object.name.value ?? '';
  // Text in place of a variable would no longer follow it.
  const isFilled = [name, job.object.name].some(({ place }) => hasStep(place, 'substitution', 'variable'));
  if (isSymbolic(wanted) || wanted === '' || isFilled) return undefined;
  return { title: `Wait for Job \`${wanted}\``, safe: false, changes: [setWord(name, wanted)] };
}

/** Gives the argument the text in the Job's file, and lets the Job's replacement change the same part of it. */
function followReplacement(
  aim: Aim,
  jobWrite: ReplacementWrite,
  argumentWrite: ReplacementWrite | undefined,
): Fix | undefined {
  const { argument, name, job, isCertain } = aim;
  if (argument === undefined || jobWrite.part === undefined) return undefined;
  const options = { delimiter: jobWrite.part.delimiter, index: jobWrite.part.index };
  // With its kind before it, the name splits at the same places, unless the kind holds the delimiter itself.
  if (argument.head.includes(options.delimiter)) return undefined;
  const changes: Change[] = [];
  const [written, wanted] = [firstText(name.place), `${argument.head}${writtenName(job.object)}`];
  if (written !== wanted) {
    changes.push({ kind: 'replace', at: firstWritten(name.place), from: written, to: wanted });
  }
  if (argumentWrite === undefined) {
    const items = [argumentTarget(aim, argument, options)];
    changes.push({ kind: 'append', in: jobWrite.targetsPlace.at, path: [], items });
  } else {
    changes.push({ kind: 'write', in: argumentWrite.place.at, beside: true, path: ['options'], value: { ...options } });
  }
  const title =
    argumentWrite === undefined
      ? "Let the replacement that names the Job write the waiter's argument as well"
      : "Replace the same part of the argument as of the Job's name";
  return { title, safe: isCertain && written === wanted, changes };
}

/** Lets the replacement that writes the version into the argument write it into the Job's name as well. */
function renameJob({ model, name, job }: Aim, { part, targetsPlace }: ReplacementWrite): Fix | undefined {
  const idle = model.replacementTargets.some(
    ({ selected, select }) => selected === 0 && [job.object.kind, undefined].includes(select.get('kind')?.value),
  );
  if (idle || part === undefined || firstText(name.place) !== writtenName(job.object)) return undefined;
  const target = {
    select: { kind: 'Job', name: writtenName(job.object) },
    fieldPaths: ['metadata.name'],
    options: { delimiter: part.delimiter, index: part.index },
  };
  return {
    title: "Let the replacement that writes the waiter's argument name the Job as well",
    safe: false,
    renames: true,
    changes: [{ kind: 'append', in: targetsPlace.at, path: [], items: [target] }],
  };
}
