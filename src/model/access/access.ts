import type { Resource } from '../../kustomize/resources/resource.ts';
import { type KubernetesObject, readObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import type { Place } from '../../objects/place.ts';
import { type Field, type Present, View } from '../../objects/view.ts';

/** The roles, bindings and accounts of a build. */
export interface Access {
  readonly roles: readonly AccessRole[];
  readonly bindings: readonly AccessBinding[];
  readonly accounts: readonly ServiceAccount[];
}

/** A Role or ClusterRole. */
export interface AccessRole {
  readonly object: KubernetesObject;
  readonly clusterWide: boolean;
  readonly rules: readonly AccessRule[];
  /** Where to point if it has no rule for something. */
  readonly rulesPlace: Place;
  /** The key that is missing there if it has no rules at all. */
  readonly rulesMissing: readonly string[];
  /** The labels of the ClusterRoles that it aggregates; undefined if it aggregates none. */
  readonly gathers: readonly ReadonlyMap<string, string>[] | undefined;
}

/** One rule of a role. */
export interface AccessRule {
  readonly verbs: readonly Present<string>[];
  readonly apiGroups: readonly Present<string>[];
  readonly resources: readonly Present<string>[];
  readonly resourceNames: readonly Present<string>[];
  readonly places: { readonly [part in 'verbs' | 'apiGroups' | 'resources']: Place };
  readonly path: string;
}

/** A RoleBinding or ClusterRoleBinding. */
export interface AccessBinding {
  readonly object: KubernetesObject;
  readonly clusterWide: boolean;
  readonly subjects: readonly AccessSubject[];
  readonly subjectsPlace: Place;
  readonly roleKind: string;
  readonly roleName: Field<string>;
}

/** Whom a binding is for. */
export interface AccessSubject {
  readonly kind: string;
  readonly name: Field<string>;
  readonly namespace: Field<string>;
}

/** A ServiceAccount of the build. */
export interface ServiceAccount {
  readonly object: KubernetesObject;
  readonly automountToken: Field<boolean>;
  /** `imagePullSecrets`, with which the images of its pods are pulled. */
  readonly pullSecrets: View;
}

/** Reads the roles, bindings and accounts of a build. */
export function readAccess(resources: readonly Resource[]): Access {
  const access = { roles: [] as AccessRole[], bindings: [] as AccessBinding[], accounts: [] as ServiceAccount[] };
  for (const resource of resources) {
    if (resource.apiVersion.startsWith('rbac.authorization.k8s.io/')) {
      if (/^(Cluster)?Role$/.test(resource.kind)) access.roles.push(readRole(resource));
      if (/^(Cluster)?RoleBinding$/.test(resource.kind)) access.bindings.push(readBinding(resource));
    } else if (resource.kind === 'ServiceAccount' && resource.apiVersion === 'v1') {
      const view = View.ofResource(resource);
      const automountToken = view.get('automountServiceAccountToken').boolean();
      access.accounts.push({
        object: readObject(resource),
        automountToken,
        pullSecrets: view.get('imagePullSecrets'),
      });
    }
  }
  return access;
}

/** The account that a name means in a namespace. */
export function findAccount(access: Access, name: string, namespace: string | undefined): ServiceAccount | undefined {
  return access.accounts.find(
    ({ object }) => object.name.value === name && sameNamespace(object.namespace.value, namespace),
  );
}

function readRole(resource: Resource): AccessRole {
  const view = View.ofResource(resource);
  const rules = view.get('rules');
  const selectors = view.get('aggregationRule', 'clusterRoleSelectors');
  return {
    object: readObject(resource),
    clusterWide: resource.kind === 'ClusterRole',
    rules: rules.items().map(readRule),
    get rulesPlace() {
      return rules.place;
    },
    get rulesMissing() {
      return rules.missing;
    },
    gathers: selectors.exists ? selectors.items().map(selectorLabels) : undefined,
  };
}

function selectorLabels(selector: View): ReadonlyMap<string, string> {
  return new Map([...selector.get('matchLabels').textMap()].map(([key, { value }]) => [key, value]));
}

function readRule(rule: View): AccessRule {
  const [verbs, apiGroups, resources] = [rule.get('verbs'), rule.get('apiGroups'), rule.get('resources')];
  return {
    verbs: verbs.texts(),
    apiGroups: apiGroups.texts(),
    resources: resources.texts(),
    resourceNames: rule.get('resourceNames').texts(),
    get places() {
      return { verbs: verbs.place, apiGroups: onlyItem(apiGroups), resources: onlyItem(resources) };
    },
    get path() {
      return rule.path;
    },
  };
}

/** The only item of a list, which must be wrong; otherwise the list's key, since an item is missing. */
function onlyItem(list: View): Place {
  const [first, ...others] = list.items();
  return first !== undefined && others.length === 0 ? first.place : list.place;
}

function readBinding(resource: Resource): AccessBinding {
  const view = View.ofResource(resource);
  const subjects = view.get('subjects');
  return {
    object: readObject(resource),
    clusterWide: resource.kind === 'ClusterRoleBinding',
    subjects: subjects.items().map((subject) => ({
      kind: subject.get('kind').text().value ?? '',
      name: subject.get('name').text(),
      namespace: subject.get('namespace').text(),
    })),
    get subjectsPlace() {
      return subjects.place;
    },
    roleKind: view.get('roleRef', 'kind').text().value ?? '',
    roleName: view.get('roleRef', 'name').text(),
  };
}
