import type { Rule } from '../lint/rule.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import { describeObject, pointAtName, referTo } from '../objects/kubernetes-object.ts';

/** A Secret that is encrypted with SOPS, in a Flux Kustomization that does not decrypt. */
export const fluxDecryption: Rule = {
  id: 'flux-decryption',
  severity: 'error',
  category: 'flux',
  docs: {
    summary: 'A Flux Kustomization applies a Secret that is encrypted with SOPS, and does not decrypt it',
    symptom:
      'The Flux Kustomization turns `Ready: False` with `Secret/orders/orders-database is SOPS encrypted, configuring decryption is required for this secret to be reconciled`, and nothing of it is applied.',
    why: 'Flux decrypts Secrets only for a Kustomization with `spec.decryption`. One that lacks it refuses the Secret, and everything else of the Kustomization with it. This happens when an environment or a cluster is added, and its Kustomization is written anew. The rule looks at Flux Kustomizations that apply a migration and a Secret with the field `sops`.\n\nNot reported:\n\n- files that a `secretGenerator` reads: Flux applies them encrypted, and says nothing',
    fix: '```yaml\nspec:\n  decryption:\n    provider: sops\n    secretRef:\n      name: sops-age\n```',
    links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption'],
    since: '0.1.0',
  },
  check(model, report) {
    const secret = model.config.find(({ isEncrypted }) => isEncrypted === true);
    if (secret === undefined || !concernsMigrations(model)) return;
    for (const { object, decryption } of model.applier.flux) {
      if (decryption.value !== undefined) continue;
      const name = describeObject(secret.object);
      report({
        message: `${describeObject(object)} has no \`spec.decryption\`, and ${name} is encrypted with SOPS: Flux refuses it, and applies nothing of this Kustomization.`,
        at: decryption.place.at,
        related: [pointAtName(secret.object)],
        object: referTo(object),
        field: decryption.path,
        hint: 'Add `decryption` with `provider: sops` and the `secretRef` of the key.',
      });
    }
  },
};
