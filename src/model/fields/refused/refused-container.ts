import { once } from '../../../collections/once.ts';
import { containerViews, nameOf } from '../../../objects/container-views.ts';
import { readQuantity } from '../../../objects/quantity.ts';
import type { View } from '../../../objects/view.ts';
import { joinWords } from '../../../text/join-words.ts';
import { fieldsOf } from '../kubernetes-fields.ts';
import { isFromPatch, refusedChoice, removal } from './refused-choice.ts';
import type { RefusedField } from './refused-field.ts';
import { refusedRepeats, withProtocol } from './refused-repeat.ts';

/**
 * What is wrong with the volumes and containers of a pod.
 * @param claims the templates of a StatefulSet's volumes
 */
export function refusedContainers(pod: View, claims: View | undefined, isServerSide: boolean): RefusedField[] {
  const containers = containerViews(pod);
  const volumes = pod.get('volumes').items();
  const claimed = claims?.items().map((claim) => nameOf(claim.get('metadata'))) ?? [];
  const mountable = new Set([...volumes.map(nameOf), ...claimed]);
  return [
    ...refusedRepeats(containers, 'name', (container) => ({
      what: `has two containers of the name \`${nameOf(container)}\``,
      hint: 'Give each container, also an init container, a name of its own.',
    })),
    ...refusedRepeats(volumes, 'name', (volume) => ({
      what: `has two volumes of the name \`${nameOf(volume)}\``,
      hint: 'Remove one of them, or give each a name of its own.',
    })),
    ...volumes.flatMap((volume) => refusedChoice(volume, choices().volume)),
    ...pod.get('initContainers').items().flatMap(refusedInInitContainer),
    ...containers.flatMap((container) => [
      ...missingImage(container, containers, false),
      ...refusedVariables(container, isServerSide),
      ...refusedMounts(container, mountable),
      ...refusedPorts(container, isServerSide),
      ...refusedActions(container),
      ...refusedRequests(container),
      ...refusedPrivileges(container),
    ]),
  ];
}

/** @param isReplaced whether a patch replaces the whole list of containers, since kustomize does not know the kind */
export function missingImage(container: View, all: readonly View[], isReplaced: boolean): RefusedField[] {
  if (container.get('image').exists) return [];
  const name = container.get('name');
  const others = all.filter((other) => other !== container).map((other) => `\`${nameOf(other)}\``);
  const isPatched = isFromPatch(name);
  return [
    {
      view: name,
      what: `has no \`image\` in container \`${nameOf(container)}\``,
      hint:
        isPatched && isReplaced
          ? 'Repeat the whole container in the patch, or use a JSON patch: kustomize knows no merge keys for this kind, so the patch replaces the list.'
          : isPatched && others.length > 0
            ? `Name the container that the patch is for (${joinWords(others, 'or')}), or give this one an image.`
            : 'Give the container an image.',
    },
  ];
}

/** An init container ends before the others start, so that nothing would look at its probes. */
function refusedInInitContainer(container: View): RefusedField[] {
  const keys = container.keys().filter((key) => ofRunning.has(key));
  if (keys.length === 0 || container.get('restartPolicy').exists) return [];
  return keys
    .map((key) => container.get(key))
    .filter(({ exists }) => exists)
    .map((view) => ({
      view,
      what: `has \`${view.path.replace(/^.*\./, '')}\` in init container \`${nameOf(container)}\`, which only a sidecar may have`,
      hint: 'Remove it, or set `restartPolicy: Always` if the container is to run beside the others.',
    }));
}

function refusedVariables(container: View, isServerSide: boolean): RefusedField[] {
  const variables = container.get('env').items();
  return [
    ...(isServerSide ? repeatedVariables(variables, container) : []),
    ...variables.flatMap((variable) => refusedVariable(variable, container)),
    ...container
      .get('envFrom')
      .items()
      .flatMap((item) => refusedChoice(item, choices().import)),
  ];
}

function repeatedVariables(variables: readonly View[], container: View): RefusedField[] {
  return refusedRepeats(variables, 'name', (variable) => ({
    what: `sets variable \`${nameOf(variable)}\` of container \`${nameOf(container)}\` twice, which the server-side apply of Flux does not take`,
    hint: 'Remove one of them: in a pod the last one would win.',
  }));
}

function refusedVariable(variable: View, container: View): RefusedField[] {
  const from = variable.get('valueFrom');
  if (!from.exists) return [];
  const value = variable.get('value');
  const where = `variable \`${nameOf(variable)}\` of container \`${nameOf(container)}\``;
  if ((value.text().value ?? '') !== '') {
    const [later, earlier] = isFromPatch(from) ? ['valueFrom', 'value'] : ['value', 'valueFrom'];
    return [
      {
        view: variable.get(later),
        what: `sets both \`value\` and \`valueFrom\` of ${where}`,
        hint: removal(variable, later, earlier),
      },
    ];
  }
  return refusedChoice(from, choices().variable, (names) => `takes ${where} from ${names}`);
}

function refusedMounts(container: View, volumes: ReadonlySet<string>): RefusedField[] {
  const name = nameOf(container);
  const mounts = container.get('volumeMounts').items();
  const known = mounts.filter((mount) => nameOf(mount) === '' || volumes.has(nameOf(mount)));
  return [
    ...mounts
      .filter((mount) => !known.includes(mount))
      .map((mount) => ({
        view: mount.get('name'),
        what: `mounts volume \`${nameOf(mount)}\` in container \`${name}\`, which its pod does not have`,
        hint: 'Add the volume to the pod, or remove the mount.',
      })),
    ...refusedRepeats(known, 'mountPath', (mount) => ({
      what: `mounts two volumes at \`${mount.get('mountPath').text().value}\` in container \`${name}\``,
      hint: 'Mount each volume at a path of its own.',
    })),
  ];
}

function refusedPorts(container: View, isServerSide: boolean): RefusedField[] {
  const ports = container.get('ports').items();
  return [
    ...refusedRepeats(ports, 'name', (port) => ({
      what: `has two ports of the name \`${nameOf(port)}\` in container \`${nameOf(container)}\``,
      hint: 'Give each port a name of its own.',
    })),
    ...(isServerSide ? repeatedPorts(ports, container) : []),
  ];
}

function repeatedPorts(ports: readonly View[], container: View): RefusedField[] {
  return refusedRepeats(
    ports,
    'containerPort',
    (port) => ({
      what: `has port ${port.get('containerPort').text().value} of container \`${nameOf(container)}\` twice, which the server-side apply of Flux does not take`,
      hint: 'Remove one of them.',
    }),
    (port) => withProtocol(port, 'containerPort'),
  );
}

/** Probes and hooks that do two things, or that wait for more than one success. */
function refusedActions(container: View): RefusedField[] {
  const single = ['livenessProbe', 'startupProbe'].map((key) => container.get(key)).filter(({ exists }) => exists);
  const probes = [container.get('readinessProbe'), ...single];
  const lifecycle = container.get('lifecycle');
  const hooks = lifecycle.keys().map((key) => lifecycle.get(key));
  const thresholds = single.map((probe) => probe.get('successThreshold'));
  return [
    ...probes.flatMap((probe) => refusedChoice(probe, choices().probe)),
    ...hooks.flatMap((hook) => refusedChoice(hook, choices().hook)),
    ...thresholds
      .filter((threshold) => (threshold.number().value ?? 1) > 1)
      .map((view) => ({
        view,
        what: `has \`${view.path}: ${view.text().value}\`, which may only be 1`,
        hint: 'Remove it: one success is enough. Only a readiness probe may ask for more.',
      })),
  ];
}

function refusedRequests(container: View): RefusedField[] {
  const resources = container.get('resources');
  const [requests, limits] = [resources.get('requests'), resources.get('limits')];
  if (!limits.exists) return [];
  return requests.keys().flatMap((resource): RefusedField[] => {
    if (!shareable.has(resource)) return [];
    const [view, most] = [requests.get(resource), limits.get(resource).text().value ?? ''];
    const asked = view.text().value ?? '';
    const [wanted, limit] = [readQuantity(asked), readQuantity(most)];
    // Products of fractions differ in their last digits.
    if (wanted === undefined || limit === undefined || wanted <= limit * (1 + 1e-9)) return [];
    return [
      {
        view,
        what: `requests \`${asked}\` of ${resource} in container \`${nameOf(container)}\`, more than its limit of \`${most}\``,
        hint: 'Raise the limit or lower the request.',
      },
    ];
  });
}

function refusedPrivileges(container: View): RefusedField[] {
  const context = container.get('securityContext');
  const view = context.get('allowPrivilegeEscalation');
  if (view.boolean().value !== false || context.get('privileged').boolean().value !== true) return [];
  return [
    {
      view,
      what: `has both \`privileged: true\` and \`allowPrivilegeEscalation: false\` in container \`${nameOf(container)}\``,
      hint: removal(context, 'allowPrivilegeEscalation', 'privileged'),
    },
  ];
}

/** The fields of containers that keep running. */
const ofRunning: ReadonlySet<string> = new Set(['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']);

/** The resources of which a container may get more than it asks for. */
const shareable: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** The fields of which one is allowed. */
const choices = once(() => ({
  import: new Set(fieldsOf('EnvFromSource').choice),
  variable: new Set(fieldsOf('EnvVarSource').choice),
  probe: new Set(fieldsOf('Probe').choice),
  hook: new Set(fieldsOf('LifecycleHandler').choice),
  volume: new Set([...fieldsOf('Volume').shapes.keys()].filter((key) => key !== 'name')),
}));
