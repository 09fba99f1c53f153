import { joinWords } from '../join-words.ts';
import type { Rule } from '../lint/rule.ts';
import { findSealedScopes } from '../model/access/sealed-scope.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import { referTo } from '../objects/kubernetes-object.ts';
import { firstWritten } from '../objects/place.ts';

/** A SealedSecret that can be decrypted in one environment only. */
export const sealedScope: Rule = {
  id: 'sealed-scope',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'Several environments build one SealedSecret under different names or in different namespaces',
    symptom:
      'In one environment all is well. In the other no Secret appears, the migration and the new pods stay in `CreateContainerConfigError`, and the SealedSecret says `no key could decrypt secret`.',
    why: 'A SealedSecret is encrypted for one name in one namespace, unless an annotation widens its scope. A base with a SealedSecret is built once by each overlay, and `namespace`, `namePrefix` and `nameSuffix` change what it was sealed for. At most one of the overlays can use it. The rule compares the SealedSecrets that the given trees build from the same file.\n\nNot reported:\n\n- the annotation `sealedsecrets.bitnami.com/cluster-wide: "true"`, or `namespace-wide` if only the names differ',
    fix: 'Seal it once for each environment, and list it in the overlay:\n\n```sh\nkubeseal --namespace orders-staging --format yaml <secret.yaml >overlays/staging/sealed-database.yaml\n```',
    links: ['https://github.com/bitnami-labs/sealed-secrets#scopes'],
    since: '0.1.0',
  },
  check(model, report) {
    if (!concernsMigrations(model)) return;
    for (const { secret, built } of findSealedScopes(model)) {
      const { name } = secret.object;
      const shown = built.slice(0, built.length > 4 ? 3 : 4).map((each) => `\`${each}\``);
      if (built.length > 4) shown.push(`${built.length - 3} others`);
      report({
        message: `This SealedSecret is built as ${joinWords(shown)}, and is sealed for one of them at most: elsewhere the controller cannot decrypt it, and pods that need its Secret do not start.`,
        at: firstWritten(name.place),
        related: [],
        object: referTo(secret.object),
        field: 'spec.encryptedData',
        hint: 'Seal it for each of them, and list it in the overlays instead; or widen its scope when sealing (`kubeseal --scope cluster-wide`).',
      });
    }
  },
};
