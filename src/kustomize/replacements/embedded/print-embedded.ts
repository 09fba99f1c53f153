import type { Comment } from '../../../source/comment.ts';
import { toJson } from '../../../source/json/json.ts';
import type { Node, ScalarNode } from '../../../source/node.ts';
import { PrintError } from '../../../source/print/print-error.ts';
import type { SourceFile } from '../../../source/source-file.ts';
import type { WrittenForms } from '../../../source/written-forms.ts';
import { keepsType } from '../write-field.ts';
import { EmbeddedComments } from './embedded-comments.ts';
import { EmbeddedPrinter } from './embedded-printer.ts';

/** YAML or JSON in a field's text. */
export interface EmbeddedText {
  /** Its first document, which a replacement changes; the rest is as it was before. */
  root: Node;
  readonly file: SourceFile;
  readonly comments: readonly Comment[];
  /** How nodes were written; undefined if the text is printed as JSON. */
  readonly forms: WrittenForms | undefined;
}

/** Prints an embedded text after a change; undefined if it is to be JSON, and JSON cannot hold it. */
export function printEmbedded({ root, file, comments, forms }: EmbeddedText): string | undefined {
  if (forms !== undefined) return new EmbeddedPrinter(new EmbeddedComments(file, comments, forms), forms).print(root);
  if (!everyScalar(root, keepsType)) return undefined;
  try {
    const json = toJson(root);
    return file.text.includes('\n') && file.text.includes('  ') ? indentJson(json) : json;
  } catch (error) {
    if (error instanceof PrintError) return undefined;
    throw error;
  }
}

function everyScalar(node: Node, holds: (scalar: ScalarNode) => boolean): boolean {
  switch (node.kind) {
    case 'scalar':
      return holds(node);
    case 'map':
      return node.entries.every(({ value }) => everyScalar(value, holds));
    case 'sequence':
      return node.items.every((item) => everyScalar(item, holds));
  }
}

/** Indents compact JSON by two spaces, as Go's `json.MarshalIndent` does. */
function indentJson(json: string): string {
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  return json.replace(/"(?:[^"\\]|\\.)*"?|\{\}|\[\]|[{[\]},:]/g, (token) => {
    switch (token) {
      case '{':
      case '[':
        depth++;
        return token + line();
      case '}':
      case ']':
        depth--;
        return line() + token;
      case ',':
        return token + line();
      case ':':
        return ': ';
      default:
        return token;
    }
  });
}
