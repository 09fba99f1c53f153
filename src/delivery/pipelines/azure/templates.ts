import { posix } from 'node:path';
import { emptyMap, getField, getPath, getText, listItems, type MapNode, type Node } from '../../../source/node.ts';
import type { SourceFile } from '../../../source/source-file.ts';
import type { Repository } from '../../repository.ts';
import { mapTexts, type Variables } from '../variables.ts';

/** What the expressions in a part of a pipeline may refer to, and where it is written. */
export interface Scope {
  readonly file: SourceFile;
  /** Parameters and the variables of loops with a single value, by their names in lower case: `parameters.tag`. */
  readonly texts: Variables;
  /** Those that are lists or maps, each with the scope in which it is written. */
  readonly nodes: ReadonlyMap<string, Written<Node>>;
  /** The conditions under which the part is in the pipeline. */
  readonly conditions: readonly string[];
  /** How many templates include each other to get here. */
  readonly depth: number;
}

/** A node with its scope. */
export interface Written<T extends Node> {
  readonly node: T;
  readonly scope: Scope;
}

/** Azure's own limit is a hundred levels; nobody has ten. */
const depthLimit = 10;

/** How many characters are filled in for one text, since templates may multiply them. */
const longestText = 10_000;

/** The scope of a file, in which its parameters have their defaults unless the given ones say otherwise. */
export function scopeOf(file: SourceFile, root: MapNode, given?: Written<MapNode>): Scope {
  const bare: Scope = {
    file,
    texts: new Map(),
    nodes: new Map(),
    conditions: given?.scope.conditions ?? [],
    depth: given === undefined ? 0 : given.scope.depth + 1,
  };
  const entries = [
    ...defaultsOf(getField(root, 'parameters')).map(([name, node]) => [name, { node, scope: bare }] as const),
    ...(given?.node.entries ?? []).map(
      ({ key, value }) => [key.value, { node: value, scope: given?.scope ?? bare }] as const,
    ),
  ];
  return withNames(
    bare,
    entries.map(([name, written]) => [`parameters.${name}`, written]),
  );
}

/** The defaults of parameters, in a list with `name` and `default`, or a map. */
function defaultsOf(parameters: Node | undefined): [string, Node][] {
  if (parameters?.kind === 'map') return parameters.entries.map(({ key, value }) => [key.value, value]);
  return listItems(parameters).flatMap((item): [string, Node][] => {
    const [name, node] = [getText(item, ['name']), getPath(item, ['default'])];
    return name === undefined || node === undefined ? [] : [[name, node]];
  });
}

/** A scope with more names; the fields of a map have names as well. */
function withNames(scope: Scope, names: readonly (readonly [string, Written<Node>])[]): Scope {
  const texts = new Map(scope.texts);
  const nodes = new Map(scope.nodes);
  for (const [written, { node, scope: from }] of names) {
    const name = written.toLowerCase();
    for (const [key, text] of textsIn(name, node)) texts.set(key, fill(text, from));
    if (node.kind !== 'scalar') nodes.set(name, { node, scope: from });
  }
  return { ...scope, texts, nodes };
}

/** The text of a value, or those of a map's fields, by their names. */
function textsIn(name: string, node: Node): [string, string][] {
  if (node.kind === 'scalar') return [[name, node.value]];
  return [...mapTexts(node, getText)].map(([field, text]) => [`${name}.${field.toLowerCase()}`, text]);
}

/** Fills in the expressions `${{ … }}` of a text that name a parameter or a variable. */
export function fill(text: string, { texts }: Scope): string {
  let left = longestText;
  return text.replace(/\$\{\{([^{}]*)\}\}/g, (whole, expression: string) => {
    const name = nameIn(expression);
    if (/^variables\.[\w.-]+$/.test(name)) return `$(${name.slice('variables.'.length)})`;
    const value = texts.get(name) ?? whole;
    left -= value.length;
    return left < 0 ? whole : value;
  });
}

/** The name in an expression, with one notation for `parameters.tag` and `parameters['tag']`. */
function nameIn(expression: string): string {
  const name = expression.trim().replace(/\[\s*'([\w.-]+)'\s*\]/g, '.$1');
  return name.startsWith('variables.') ? name : name.toLowerCase();
}

/**
 * The stages, jobs, steps or variables in a list: those of included templates, of conditions and of loops as well. A
 * template from another repository stays as it is.
 * @param kind the key of a template under which it has such a list
 */
export function itemsOf(list: Written<Node> | undefined, kind: string, repository: Repository): Written<MapNode>[] {
  if (list === undefined) return [];
  const { node: own, scope } = list;
  return (own.kind === 'scalar' ? [own] : listItems(own)).flatMap((node): Written<MapNode>[] => {
    if (node.kind === 'scalar') {
      const found = findNode(node.value, scope);
      return found !== undefined && repository.mayFollow() ? itemsOf(found, kind, repository) : [];
    }
    if (node.kind !== 'map') return [];
    const [entry] = node.entries;
    const directive = /^\$\{\{(.*)\}\}$/s.exec(entry?.key.value ?? '')?.[1]?.trim();
    if (entry !== undefined && directive !== undefined) {
      return readDirective(directive, { node: entry.value, scope }, repository).flatMap((each) =>
        itemsOf(each, kind, repository),
      );
    }
    const template = readTemplate({ node, scope }, repository);
    if (template === undefined) return [{ node, scope }];
    return readInside(template, kind).flatMap((each) => itemsOf(each, kind, repository));
  });
}

/** A list in a template, if it has one. */
function readInside({ node, scope }: Written<MapNode>, kind: string): Written<Node>[] {
  const found = getField(node, kind);
  return found === undefined ? [] : [{ node: found, scope }];
}

/** The list or map that an expression names. */
function findNode(text: string, scope: Scope): Written<Node> | undefined {
  const [, expression] = /^\$\{\{([^{}]*)\}\}$/.exec(text.trim()) ?? [];
  const found = expression === undefined ? undefined : scope.nodes.get(nameIn(expression));
  return found && { ...found, scope: { ...found.scope, conditions: [...scope.conditions, ...found.scope.conditions] } };
}

/** What is under `${{ if … }}`, `${{ else }}` and `${{ each x in … }}`; all branches, since most depend on the run. */
function readDirective(directive: string, { node, scope }: Written<Node>, repository: Repository): Written<Node>[] {
  const [, name, listed] = /^each\s+(\w+)\s+in\s+(\S+)$/.exec(directive) ?? [];
  if (name === undefined || listed === undefined) {
    return [{ node, scope: { ...scope, conditions: [...scope.conditions, directive] } }];
  }
  const list = scope.nodes.get(nameIn(listed));
  if (list?.node.kind !== 'sequence') return [{ node, scope }];
  return list.node.items
    .filter(() => repository.mayFollow())
    .map((item) => ({ node, scope: withNames(scope, [[name, { node: item, scope: list.scope }]]) }));
}

/** The file that `template` names, with the parameters that it is given; undefined if it is in another repository. */
export function readTemplate({ node, scope }: Written<MapNode>, repository: Repository): Written<MapNode> | undefined {
  const path = templatePath(fill(getText(node, ['template']) ?? '', scope), scope.file.path, repository);
  if (path === undefined || scope.depth >= depthLimit || !repository.mayFollow()) return undefined;
  const root = repository.readPipeline(path);
  if (root === undefined) return undefined;
  const given = getField(node, 'parameters');
  const parameters: MapNode = given?.kind === 'map' ? given : emptyMap(node.origin);
  return { node: root.node, scope: scopeOf(root.file, root.node, { node: parameters, scope }) };
}

/** The absolute path of a template: from the including file's folder, or from the top with a slash. */
export function templatePath(written: string, from: string, { top }: Repository): string | undefined {
  const path = written.replace(/@self$/, '');
  if (path === '' || /[@$]/.test(path)) return undefined;
  return path.startsWith('/') ? posix.join(top, path) : posix.join(posix.dirname(from), path);
}
