import type { Rule } from '../lint/rule.ts';
import { findMovedSecrets, findSealedScopes } from '../model/access/sealed-scope.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { firstWritten, historyOf } from '../objects/place.ts';
import { joinWords } from '../text/join-words.ts';

/** A SealedSecret that can be decrypted in one environment only. */
export const sealedScope: Rule = {
  id: 'sealed-scope',
  severity: 'error',
  category: 'service',
  docs: {
    summary:
      'A SealedSecret is built under several names, in several namespaces, or in another one than it was sealed for',
    symptom:
      'In one environment all is well. In the other no Secret appears, the migration and the new pods stay in `CreateContainerConfigError`, and the SealedSecret says `no key could decrypt secret`.',
    why: 'A SealedSecret is encrypted for one name in one namespace, unless an annotation widens its scope. A base with a SealedSecret is built once by each overlay, and `namespace`, `namePrefix` and `nameSuffix` change what it was sealed for. At most one of the overlays can use it. The rule compares the SealedSecrets that the given trees build from the same file. It also compares the namespace in the file, which `kubeseal` writes, with the one that the build gives it; that is a warning, since the file may have been edited.\n\nNot reported:\n\n- the annotation `sealedsecrets.bitnami.com/cluster-wide: "true"`, or `namespace-wide` if only the names differ',
    fix: 'Seal it once for each environment, and list it in the overlay:\n\n```sh\nkubeseal --namespace orders-staging --format yaml <secret.yaml >overlays/staging/sealed-database.yaml\n```',
    links: ['https://github.com/bitnami-labs/sealed-secrets#scopes'],
    since: '0.1.0',
  },
  check(model, report) {
    if (!concernsMigrations(model)) return;
    const scopes = findSealedScopes(model);
    const several = new Set(scopes.map(({ secret }) => secret));
    for (const { secret, sealedFor, builtIn, namespace } of findMovedSecrets(model)) {
      if (several.has(secret)) continue;
      const at = firstWritten(namespace);
      report({
        message: `${describeObject(secret.object)} is sealed for namespace \`${sealedFor}\`, as its file says, and the build puts it into \`${builtIn}\`: the controller cannot decrypt it there, and pods that need its Secret do not start.`,
        at,
        related: historyOf(namespace, 'namespace', at),
        object: referTo(secret.object),
        field: 'metadata.namespace',
        hint: `Seal it again with \`--namespace ${builtIn}\`, or list the one that is sealed for \`${builtIn}\`.`,
        severity: 'warning',
      });
    }
    for (const { secret, built } of scopes) {
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
