import { pushAll } from '../../collections/push-all.ts';
import type { ScalarNode } from '../../source/node.ts';
import type { Span } from '../../source/span.ts';
import { baseName } from '../../text/base-name.ts';
import { type Kustomization, type KustomizationAmendment, readKustomization } from '../load/kustomization.ts';
import type { KustomizationFolder } from '../load/kustomization-folder.ts';
import { joinOriginPath, type OriginPath } from '../resources/origin-annotations.ts';
import { checkLimit } from '../session/build-limits.ts';
import type { BuildSession } from '../session/build-session.ts';

/** One kustomization of a build, with the folder that it reads files from (kustomize's `KustTarget`). */
export interface Target {
  readonly session: BuildSession;
  readonly folder: KustomizationFolder;
  readonly kustomization: Kustomization;
  /** The folder as annotations name it. */
  readonly originPath: OriginPath;
  /** The namespace that the nearest including kustomization sets. */
  readonly outerNamespace?: ScalarNode | undefined;
}

/**
 * Reads a folder's kustomization. Throws a BuildError in its file, or at `listedAt`, for example if a limit is
 * exceeded.
 */
export function loadTarget(
  folder: KustomizationFolder,
  listedAt: Span,
  place: Pick<Target, 'originPath' | 'outerNamespace'>,
  session: BuildSession,
  amendment?: KustomizationAmendment,
): Target {
  session.context.checkTime(listedAt);
  checkLimit('depth', folder.depth, listedAt);
  checkLimit('kustomizations', session.notes.folders.push(folder), listedAt);
  const kustomization = readKustomization(folder, listedAt, session.sources, session.context.dialect, amendment);
  for (const fault of kustomization.faults) session.context.report(fault);
  pushAll(session.notes.overridden, kustomization.overridden);
  return { session, folder, kustomization, ...place };
}

/** A kustomization's file as annotations name it. */
export function kustomizationOrigin({ originPath, kustomization: { file } }: Target): OriginPath {
  return joinOriginPath(originPath, baseName(file.path));
}
