import { describe, expect, it } from 'vitest';
import { buildTree, describeOrigin, printTree, scalarAt } from '../build-tree.ts';
import { expectBuild, expectRefusal } from '../expect-build.ts';

describe('namespace', () => {
  it('moves what has one, renames Namespaces, and leaves cluster-scoped kinds alone', () => {
    expectBuild(
      {
        'kustomization.yaml': 'resources: [all.yaml]\nnamespace: new\n',
        'all.yaml': `apiVersion: v1
kind: Namespace
metadata: {name: old}
---
apiVersion: example.com/v1
kind: Namespace
metadata: {name: old}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: role}
---
apiVersion: v1
kind: Service
metadata: {name: s, namespace: ~, annotations: {}}
`,
      },
      `apiVersion: v1
kind: Namespace
metadata:
  name: new
---
apiVersion: example.com/v1
kind: Namespace
metadata:
  name: old
  namespace: new
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: role
---
apiVersion: v1
kind: Service
metadata:
  name: s
  namespace: new
`,
    );
  });

  it('reaches the services of APIs and of conversion webhooks', () => {
    expectBuild(
      {
        'kustomization.yaml': 'resources: [all.yaml]\nnamespace: new\n',
        'all.yaml': `apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: a}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: c}
spec: {conversion: {webhook: {clientConfig: {service: {namespace: old}}}}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: d}
spec: {conversion: {webhook: {clientConfig: {service: {name: x}}}}}
`,
      },
      `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: c
spec:
  conversion:
    webhook:
      clientConfig:
        service:
          namespace: new
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: d
spec:
  conversion:
    webhook:
      clientConfig:
        service:
          name: x
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata:
  name: a
spec:
  service:
    namespace: new
`,
    );
  });

  it.each([
    ['defaultOnly', ['new', 'new', undefined, 'had']],
    ['allServiceAccounts', ['new', undefined, 'new', 'new']],
    ['none', [undefined, undefined, undefined, 'had']],
  ])('sets the subjects of role bindings: %s', (mode, expected) => {
    const tree = {
      'kustomization.yaml': 'resources: [rb.yaml]\ntransformers: [t.yaml]\n',
      't.yaml': `apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: t, namespace: new}\nsetRoleBindingSubjects: ${mode}\n`,
      'rb.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: rb}
subjects:
- {kind: ServiceAccount, name: default}
- {kind: User, name: default}
- {kind: ServiceAccount, name: other}
- {kind: ServiceAccount, name: moved, namespace: had}
`,
    };
    const subjects = ['ServiceAccount default', 'User default', 'ServiceAccount other', 'ServiceAccount moved'].map(
      (subject, i) => {
        const [kind, name] = subject.split(' ');
        return `- kind: ${kind}\n  name: ${name}\n${expected[i] ? `  namespace: ${expected[i]}\n` : ''}`;
      },
    );
    expectBuild(
      tree,
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: rb\n  namespace: new\nsubjects:\n${subjects.join('')}`,
    );
  });

  it('can leave alone what has one', () => {
    expectBuild(
      {
        'kustomization.yaml': 'resources: [all.yaml]\ntransformers: [t.yaml]\n',
        't.yaml':
          'apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: t, namespace: new}\nunsetOnly: true\n',
        'all.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: had}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: b, namespace: ""}\n',
      },
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  namespace: had\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: b\n  namespace: new\n',
    );
  });

  it('leaves the output of charts alone since 5.8', () => {
    const tree = {
      'kustomization.yaml': 'resources: [s.yaml]\nnamespace: new\n',
      's.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: {name: s, annotations: {internal.config.kubernetes.io/helm-generated: "true"}}\n',
    };
    expect(printTree(tree, '5.7')).toContain('namespace: new');
    expect(printTree(tree, '5.8')).not.toContain('namespace: new');
  });

  it('may not make two objects one and the same', () => {
    expectRefusal(
      {
        'kustomization.yaml': 'resources: [all.yaml]\nnamespace: new\n',
        'all.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: a}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: b}\n',
      },
      'kustomization.yaml:2:12: the namespace `new` gives 2 objects the same id (Secret.v1.[noGrp]/s.new); rename them, or remove one',
    );
  });

  it('may not pass through the name that another Namespace has', () => {
    expectRefusal(
      {
        'kustomization.yaml': 'resources: [all.yaml]\nnamespace: b\n',
        'all.yaml':
          'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n',
      },
      'kustomization.yaml:2:12: the namespace `b` gives 2 objects the same id (Namespace.v1.[noGrp]/b.[noNs]); move all but one into a kustomization without `namespace`, or remove them',
    );
  });

  it.each([
    ['{a: b}', '4:11', 'a list in `subjects`', 'a map'],
    ['[x]', '4:12', 'a map in `subjects`', 'a single value'],
    ['[{name: [x]}]', '4:19', 'a single value in `subjects/name`', 'a list'],
  ])('needs subjects that are subjects: %s', (subjects, at, needed, found) => {
    expectRefusal(
      {
        'kustomization.yaml': 'resources: [rb.yaml]\nnamespace: new\n',
        'rb.yaml': `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: rb}\nsubjects: ${subjects}\n`,
      },
      `rb.yaml:${at}: the step for namespace needs ${needed} of RoleBinding \`rb\`, but this is ${found}; correct the object, or the path that leads here`,
    );
  });

  it('is looked up in subjects that say what they are', () => {
    const tree = (subject: string) => ({
      'kustomization.yaml': 'resources: [all.yaml]\n',
      'all.yaml': `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: rb}\nsubjects: [${subject}]\n`,
    });
    expectRefusal(
      tree('{kind: 8, name: a, namespace: b}'),
      'all.yaml:8:19: a subject of RoleBinding.v1.rbac.authorization.k8s.io/rb.[noNs] has a kind that is not a string, which makes kustomize crash; correct it',
    );
    expect(printTree(tree('{kind: 8, name: a}'), '5.8')).toContain('- kind: 8\n');
  });

  it('knows where it comes from', () => {
    const root = buildTree({
      'kustomization.yaml': 'resources: [s.yaml]\nnamespace: new\n',
      's.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: old}\n',
    });
    expect(describeOrigin(scalarAt(root, 'Secret metadata.namespace'))).toEqual([
      'namespace kustomization.yaml:2:12 new',
      'written s.yaml:3:32 old',
    ]);
    expect(root.resources[0]?.originalId.namespace).toBe('old');
  });
});
