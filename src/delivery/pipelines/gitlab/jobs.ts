import { once } from '../../../collections/once.ts';
import {
  findEntry,
  getField,
  getPath,
  getText,
  getTexts,
  type KeyNode,
  listItems,
  type MapNode,
  type Node,
  type ScalarNode,
} from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import type { Repository } from '../../repository.ts';
import { jobChanges } from '../change-filter.ts';
import type { CiJob, Command } from '../ci-job.ts';
import { readCommands } from '../commands.ts';
import { getsOtherFiles } from '../made-files.ts';
import { assignments, mapTexts, mostVariants, unite, type Variables, variablesFrom } from '../variables.ts';
import { localIncludes, type PipelineFile, readFiles } from './pipeline-files.ts';
import { runsOnPush } from './runs-on-push.ts';
import { orderReader } from './stages.ts';

/** Keys at the top of a pipeline that are not jobs. */
const settings = new Set([
  'default',
  'include',
  'variables',
  'stages',
  'workflow',
  'image',
  'services',
  'cache',
  'spec',
]);

/** GitLab's own limit of levels. */
const extendsLimit = 11;

/** The jobs of .gitlab-ci.yml, with its includes from the repository and the pipelines that its jobs start. */
export function readGitlabJobs(repository: Repository): CiJob[] {
  return readPipeline('.gitlab-ci.yml', repository, new Set());
}

function readPipeline(path: string, repository: Repository, started: Set<string>): CiJob[] {
  if (started.has(path)) return [];
  started.add(path);
  const pipeline = new Pipeline(readFiles(path, repository), repository);
  return [
    ...pipeline.jobs(),
    ...pipeline.childPipelines().flatMap((child) => readPipeline(child, repository, started)),
  ];
}

/** The files of one pipeline together, in which later ones win. */
class Pipeline {
  readonly #files: readonly PipelineFile[];
  readonly #repository: Repository;

  constructor(files: readonly PipelineFile[], repository: Repository) {
    this.#files = files;
    this.#repository = repository;
  }

  jobs(): CiJob[] {
    const names = this.#names().filter((name) => !name.startsWith('.') && !settings.has(name));
    const orderOf = orderReader({
      jobs: names,
      listed: this.#global(['stages']),
      field: (job, keyword) => this.#field(job, [keyword]),
    });
    const makers = names.filter((name) => this.#field(name, ['artifacts', 'paths']) !== undefined);
    return names.flatMap((name) => {
      const commands = this.#commands(name);
      const [own] = this.#definitions(name);
      const key = this.#key(name);
      if (commands.length === 0 || own === undefined || key === undefined) return [];
      const job: CiJob = {
        system: 'gitlab',
        name,
        file: originSpan(own.origin).file,
        pipeline: (this.#files.at(-1) ?? originSpan(own.origin)).file,
        commands,
        actions: [],
        variants: this.#variants(name, commands),
        runsOnPush: runsOnPush((field) => this.#field(name, [field]), this.#global(['workflow', 'rules'])),
        changes: jobChanges((field) => this.#field(name, [field])),
        order: once(() => orderOf(key)),
        ownToken: true,
        getsFiles: makers.some((other) => other !== name) || getsOtherFiles(commands),
      };
      return [job];
    });
  }

  /** `trigger: {include: path}`. */
  childPipelines(): string[] {
    return this.#names().flatMap((name) => localIncludes(this.#field(name, ['trigger', 'include']), this.#repository));
  }

  /** The name of a job where it is written last. */
  #key(name: string): KeyNode | undefined {
    return this.#files.flatMap(({ node }) => findEntry(node, name)?.key ?? []).at(-1);
  }

  #names(): string[] {
    const maps = this.#files.flatMap(({ node }) => node.entries.filter(({ value }) => value.kind === 'map'));
    return [...new Set(maps.map(({ key }) => key.value))];
  }

  #commands(name: string): Command[] {
    const scripts = (field: string): ScalarNode[] =>
      this.#scalars(this.#field(name, [field]) ?? this.#global(['default', field]) ?? this.#global([field]));
    const { top } = this.#repository;
    return [
      ...readCommands([...scripts('before_script'), ...scripts('script')], top, this.#repository),
      ...readCommands(scripts('after_script'), top, this.#repository),
    ];
  }

  #variants(name: string, commands: readonly Command[]): Variables[] {
    const above = this.#files.map(({ node }) => readVariables(getField(node, 'variables')));
    const own = this.#definitions(name).map((node) => readVariables(getField(node, 'variables')));
    const variables = unite(...above, ...own.reverse(), variablesFrom(assignments(commands)));
    const rows = listItems(this.#field(name, ['parallel', 'matrix'])).flatMap(readMatrixRow);
    return rows.length === 0 ? [variables] : rows.map((row) => unite(variables, row));
  }

  /** The value at a path from the top of the pipeline, in the last file that has one. */
  #global(path: readonly string[]): Node | undefined {
    return this.#files.map(({ node }) => getPath(node, path)).findLast((found) => found !== undefined);
  }

  /** A field of a job, its own or that of a job that it extends. */
  #field(name: string, path: readonly (string | number)[]): Node | undefined {
    for (const node of this.#definitions(name)) {
      const found = getPath(node, path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * The definitions of a job, strongest first: its own from the last file on, then those that it extends, also from the
   * last on.
   */
  #definitions(name: string, seen = new Set<string>()): MapNode[] {
    if (seen.has(name) || seen.size > extendsLimit) return [];
    seen.add(name);
    const own = this.#files.flatMap(({ node }) => getField(node, name) ?? []).reverse();
    return own.flatMap((node) => {
      if (node.kind !== 'map') return [];
      const bases = getTexts(getField(node, 'extends')).reverse();
      return [node, ...bases.flatMap((base) => this.#definitions(base, seen))];
    });
  }

  /** The texts of a script, with `!reference [job, script]` resolved. */
  #scalars(node: Node | undefined, depth = 0): ScalarNode[] {
    if (node === undefined || node.kind === 'map' || depth > extendsLimit) return [];
    if (node.kind === 'scalar') return [node];
    const at = originSpan(node.origin);
    const [job, ...path] = getTexts(node);
    if (job !== undefined && /!reference\s+$/.test(at.file.text.slice(Math.max(at.start - 20, 0), at.start)))
      return this.#repository.mayFollow() ? this.#scalars(this.#field(job, path), depth + 1) : [];
    return node.items.flatMap((item) => this.#scalars(item, depth));
  }
}

/** `NAME: value` and `NAME: {value: …}`. */
function readVariables(node: Node | undefined): Variables {
  return mapTexts(node, (value) => getText(value) ?? getText(value, ['value']));
}

/** The jobs of one entry of `parallel: matrix:`, one for each combination of its values. */
function readMatrixRow(node: Node): Variables[] {
  if (node.kind !== 'map') return [];
  return node.entries.reduce<Variables[]>(
    (rows, { key, value }) =>
      rows.flatMap((row) => getTexts(value).map((text) => new Map([...row, [key.value, text]]))).slice(0, mostVariants),
    [new Map()],
  );
}
