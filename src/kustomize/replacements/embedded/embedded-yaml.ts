import { cloneNode, type MapNode, type Node, type ScalarNode } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import { readYaml } from '../../../source/read.ts';
import { SourceFile } from '../../../source/source-file.ts';
import type { WrittenForms } from '../../../source/written-forms.ts';
import { type Field, type FindOptions, findFields, rootField } from '../find-fields.ts';
import { lookupField, PathProblem } from '../lookup-field.ts';
import type { FieldOptions } from '../read-replacement.ts';
import { replacedOrigin, textFor, type Writing } from '../write-field.ts';
import { type EmbeddedText, printEmbedded } from './print-embedded.ts';
import { typeInPlain } from './print-embedded-scalar.ts';

/**
 * Writes a value into YAML or JSON that is the text of a scalar field, and returns that scalar; undefined if the path
 * does not lead into such a text, or the text lacks the field.
 *
 * The first scalar on the path that parses as YAML is used. The text is reprinted: JSON with sorted keys, indented by 2 if
 * it had more than one line; YAML in go-yaml v3's layout. Follows kustomize since 5.8.
 */
export function writeIntoText(
  object: MapNode,
  steps: readonly string[],
  value: Node,
  options: FindOptions,
  writing: TextWriting,
): ScalarNode | undefined {
  const found = findText(object, steps);
  if (found === undefined) return undefined;
  const { scalar, text } = found;
  try {
    const fields = findFields(rootField(text), found.rest, { ...options, enterScalar });
    if (fields.length === 0) return undefined;
    for (const field of fields) setValue(field, value, writing);
  } catch (error) {
    if (error instanceof PathProblem) return undefined;
    throw error;
  }
  const printed = printEmbedded(text);
  if (printed === undefined) return undefined;
  writing.growth.addText(printed.length - scalar.value.length, writing.at);
  scalar.value = printed;
  scalar.origin = replacedOrigin(originSpan(options.origin), value.origin, scalar.origin);
  return scalar;
}

/**
 * Finds fields inside of a scalar, as kustomize 5.8 does if a path has `*` or `[name=x]` before it: they are in a copy,
 * so whatever is written into them is lost.
 */
export function enterScalar({ node }: Field, steps: readonly string[], options: FindOptions): Field[] {
  if (node.kind === 'scalar' && node.tag === '!!alias') {
    throw new PathProblem(`kustomize does not follow the alias \`${node.value}\`; write into what it stands for`);
  }
  const text = node.kind === 'scalar' ? parseText(node) : undefined;
  if (text === undefined) throw new PathProblem('there is a single value on the way that has no fields');
  return findFields(rootField(text), steps, options).map((field) => ({ ...field, isLost: true }));
}

interface FoundText {
  readonly scalar: ScalarNode;
  readonly text: EmbeddedText;
  readonly rest: readonly string[];
}

function findText(object: MapNode, steps: readonly string[]): FoundText | undefined {
  for (let i = 1; i < steps.length; i++) {
    const node = tryLookup(object, steps.slice(0, i));
    const text = node?.kind === 'scalar' ? parseText(node) : undefined;
    if (node?.kind === 'scalar' && text) return { scalar: node, text, rest: steps.slice(i) };
  }
  return undefined;
}

function tryLookup(object: MapNode, steps: readonly string[]): Node | undefined {
  try {
    return lookupField(object, steps);
  } catch (error) {
    if (error instanceof PathProblem) return undefined;
    throw error;
  }
}

/**
 * The first document of a text; undefined if it is empty or not YAML. Aliases are resolved in what is printed as JSON.
 */
function parseText(scalar: ScalarNode): EmbeddedText | undefined {
  const file = new SourceFile(originSpan(scalar.origin).file.path, scalar.value);
  const forms: WrittenForms | undefined = /^\s*[{[]/.test(file.text) ? undefined : new Map();
  const stream = readYaml(file, { firstDocumentOnly: true, comments: true, written: forms });
  const root = stream.documents[0]?.root;
  return root === undefined || stream.problems.length > 0
    ? undefined
    : { file, comments: stream.comments, forms, root };
}

/** The context of writing into a text. */
interface TextWriting extends Writing {
  /** The part of a field that is written. */
  readonly part: FieldOptions;
}

function setValue(field: Field, value: Node, { at, depth, growth, part }: TextWriting): void {
  const { node } = field;
  if (node.kind !== 'scalar' || node.tag === '!!alias') {
    if (part.delimiter !== '') throw new PathProblem('only a single value can be split at a delimiter');
    growth.addNode(value, depth, at);
    field.replace(cloneNode(value));
    return;
  }
  node.value = textFor(node, value, part);
  if (field.isNew) node.tag = typeInPlain(node.value);
}
