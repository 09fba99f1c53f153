import type { View } from '../../../objects/view.ts';
import { joinWords } from '../../../text/join-words.ts';
import type { RefusedField } from './refused-field.ts';

/** Keys that a ConfigMap has twice. */
export function refusedConfigMap(view: View): RefusedField[] {
  const binary = view.get('binaryData');
  if (!binary.exists) return [];
  return view
    .get('data')
    .keys()
    .filter((key) => binary.get(key).exists)
    .map((key) => ({
      view: binary.get(key),
      what: `has the key \`${key}\` both in \`data\` and in \`binaryData\``,
      hint: 'Remove one of them.',
    }));
}

/** The keys that a Secret lacks by its type. */
export function refusedSecret(view: View): RefusedField[] {
  const type = view.get('type');
  const needed = neededKeys.get(type.text().value ?? '') ?? [];
  const missing = needed.filter((key) => ['data', 'stringData'].every((map) => !view.get(map, key).exists));
  if (missing.length === 0) return [];
  return [
    {
      view: type,
      what: `has no ${joinWords(
        missing.map((key) => `\`${key}\``),
        'or',
      )}, which a Secret of type \`${type.text().value}\` needs`,
      hint: 'Add what is missing, or leave out the type.',
    },
  ];
}

const neededKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
]);
