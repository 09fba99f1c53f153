import type { MapNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { filledScalar, firstKeySpan, mapField, mapItems } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import type { Resource } from '../resources/resource.ts';
import type { ResourceId } from '../resources/resource-id.ts';
import { compileExactSelector, compileIdSelector, compileMetadataSelector, idFields } from '../selectors/selector.ts';
import type { BuildContext } from '../session/build-context.ts';
import type { NamedObjects } from './named-objects.ts';

/**
 * The objects that one target of a replacement selects and does not reject, by any current or previous id.
 *
 * 5.7 compares name, namespace and type as exact text; 5.8 matches them as regular expressions for the whole text. So a
 * name with `${TAG}` selects in 5.7 only, and one with `.*` in 5.8 only. Selecting nothing is not an error.
 */
export function selectTargets(
  objects: NamedObjects,
  target: MapNode,
  context: Pick<BuildContext, 'dialect'>,
): Resource[] {
  refuseNull(target, 'target');
  const select = mapField(target, 'select');
  if (select === undefined) {
    throw new BuildError('this target has no `select`; say which objects are to be changed', firstKeySpan(target));
  }
  const rejects = mapItems(target, 'reject');
  for (const reject of rejects) refuseNull(reject, 'item of `reject`');
  const selectsId = compileTarget(select, context);
  const selectsMetadata = compileMetadataSelector(select);
  const rejectsId = rejects.filter(hasIdFields).map((reject) => compileTarget(reject, context));
  const rejectsMetadata = rejects.filter(hasMetadataFields).map(compileMetadataSelector);
  // A label selector is parsed even if only objects of other names exist, since it may be invalid.
  const byName = rejects.length === 0 && !hasMetadataFields(select);
  return objects.list(byName ? plainName(select, context) : undefined).filter((resource) => {
    const ids = objects.ids(resource);
    return (
      selectsMetadata(resource) &&
      !rejectsMetadata.some((matches) => matches(resource)) &&
      !rejectsId.some((matches) => ids.some(matches)) &&
      ids.some(selectsId)
    );
  });
}

/** Throws a BuildError for a null in a list of targets or rejects, on which every version of kustomize crashes. */
function refuseNull(item: MapNode, what: string): void {
  const at = originSpan(item.origin);
  if (item.entries.length > 0 || !/^(?:~|null|Null|NULL)?$/.test(at.file.text.slice(at.start, at.end))) return;
  throw new BuildError(`this ${what} is empty, and kustomize crashes on it; fill it in, or remove it`, at);
}

/** The only name that a selector can match; undefined if it has none or, in 5.8, a pattern. */
function plainName(selector: MapNode, { dialect }: Pick<BuildContext, 'dialect'>): string | undefined {
  const name = filledScalar(selector, 'name')?.value;
  return name !== undefined && (dialect === '5.7' || /^[\w-]+$/.test(name)) ? name : undefined;
}

function hasIdFields(selector: MapNode): boolean {
  return idFields.some((field) => filledScalar(selector, field) !== undefined);
}

function hasMetadataFields(selector: MapNode): boolean {
  return ['labelSelector', 'annotationSelector'].some((field) => filledScalar(selector, field) !== undefined);
}

function compileTarget(selector: MapNode, { dialect }: Pick<BuildContext, 'dialect'>): (id: ResourceId) => boolean {
  return dialect === '5.7' ? compileExactSelector(selector) : compileIdSelector(selector).matches;
}
