import { getField, getText } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { loadMergeSchema } from '../openapi/load-merge-schema.ts';
import { declareClusterScoped } from '../openapi/scope.ts';
import { BuildError } from '../problem.ts';
import { unlessLeftOut } from '../session/left-out.ts';
import type { Target } from './target.ts';

/** The only OpenAPI schema that is built into kustomize 5.7 and 5.8. */
const builtinVersion = 'v1.21.2';

/**
 * Loads the schema that a kustomization's `openapi:` field names. It applies to the whole build, and the first one found
 * wins: the built folder's own, then those of its bases in listed order (kyaml's `openapi.SetSchema`).
 */
export function setOpenApiSchema({ kustomization, folder, session }: Target): void {
  const openapi = kustomization.map('openapi');
  if (openapi === undefined) return;
  const path = getField(openapi, 'path');
  const version = getField(openapi, 'version');
  const file =
    path?.kind === 'scalar'
      ? unlessLeftOut(session.context, () => folder.readSource(path.value, originSpan(path.origin)))
      : undefined;
  if (session.schemaIsSet) return;
  if (file !== undefined && version !== undefined) {
    throw new BuildError(
      'openapi: `version` and `path` cannot be given together; remove one of them',
      originSpan(version.origin),
    );
  }
  if (file !== undefined) {
    const schema = loadMergeSchema(file, session.notes.unknownKinds > 0);
    session.context.schema = schema;
    declareClusterScoped(schema.clusterScoped);
    session.schemaIsSet = true;
    return;
  }
  const wanted = getText(version) ?? '';
  if (wanted === '') return;
  if (wanted !== builtinVersion) {
    throw new BuildError(
      `openapi: the version \`${wanted}\` is not built in; the only one is ${builtinVersion}, which is used without the field too`,
      originSpan((version ?? openapi).origin),
    );
  }
  session.schemaIsSet = true;
}
