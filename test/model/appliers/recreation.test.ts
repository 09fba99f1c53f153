// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux or a shell fills.
import { describe, expect, test } from 'vitest';
import { type FluxKustomization, readFluxKustomization } from '../../../src/flux/flux-kustomization.ts';
import type { AppliedBy } from '../../../src/model/appliers/applier.ts';
import { findRecreation } from '../../../src/model/appliers/recreation.ts';
import { finishesBefore } from '../../../src/model/order/apply-order.ts';
import { isArgoHook, syncWave } from '../../../src/model/order/argo-phases.ts';
import { firstOf } from '../../support/first-of.ts';
import { jobOf, type WrittenJob } from '../../support/job-from-yaml.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';

describe('recreation', () => {
  const annotated = (...annotations: readonly string[]): WrittenJob => ({
    metadata: `, annotations: {${annotations.join(', ')}}`,
  });
  const force = 'kustomize.toolkit.fluxcd.io/force: enabled';
  const hook = 'argocd.argoproj.io/hook: PreSync';
  const replace = 'argocd.argoproj.io/sync-options: "Prune=false, Replace=true"';
  const helm = 'helm.sh/hook: pre-upgrade';
  /** The Flux Kustomizations that apply the Job, one with each of these fields. */
  const kustomizations = (specs: readonly string[]): FluxKustomization[] =>
    specs
      .map(
        (spec) =>
          `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: x}\nspec: {${spec}}`,
      )
      .flatMap((text) => rootFromYaml(text).resources)
      .flatMap((resource) => readFluxKustomization(resource) ?? []);

  function recreationOf(kind: AppliedBy['kind'], written: WrittenJob, specs: readonly string[]): string | undefined {
    const { model, job } = jobOf(written);
    const applier: AppliedBy = {
      kind,
      rank: 'object',
      why: '',
      flux: kustomizations(specs),
      setImages: [],
      selfHeals: false,
    };
    return findRecreation({ ...model, applier }, job);
  }

  test.each([
    ['flux', annotated(force), [], 'flux force'],
    ['unknown', annotated(force), [], 'flux force'],
    ['kubectl', annotated(force), [], undefined],
    ['argocd', annotated(force), [], undefined],
    ['flux', {}, ['force: true', 'force: true'], 'flux spec.force'],
    ['flux', {}, ['force: true', 'force: false'], undefined],
    ['flux', {}, ['force: true', ''], undefined],
    ['flux', {}, [], undefined],
    ['flux', annotated('kustomize.toolkit.fluxcd.io/ssa: IfNotPresent'), [], 'left alone'],
    ['flux', annotated('kustomize.toolkit.fluxcd.io/ssa: Ignore'), [], 'left alone'],
    ['flux', annotated('kustomize.toolkit.fluxcd.io/ssa: Merge'), [], undefined],
    ['kubectl', annotated('kustomize.toolkit.fluxcd.io/ssa: Ignore'), [], undefined],
    ['argocd', annotated(hook), [], 'argocd hook'],
    ['unknown', annotated(hook), [], 'argocd hook'],
    ['flux', annotated(hook), [], undefined],
    ['argocd', annotated(replace), [], undefined],
    ['argocd', annotated('argocd.argoproj.io/sync-options: Force=true'), [], 'argocd force'],
    ['argocd', annotated('argocd.argoproj.io/sync-options: "Replace=true, Force=true"'), [], 'argocd force'],
    ['argocd', annotated('argocd.argoproj.io/sync-options: NoForce=true'), [], undefined],
    ['argocd', annotated('argocd.argoproj.io/sync-options: Force=trueish'), [], undefined],
    ['unknown', annotated(helm), [], 'helm hook'],
    ['kubectl', annotated(helm), [], undefined],
    ['argocd', {}, [], undefined],
    ['unknown', annotated('kapp.k14s.io/update-strategy: always-replace'), [], 'kapp replace'],
    ['unknown', annotated('kapp.k14s.io/update-strategy: fallback-on-replace'), [], 'kapp replace'],
    ['unknown', annotated('kapp.k14s.io/update-strategy: skip'), [], undefined],
    ['kubectl', annotated('kapp.k14s.io/update-strategy: always-replace'), [], undefined],
  ] as const)('%s, %j, with %j: %s', (kind, written, specs, expected) => {
    expect(recreationOf(kind, written, specs)).toBe(expected);
  });

  const deployment = (annotations: string): string =>
    `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, annotations: {${annotations}}}`;
  const kappGroup = 'kapp.k14s.io/change-group: shop/db';
  const wave = (number: number): string => `argocd.argoproj.io/sync-wave: "${number}"`;

  test.each([
    ['argocd', '', '', 'beside'],
    ['argocd', hook, '', 'before'],
    ['unknown', hook, '', 'before'],
    ['flux', hook, '', 'beside'],
    ['kubectl', hook, '', 'beside'],
    ['argocd', 'argocd.argoproj.io/hook: PostSync', '', 'after'],
    ['flux', 'argocd.argoproj.io/hook: PostSync', '', 'beside'],
    ['kubectl', 'argocd.argoproj.io/hook: PostSync', '', 'beside'],
    ['argocd', 'argocd.argoproj.io/hook: Sync', '', 'beside'],
    ['argocd', 'argocd.argoproj.io/hook: "Sync,PreSync"', '', 'before'],
    ['argocd', 'argocd.argoproj.io/hook: "Sync, PostSync"', '', 'beside'],
    ['argocd', 'argocd.argoproj.io/hook: PostSync', 'argocd.argoproj.io/hook: PostSync', 'beside'],
    ['argocd', 'argocd.argoproj.io/hook: ","', '', 'beside'],
    ['argocd', helm, '', 'before'],
    ['argocd', 'helm.sh/hook: " pre-install "', '', 'before'],
    ['argocd', 'helm.sh/hook: "post-install,post-upgrade"', '', 'after'],
    ['argocd', 'helm.sh/hook: "pre-install,post-upgrade"', '', 'before'],
    ['argocd', `${helm}, argocd.argoproj.io/hook: Sync`, '', 'beside'],
    ['argocd', wave(-1), '', 'before'],
    ['argocd', wave(1), wave(2), 'before'],
    ['argocd', wave(1), '', 'after'],
    ['argocd', wave(1), wave(1), 'beside'],
    ['flux', wave(-1), '', 'beside'],
    ['kubectl', wave(1), '', 'beside'],
    ['argocd', `${wave(-1)}, argocd.argoproj.io/hook: PostSync`, '', 'after'],
    ['argocd', `${wave(1)}, argocd.argoproj.io/hook: Sync`, '', 'after'],
    ['argocd', `${wave(-1)}, argocd.argoproj.io/hook: Sync`, wave(-2), 'after'],
    ['unknown', kappGroup, 'kapp.k14s.io/change-rule: upsert after upserting shop/db', 'before'],
    ['unknown', kappGroup, 'kapp.k14s.io/change-rule.first: upsert after upserting shop/db', 'before'],
    ['unknown', kappGroup, 'kapp.k14s.io/change-rule: upsert after upserting shop/queue', 'beside'],
    ['unknown', kappGroup, 'kapp.k14s.io/change-rule: delete after upserting shop/db', 'beside'],
    ['unknown', 'kapp.k14s.io/change-rule: upsert after upserting shop/db', kappGroup, 'after'],
    ['argocd', kappGroup, 'kapp.k14s.io/change-rule: upsert after upserting shop/db', 'beside'],
  ] as const)('%s, {%s} and {%s}: %s', (kind, own, other, expected) => {
    const { model, job } = jobOf({ ...annotated(own), more: deployment(other) });
    const workload = firstOf(model.listed.filter(({ kind: each }) => each === 'Deployment'));
    const applier: AppliedBy = { kind, rank: 'object', why: '', flux: [], setImages: [], selfHeals: false };
    const applied = { ...model, applier };
    const [before, after] = [
      finishesBefore(applied, job.object, workload),
      finishesBefore(applied, workload, job.object),
    ];
    expect([before && 'before', after && 'after'].filter(Boolean).join() || 'beside').toBe(expected);
  });

  test('hooks and waves', () => {
    expect(isArgoHook(jobOf(annotated(hook)).job.object)).toBe(true);
    expect(isArgoHook(jobOf(annotated(helm)).job.object)).toBe(false);
    expect(syncWave(jobOf(annotated(wave(-3))).job.object)).toBe(-3);
    expect(syncWave(jobOf({}).job.object)).toBe(0);
  });
});
