import { distance } from 'fastest-levenshtein';
import type { Report, Rule } from '../lint/rule.ts';
import { type ConfigObject, findConfigObject } from '../model/config-object.ts';
import type { ConfigKind } from '../model/env-entry.ts';
import { describeObject, referTo } from '../model/kubernetes-object.ts';
import { historyOf } from '../model/place.ts';
import type { RootModel } from '../model/root-model.ts';
import { isSymbolic } from '../model/symbolic.ts';
import type { Field } from '../model/view.ts';
import { allContainers, type Container, type Workload } from '../model/workload.ts';

/** Settings that a release asks for and the tree should hold and does not. */
export const envSourceMissing: Rule = {
  id: 'env-source-missing',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'A ConfigMap, Secret or key that a release takes its environment from is not in the tree',
    symptom:
      '`CreateContainerConfigError`: `configmap "…" not found` or `couldn\'t find key DATABASE_URL in Secret …`. The migration pod never starts, and everything that waits for it waits.',
    why: 'A reference that is not `optional` keeps the container from starting until its object and its key exist. The rule speaks where the tree can know: a key that is missing from an object whose keys are all in the tree; a name that is close to that of an object here, or the very name in another namespace. Objects that the tree does not hold are nothing unusual, and an ExternalSecret may bring any key: nothing is said of those, nor where a part of the tree was not built.',
    fix: 'Correct the name or the key, add the object to `resources`, or mark the reference `optional: true` if the program can do without.',
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/'],
    since: '0.1.0',
  },
  check(model, report) {
    const services = model.releases.flatMap((release) => release.services.map(({ workload }) => workload));
    for (const workload of new Set<Workload>([...model.migrations.map(({ job }) => job), ...services])) {
      const told = new Set<string>();
      for (const container of allContainers(workload.pod)) {
        for (const reference of requiredReferences(container)) {
          const about = `${reference.kind}/${reference.object.value ?? ''}/${reference.key?.value ?? ''}`;
          if (!told.has(about) && checkReference(model, workload, container, reference, report)) told.add(about);
        }
      }
    }
  },
};

interface Reference {
  readonly kind: ConfigKind;
  readonly object: Field<string>;
  /** Undefined where every key is taken. */
  readonly key: Field<string> | undefined;
}

function requiredReferences({ env, envFrom }: Container): Reference[] {
  const imports = envFrom.flatMap(({ objectKind, object, optional }) =>
    optional ? [] : [{ kind: objectKind, object, key: undefined }],
  );
  const entries = env.flatMap(({ source }) =>
    source.kind === 'key' && !source.optional
      ? [{ kind: source.objectKind, object: source.object, key: source.key }]
      : [],
  );
  return [...imports, ...entries];
}

function checkReference(
  model: RootModel,
  workload: Workload,
  container: Container,
  reference: Reference,
  report: Report,
): boolean {
  const { kind, object, key } = reference;
  const name = object.value ?? '';
  if (name === '' || isSymbolic(name) || isSymbolic(key?.value ?? '')) return false;
  const namespace = workload.object.namespace.value;
  const found = findConfigObject(model.config, kind, name, namespace);
  const fault = found ? missingKey(found, key) : missingObject(model, workload, kind, name);
  if (fault === undefined) return false;
  const field = found && key ? key : object;
  const asked = found && key ? `key \`${key.value ?? ''}\` of ${kind} \`${name}\`` : `${kind} \`${name}\``;
  report({
    message: `Container \`${container.name.value ?? ''}\` of ${describeObject(workload.object)} takes ${asked}, which ${fault.clause}: its pods stay in \`CreateContainerConfigError\`.`,
    at: field.place.at,
    related: [
      ...historyOf(field.place, found && key ? 'key' : 'name'),
      { at: fault.near.object.name.place.at, note: `${kind} \`${fault.near.name}\` is here` },
    ],
    object: referTo(workload.object),
    field: field.path,
    hint: fault.hint,
  });
  return true;
}

interface Fault {
  readonly clause: string;
  readonly hint: string;
  readonly near: ConfigObject;
}

function missingKey(found: ConfigObject, key: Field<string> | undefined): Fault | undefined {
  const wanted = key?.value;
  if (wanted === undefined || !found.allKeysKnown || found.keys.has(wanted)) return undefined;
  const close = [...found.keys.keys()].find((candidate) => isClose(candidate, wanted));
  return {
    clause:
      close === undefined ? 'that object does not have' : `that object does not have (did you mean \`${close}\`?)`,
    hint: close === undefined ? `Add \`${wanted}\` to it, or correct the key.` : `Write \`${close}\`.`,
    near: found,
  };
}

function missingObject(model: RootModel, { object }: Workload, kind: ConfigKind, name: string): Fault | undefined {
  if (!model.complete) return undefined;
  const elsewhere = model.configInAllRoots.filter((candidate) => candidate.kind === kind && candidate.name === name);
  const here = model.config.filter((candidate) => candidate.kind === kind);
  const [other] = here.filter((candidate) => candidate.name === name && !isCopied(candidate));
  if (other) {
    return {
      clause: `is in namespace \`${other.object.namespace.value ?? ''}\`, and the pods are in \`${object.namespace.value ?? ''}\``,
      hint: 'Put both into one namespace.',
      near: other,
    };
  }
  if (elsewhere.length > 0) return undefined;
  const close = here.find((candidate) => isClose(candidate.name, name));
  return (
    close && {
      clause: `this build does not contain (did you mean \`${close.name}\`?)`,
      hint: `Write \`${close.name}\`.`,
      near: close,
    }
  );
}

/** Controllers such as reflector and replicator copy an object into other namespaces. */
function isCopied({ object }: ConfigObject): boolean {
  return [...object.annotations.keys()].some((key) => /reflect|replicat|copy|sync/i.test(key));
}

/** A slip of the pen: one or two letters of a name that is long enough. */
function isClose(a: string, b: string): boolean {
  return b.length > 5 && a !== b && distance(a, b) <= (b.length > 10 ? 2 : 1) && !/\d/.test(`${a}${b}`);
}
