import { posix } from 'node:path';
import type { Applier } from '../../config/config.ts';
import type { HandOver } from '../../delivery/scripts/deploy-steps.ts';
import type { RootModel } from '../root-model.ts';
import { isAboutTree } from './about-tree.ts';

/**
 * What may show who applies a root, from the strongest to the weakest: the settings; an object that points at the root;
 * a pipeline, task or script; a README; another document; annotations and labels on the root's own objects.
 */
const ranks = ['settings', 'object', 'script', 'readme', 'document', 'marks'] as const;

/** How strong a piece of evidence is. */
export type EvidenceRank = (typeof ranks)[number];

/** One thing that shows who applies a root. */
export interface Evidence {
  readonly applier: Applier | 'fleet' | 'terraform';
  readonly rank: EvidenceRank;
  /** How that is known, in a clause. */
  readonly why: string;
  /** What a script or document hands to kubectl. */
  readonly handOver?: HandOver['what'];
}

/**
 * The strongest evidence of who applies a root that a rule asks for. Scripts and documents are read only if nothing
 * stronger is found.
 * @param weakest nothing below this rank is read
 */
export function findEvidence(
  model: RootModel,
  weakest: EvidenceRank,
  isWanted: (evidence: Evidence) => boolean,
): Evidence | undefined {
  for (const evidence of evidenceOf(model, weakest)) if (isWanted(evidence)) return evidence;
  return undefined;
}

/** What shows who applies a root, the strongest first, down to a rank. */
function* evidenceOf(model: RootModel, weakest: EvidenceRank): Generator<Evidence> {
  const { delivery } = model;
  const isWanted = (rank: EvidenceRank): boolean => ranks.indexOf(rank) <= ranks.indexOf(weakest);
  const shown = shownByTrees(model);
  if (shown !== undefined && shown.rank !== 'marks') yield shown;
  if (delivery?.hasFleet) yield { applier: 'fleet', rank: 'object', why: 'a `fleet.yaml` says so' };
  if (isWanted('script')) yield* readScripts(model);
  if (isWanted('readme')) yield* readDocuments(model, 'readme');
  if (isWanted('document')) yield* readDocuments(model, 'document');
  if (shown?.rank === 'marks' && isWanted('marks')) yield shown;
}

/** What the settings and the given trees show. */
function shownByTrees({ applier: { kind, rank, why } }: RootModel): Evidence | undefined {
  return kind === 'unknown' || rank === undefined ? undefined : { applier: kind, rank, why };
}

function* readScripts({ delivery, root }: RootModel): Generator<Evidence> {
  if (delivery === undefined) return;
  const { terraformFolders, handOvers } = delivery.deploySteps();
  if (terraformFolders.some((folder) => folder.test(root.path))) {
    yield { applier: 'terraform', rank: 'script', why: 'a module of Terraform builds it' };
  }
  yield* handedOver(handOvers, 'script', delivery.top);
}

function readDocuments(model: RootModel, rank: 'readme' | 'document'): Evidence[] {
  const { delivery } = model;
  if (delivery === undefined) return [];
  const handOvers = delivery
    .documents()
    .filter(({ isReadme, steps }) => steps.handOvers.length > 0 && isReadme === (rank === 'readme'))
    .filter((document) => isAboutTree(document, model))
    .flatMap(({ steps }) => steps.handOvers);
  return handedOver(handOvers, rank, delivery.top);
}

/** The evidence in texts that hand manifests to kubectl: first those that hand over a build. */
function handedOver(handOvers: readonly HandOver[], rank: EvidenceRank, top: string): Evidence[] {
  const builds = handOvers.filter(({ what }) => what === 'build');
  const files = handOvers.filter(({ what }) => what === 'files');
  return [...builds, ...files].map(({ path, what }) => ({
    applier: 'kubectl',
    rank,
    why: `\`${posix.relative(top, path)}\` hands ${what === 'build' ? 'what kustomize builds' : 'manifests'} to it`,
    handOver: what,
  }));
}
