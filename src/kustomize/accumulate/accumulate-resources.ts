import type { ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { baseName } from '../../text/base-name.ts';
import { checkPath } from '../load/ambiguous-path.ts';
import { readResources } from '../load/read-resources.ts';
import { parseRepository } from '../load/remote.ts';
import { kubernetesSchema } from '../openapi/kubernetes-schema.ts';
import { BuildError } from '../problem.ts';
import { annotateFile, joinOriginPath } from '../resources/origin-annotations.ts';
import type { Resource } from '../resources/resource.ts';
import { tracksOrigins } from '../session/build-metadata.ts';
import { attemptPart } from '../session/build-session.ts';
import { unlessLeftOut } from '../session/left-out.ts';
import { accumulate } from './accumulate.ts';
import type { Accumulation } from './accumulation.ts';
import { buildBase } from './build-base.ts';
import { setOpenApiSchema } from './set-openapi-schema.ts';
import { loadTarget, type Target } from './target.ts';

/** Adds the resources that a list of paths refers to: manifest files, and folders or repositories built as bases. */
export function accumulateResources(target: Target, paths: readonly ScalarNode[], into: Accumulation): void {
  for (const path of paths) {
    target.session.context.checkTime(originSpan(path.origin));
    const lacks = namesSecrets(path.value) ? 'settings' : undefined;
    attemptPart(target.session, () => accumulateResource(target, path, into), lacks);
  }
}

/**
 * Whether a file is named after Secrets, which are often not committed: `secrets.yaml`, `db-secret.yaml`,
 * `secret.prod.yml`.
 */
function namesSecrets(path: string): boolean {
  return /\.ya?ml$/i.test(path) && /(?:^|[._-])secrets?[._-]/i.test(baseName(path));
}

/** As in kustomize, an existing file takes precedence over a repository URL of the same text. */
function accumulateResource(target: Target, path: ScalarNode, into: Accumulation): void {
  const { folder } = target;
  if (path.value !== '' && folder.hasFile(path.value)) {
    accumulateFile(target, path, into);
  } else if (path.value === '' || parseRepository(path.value) !== undefined || folder.isDirectory(path.value)) {
    accumulateBase(target, path, into);
  } else {
    // The path is missing or out of bounds, so this throws the error that says which.
    folder.readSource(path.value, originSpan(path.origin));
  }
}

function accumulateFile(target: Target, path: ScalarNode, into: Accumulation): void {
  const { session, folder, originPath } = target;
  const listedAt = originSpan(path.origin);
  const resources = readResources(session.sources.parse(folder.readSource(path.value, listedAt)));
  if (tracksOrigins(session.metadata)) {
    for (const resource of resources) annotateFile(resource, joinOriginPath(originPath, path.value), listedAt);
  }
  session.notes.unknownKinds += resources.filter(
    ({ apiVersion, kind }) => kubernetesSchema.ofKind(apiVersion, kind) === undefined,
  ).length;
  into.add(resources, listedAt);
}

function accumulateBase(target: Target, path: ScalarNode, into: Accumulation): void {
  const listedAt = originSpan(path.origin);
  const base = openTarget(target, path);
  if (base.kustomization.kind === 'Component') {
    throw new BuildError(`\`${path.value}\` is a Component; list it under \`components:\``, listedAt, [
      { at: base.kustomization.keySpan('kind'), note: 'its kind is set here' },
    ]);
  }
  into.merge(buildBase(base), listedAt);
}

/** Runs the components on the accumulated objects, as if they were part of the kustomization. */
export function accumulateComponents(target: Target, into: Accumulation): void {
  for (const path of target.kustomization.strings('components')) {
    const listedAt = originSpan(path.origin);
    const component = unlessLeftOut(target.session.context, () => openTarget(target, path));
    if (component === undefined) continue;
    if (component.kustomization.kind !== 'Component') {
      throw new BuildError(`\`${path.value}\` is a Kustomization; list it under \`resources:\``, listedAt);
    }
    const before = into.resources.toArray();
    const { changes } = into;
    accumulate(component, into);
    into.remergeConfig();
    const hasOnlyAdded = into.changes === changes;
    const added = hasOnlyAdded ? into.resources.toArray().slice(before.length) : newAmong(into, before);
    for (const resource of added) resource.listedIn.unshift(listedAt);
  }
}

function newAmong({ resources }: Accumulation, before: readonly Resource[]): Resource[] {
  const known = new Set(before);
  return resources.toArray().filter((resource) => !known.has(resource));
}

/** Loads the kustomization in a folder that another kustomization refers to. */
function openTarget(target: Target, path: ScalarNode): Target {
  const listedAt = originSpan(path.origin);
  if (parseRepository(path.value) === undefined) checkPath(path.value, listedAt, target.session.context);
  const folder = target.folder.open(path.value, listedAt);
  const originPath = joinOriginPath(target.originPath, path.value);
  const outerNamespace = target.kustomization.text('namespace') ?? target.outerNamespace;
  const opened = loadTarget(folder, listedAt, { originPath, outerNamespace }, target.session);
  setOpenApiSchema(opened);
  return opened;
}
