import type { Node } from '../../source/node.ts';
import { readYaml, type YamlStream } from '../../source/read.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { BuildError } from '../problem.ts';

/** Parses a file's first document as kustomize reads its own files: anything may follow. See {@link firstDocument}. */
export function readFirstDocument(file: SourceFile): Node | undefined {
  return firstDocument(readYaml(file, { firstDocumentOnly: true }));
}

/** The root of a file's first document; undefined if that is empty. Throws a BuildError for invalid YAML. */
export function firstDocument(stream: YamlStream): Node | undefined {
  refuseInvalid(stream);
  return stream.documents[0]?.root;
}

/** Throws a BuildError for invalid YAML. */
export function refuseInvalid({ problems }: YamlStream): void {
  const [problem] = problems;
  if (problem !== undefined) throw new BuildError(`invalid YAML: ${problem.message}`, problem.at);
}
