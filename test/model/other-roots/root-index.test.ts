// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { describe, expect, test } from 'vitest';
import type { BuiltRoot } from '../../../src/kustomize/built-root.ts';
import { modelRoots } from '../../../src/model/model-roots.ts';
import type { RootModel } from '../../../src/model/root-model.ts';
import { firstOf } from '../../support/first-of.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';

const object = (kind: string, name: string, more = '') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n${more}`;
const job = (name: string) =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {containers: [{name: main, image: shop}]}}}`;
const policy = (name: string, namespace?: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}${namespace ? `, namespace: ${namespace}` : ''}}\nspec: {podSelector: {}}`;
const binding = (name: string, subject: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: ${name}}\nsubjects: [${subject}]\nroleRef: {kind: ClusterRole, name: view}`;

interface Asked {
  readonly model: RootModel;
  /** What was looked up in the roots that are not modelled. */
  readonly questions: string[];
}

/**
 * The model of a root beside others.
 * @param elsewhere roots that are not modelled, each with its position in the tree
 */
function modelBeside(
  others: readonly string[],
  elsewhere: readonly (readonly [position: number, text: string])[] = [],
  own = object('ConfigMap', 'own'),
): Asked {
  const questions: string[] = [];
  const there = elsewhere.map(([position, text]) => rootFromYaml(text, `/elsewhere/${position}`));
  const answer = (question: string): BuiltRoot[] => {
    questions.push(question);
    return there;
  };
  const roots = [own, ...others].map((text, index) => rootFromYaml(text, `/tree/${index}`));
  const positions = new Map([...there.map((root, i) => [root, elsewhere[i]?.[0] ?? 0] as const)]);
  const models = modelRoots(
    roots,
    { dialect: '5.8' },
    {
      holding: (kind, name) => answer(`${kind} ${name}`),
      binding: (account) => answer(`for ${account}`),
      positionOf: (root) => positions.get(root) ?? roots.indexOf(root) * 10,
    },
  );
  return { model: firstOf(models), questions };
}

describe('root-index: Jobs', () => {
  const namesOf = ({ model }: Asked, name: string | undefined) =>
    model.otherRoots.jobsNamed(name).map(({ object: { name: each } }) => each.value);

  test.each([
    ['a name', 'migrate', ['migrate'], 'Job migrate'],
    ['a name with a variable', 'migrate-${TAG}', ['migrate-v1'], 'Job undefined'],
    ['any name', undefined, ['migrate', 'migrate-v1', 'other'], 'Job undefined'],
  ])('of %s', (_, name, expected, question) => {
    const asked = modelBeside([job('migrate'), job('migrate-v1')], [[1, job('other')]]);
    expect(namesOf(asked, name)).toEqual(expected);
    expect(asked.questions).toEqual([question]);
  });

  test('of one root among several', () => {
    expect(namesOf(modelBeside([job('one'), `${job('two')}\n---\n${job('"x-${TAG}"')}`]), 'two')).toEqual(['two']);
    expect(namesOf(modelBeside([job('one'), `${job('two')}\n---\n${job('"x-${TAG}"')}`]), 'x-1')).toEqual(['x-${TAG}']);
  });
});

describe('root-index: rights', () => {
  test('of bindings for an account, a group or a user', () => {
    const texts = [
      binding('own', '{kind: ServiceAccount, name: shop}'),
      binding('other', '{kind: ServiceAccount, name: web}'),
      binding('group', '{kind: Group, name: all}'),
    ];
    const { model, questions } = modelBeside(
      [],
      texts.map((text, i) => [i, text]),
    );
    const names = model.otherRoots
      .accessOf('shop')
      .flatMap(({ bindings }) => bindings.map((each) => each.object.name.value));
    expect([names, questions]).toEqual([['own', 'group'], ['for shop']]);
  });

  test('of ClusterRoles: one of those that allow the same', () => {
    const role = (name: string, verbs: string) =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: ${name}}\nrules: [{apiGroups: [batch], resources: [jobs], verbs: [${verbs}]}]`;
    const { model, questions } = modelBeside(
      [role('jobs', 'get'), role('jobs', 'get'), role('other', 'get'), role('jobs', 'list')],
      [[1, role('jobs', 'watch')]],
      role('jobs', 'create'),
    );
    const verbs = model.otherRoots
      .clusterRolesNamed('jobs')
      .map(({ rules }) => rules.flatMap((rule) => rule.verbs.map(({ value }) => value)));
    expect([verbs, questions]).toEqual([[['get'], ['list'], ['watch']], ['ClusterRole jobs']]);
  });

  test('of accounts', () => {
    const { model, questions } = modelBeside(
      [object('ServiceAccount', 'web')],
      [[1, object('ServiceAccount', 'shop')]],
    );
    expect(model.otherRoots.accountsNamed('shop')).toHaveLength(1);
    expect(questions).toEqual(['ServiceAccount shop']);
  });
});

describe('root-index: image automation', () => {
  test('of one kind, in the order of the roots', () => {
    const image = (kind: string, name: string) => object(kind, name).replace('v1', 'image.toolkit.fluxcd.io/v1');
    const { model, questions } = modelBeside(
      [image('ImagePolicy', 'a'), image('ImageRepository', 'b'), object('ImagePolicy', 'other')],
      [[5, image('ImagePolicy', 'c')]],
    );
    const names = model.imageAutomation('ImagePolicy').map(({ object: { name } }) => name.value);
    expect([names, questions]).toEqual([['c', 'a'], ['ImagePolicy undefined']]);
  });
});

describe('root-index: network policies', () => {
  const policies = [
    policy('a', 'shop'),
    policy('b', 'web'),
    policy('c'),
    policy('d', '"${NAMESPACE}"'),
    job('migrate'),
  ];
  const namesOf = ({ model }: Asked, namespace: string | undefined) =>
    model.otherRoots.networkPolicies(namespace).map((each) => each.object.name.value);

  test.each([
    ['shop', ['a', 'c', 'd']],
    ['web', ['b', 'c', 'd']],
    ['other', ['c', 'd']],
    [undefined, ['a', 'b', 'c', 'd']],
    ['${NAMESPACE}', ['a', 'b', 'c', 'd']],
  ])('for %s', (namespace, expected) => {
    expect([...namesOf(modelBeside(policies), namespace)].sort()).toEqual(expected);
    const asOneTree = modelBeside([policies.join('\n---\n')]);
    expect(namesOf(asOneTree, namespace)).toEqual(expected);
  });

  test('of roots that are not modelled, in the order of the tree', () => {
    const asked = modelBeside(
      [policy('third', 'shop')],
      [
        [15, policy('fourth', 'shop')],
        [5, policy('second', 'shop')],
        [1, policy('first', 'shop')],
      ],
    );
    expect(namesOf(asked, 'shop')).toEqual(['first', 'second', 'third', 'fourth']);
    expect(asked.questions.every((question) => /Policy undefined$/.test(question))).toBe(true);
  });
});

describe('root-index: ConfigMaps and Secrets', () => {
  const texts = [`${object('ConfigMap', 'settings')}---\n${object('ConfigMap', 'more')}`, object('Secret', 'settings')];
  const namesIn = ({ model }: Asked, name?: string) =>
    model.configInAllRoots('ConfigMap', name).map((each) => each.name);

  test('of a name, or all', () => {
    expect(namesIn(modelBeside(texts), 'settings')).toEqual(['settings']);
    expect(namesIn(modelBeside(texts), 'other')).toEqual([]);
    expect(namesIn(modelBeside(texts))).toEqual(['own', 'settings', 'more']);
  });

  test('of roots that are not modelled, in the order of the tree', () => {
    const there = [
      [15, object('ConfigMap', 'last')],
      [5, `${object('ConfigMap', 'first')}---\n${object('Secret', 'first')}`],
    ] as const;
    const asked = modelBeside(texts, there);
    expect(namesIn(asked)).toEqual(['own', 'first', 'settings', 'more', 'last']);
    expect(namesIn(asked, 'first')).toEqual(['first']);
    expect(asked.questions).toEqual(['ConfigMap undefined', 'ConfigMap first']);
  });

  test('of the file of a SealedSecret', () => {
    const sealed = (name: string) =>
      `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: ${name}}\nspec: {encryptedData: {x: y}, template: {}}`;
    const asked = modelBeside([], [[1, sealed('elsewhere')]], sealed('own'));
    const [config] = asked.model.config;
    expect(config && asked.model.sealedCopies(config).map((each) => each.name)).toEqual(['own']);
    expect(asked.questions).toEqual(['Secret undefined']);
  });
});
