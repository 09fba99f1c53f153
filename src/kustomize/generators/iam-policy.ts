import { emptyMap, getPath, type MapNode, plainNode, type ScalarNode, stringNode } from '../../source/node.ts';
import { type GeneratedOrigin, originSpan } from '../../source/origin.ts';
import { fieldSpan, textField } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import { Resource } from '../resources/resource.ts';

/**
 * Generates the ServiceAccount that is bound to a Google service account on GKE. Throws a BuildError for any other
 * cloud. Follows kustomize's IAMPolicyGenerator.
 * @param args `{cloud, kubernetesService: {name, namespace}, serviceAccount: {name, projectId}}`
 */
export function generateIamPolicy(args: MapNode): Resource {
  const cloud = textField(args, 'cloud');
  if (cloud !== 'gke') {
    throw new BuildError(
      `kustomize makes IAM policies for the cloud \`gke\` only, not for \`${cloud}\``,
      fieldSpan(args, 'cloud'),
    );
  }
  const origin: GeneratedOrigin = {
    kind: 'generated',
    by: 'iamPolicyGenerator',
    configuredIn: originSpan(args.origin),
  };
  // kustomize inserts the arguments into YAML text, so a name such as `123` becomes a number.
  const fromArgs = (...path: string[]): ScalarNode => {
    const node = getPath(args, path);
    return plainNode(node?.kind === 'scalar' ? node.value : '', node?.origin ?? origin);
  };
  const map = (...entries: [string, MapNode | ScalarNode][]): MapNode => ({
    ...emptyMap(origin),
    entries: entries.map(([key, value]) => ({ key: stringNode(key, origin), value })),
  });
  const account = fromArgs('serviceAccount', 'name');
  if (account.value === '') {
    throw new BuildError(
      'this generator needs `serviceAccount.name`; add the Google service account',
      originSpan(args.origin),
    );
  }
  const project = fromArgs('serviceAccount', 'projectId').value;
  const email = stringNode(`${account.value}@${project}.iam.gserviceaccount.com`, account.origin);
  const metadata = map(
    ['annotations', map(['iam.gke.io/gcp-service-account', email])],
    ['name', fromArgs('kubernetesService', 'name')],
  );
  const namespace = fromArgs('kubernetesService', 'namespace');
  if (namespace.value !== '') metadata.entries.push({ key: stringNode('namespace', origin), value: namespace });
  return new Resource(
    map(['apiVersion', plainNode('v1', origin)], ['kind', plainNode('ServiceAccount', origin)], ['metadata', metadata]),
  );
}
