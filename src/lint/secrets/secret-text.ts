import type { SecretRange } from './secret-places.ts';

/** Fields whose values are never secret, and are needed to understand a report. */
const openFields = new Set(['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'op', 'path', 'target', 'type']);

const assignment =
  /^\s*(?:-\s+)*(?:(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<plain>[^\s:="'#]+))\s*)?(?:[:=](?=\s|$)|=)\s*/;

/**
 * Finds possible secrets in text that cannot be parsed (a broken Secret manifest) or is YAML inside YAML (a patch of one):
 * everything after a key, and every line without a key, except fields that are known to be harmless.
 */
export function findSecretText(text: string, start: number, end: number): SecretRange[] {
  const found: SecretRange[] = [];
  for (const line of text.slice(start, end).matchAll(/[^\r\n]+/g)) {
    const range = findInLine(line[0]);
    if (range) found.push({ start: start + line.index + range.start, end: start + line.index + range.end });
  }
  return found;
}

function findInLine(line: string): SecretRange | undefined {
  const match = assignment.exec(line);
  const { double, single, plain } = match?.groups ?? {};
  if (openFields.has(double ?? single ?? plain ?? '')) return undefined;
  const from = match ? match[0].length : line.search(/\S/);
  const rest = line.slice(from).trimEnd();
  // Document markers, block scalar headers and comments are not secret.
  if (from < 0 || /^(?:---.*|\.\.\.|[|>][-+\d]*|#.*)?$/.test(rest)) return undefined;
  return { start: from, end: from + rest.length };
}
