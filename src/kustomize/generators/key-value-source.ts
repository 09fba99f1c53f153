import { posix } from 'node:path';
import { type ScalarNode, stringNode } from '../../source/node.ts';
import { type Origin, originSpan, sourceOrigin } from '../../source/origin.ts';
import { BuildError } from '../problem.ts';

/**
 * Splits a literal, `key=value`, at its first `=`. One pair of matching quotes around the value is dropped. Both parts
 * keep their location in the file. Throws a BuildError if there is no `=`, or no key before it.
 */
export function parseLiteral(literal: ScalarNode): { key: ScalarNode; value: ScalarNode } {
  const text = literal.value;
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new BuildError(`a literal is written key=value, but this is \`${text}\``, originSpan(literal.origin));
  }
  const quoted = /^(["'])(.*)\1$/s.test(text.slice(equals + 1));
  const [start, end] = quoted ? [equals + 2, text.length - 1] : [equals + 1, text.length];
  return { key: part(literal, 0, equals), value: part(literal, start, end) };
}

/**
 * Splits an entry of `files:`: `key=path`, or a path whose base name is the key.
 * Throws a BuildError if one of the two is empty, or there is more than one `=`.
 */
export function parseFileSource(source: ScalarNode): { key: ScalarNode; path: ScalarNode } {
  const text = source.value;
  const equals = text.indexOf('=');
  const at = originSpan(source.origin);
  if (equals < 0) {
    const base = posix.basename(text);
    const start = text.lastIndexOf(base);
    return { key: part(source, start, start + base.length), path: source };
  }
  if (text.indexOf('=', equals + 1) >= 0) {
    throw new BuildError(
      `\`${text}\` has more than one \`=\`; neither a key nor a path may contain it, so rename the file`,
      at,
    );
  }
  if (equals === 0)
    throw new BuildError(`\`${text}\` has no key before the \`=\`; write key=path or only the path`, at);
  if (equals === text.length - 1) {
    throw new BuildError(`\`${text}\` has no path after the \`=\`; write key=path or only the path`, at);
  }
  return { key: part(source, 0, equals), path: part(source, equals + 1, text.length) };
}

/** Part of a scalar's text, as a scalar of its own. */
function part(scalar: ScalarNode, start: number, end: number): ScalarNode {
  return stringNode(scalar.value.slice(start, end), partOrigin(scalar, start, end));
}

/** The location of part of a scalar if the file has its text verbatim, otherwise that of the whole scalar. */
function partOrigin({ value, style, origin }: ScalarNode, start: number, end: number): Origin {
  if (origin.kind !== 'source') return origin;
  const quote = style === 'single' || style === 'double' ? 1 : 0;
  const textStart = origin.start + quote;
  if (origin.file.text.slice(textStart, origin.end - quote) !== value) return origin;
  return sourceOrigin({ file: origin.file, start: textStart + start, end: textStart + end });
}
