import type { Node } from '../../source/node.ts';
import type { YamlStream } from '../../source/read.ts';
import { BuildError } from '../problem.ts';

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
