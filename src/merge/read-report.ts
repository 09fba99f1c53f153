import type { BaselineEntry } from '../baseline/baseline.ts';
import { failureThresholds } from '../config/config.ts';
import { severities } from '../findings/finding.ts';
import type { ObjectReference } from '../objects/kubernetes-object.ts';
import type {
  JsonFinding,
  JsonFix,
  JsonLocation,
  JsonMergeFacts,
  JsonRange,
  JsonReport,
  JsonRoot,
  JsonSuppressedFinding,
} from '../report/json-report.ts';
import { UsageError } from '../usage-error.ts';
import { count, flag, list, object, oneOf, optional, type Read, ShapeFault, text } from './read-value.ts';

/** The parts of a report that merging needs. */
export type ReadReport = Pick<JsonReport, 'findings' | 'suppressed' | 'roots' | 'skipped' | 'merge'> & {
  readonly summary: Pick<JsonReport['summary'], 'exitCode'>;
};

/**
 * Reads a report written by `--format json`. It may come from a run on a stranger's pull request, so its shape is checked
 * completely. Throws a UsageError.
 * @param shownAs what messages call the file
 */
export function readReport(json: string, shownAs: string): ReadReport {
  try {
    return readShape(JSON.parse(json), '');
  } catch (error) {
    const reason = describeFault(error);
    if (reason === undefined) throw error;
    throw new UsageError(`${shownAs} is not a JSON report by this version of migrate-lint: ${reason}.`);
  }
}

function describeFault(error: unknown): string | undefined {
  if (error instanceof ShapeFault) return error.message;
  return error instanceof SyntaxError ? `it is not JSON (${error.message})` : undefined;
}

const range = { path: text, startOffset: count, endOffset: count };
const location = { ...range, line: count, column: count, endLine: count, endColumn: count };

const finding = {
  rule: text,
  severity: oneOf(...severities),
  message: text,
  location: object<JsonLocation>(location),
  related: list(object<JsonFinding['related'][number]>({ ...location, note: text })),
  hint: optional(text),
  object: optional(readReference()),
  field: optional(text),
  reasons: optional(list(text)),
  fix: optional(
    object<JsonFix>({
      title: text,
      safe: flag,
      edits: list(object<JsonFix['edits'][number]>({ ...location, text })),
      files: list(object<JsonFix['files'][number]>({ path: text, text })),
    }),
  ),
  roots: list(text),
  fingerprint: text,
};

const readShape: Read<ReadReport> = object<ReadReport>({
  findings: list(object<JsonFinding>(finding)),
  suppressed: list(object<JsonSuppressedFinding>({ ...finding, reason: text })),
  roots: list(
    object<JsonRoot>({
      path: text,
      kind: oneOf('kustomization', 'manifests', 'flux'),
      state: oneOf('built', 'incomplete', 'failed'),
      objects: count,
      releases: count,
    }),
  ),
  skipped: list(object<JsonReport['skipped'][number]>({ path: text, reason: text })),
  summary: object<ReadReport['summary']>({ exitCode: oneOf(0, 1, 2, 3) }),
  merge: object<JsonMergeFacts>({
    shard: optional(object<NonNullable<JsonMergeFacts['shard']>>({ index: count, count })),
    failOn: oneOf(...failureThresholds),
    baseline: optional(
      object<NonNullable<JsonMergeFacts['baseline']>>({
        path: text,
        known: count,
        stale: list(
          object<BaselineEntry>({
            rule: text,
            object: optional(text),
            field: optional(text),
            file: optional(text),
            root: text,
            count: optional(count),
          }),
        ),
      }),
    ),
    activeSuppressions: list(object<JsonRange>(range)),
    secrets: list(object<JsonRange>(range)),
  }),
});

/** Reads an object reference. A missing namespace becomes `undefined`, as findings have it. */
function readReference(): Read<ObjectReference> {
  const read = object<Omit<ObjectReference, 'namespace'> & { namespace?: string }>({
    apiVersion: text,
    kind: text,
    namespace: optional(text),
    name: text,
  });
  return (value, path) => {
    const { apiVersion, kind, namespace, name } = read(value, path);
    return { apiVersion, kind, namespace, name };
  };
}
