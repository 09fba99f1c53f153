import { joinWords } from '../../join-words.ts';
import { containerViews } from '../../objects/container-views.ts';
import { lastSetter } from '../../objects/place.ts';
import type { View } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import { fieldsOf } from './kubernetes-fields.ts';

/** A field of a workload that the API server refuses together with others. */
export interface RefusedField {
  /** What one would change. */
  readonly view: View;
  /** A clause that follows the object: ``has no `image` in container `main` ``. */
  readonly what: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}

/**
 * What the API server refuses in a workload, its pod template and containers, of the kind that patches and merged lists
 * bring about: https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/apis/core/validation/validation.go. Argo's Rollout is
 * checked by its controller, of which only the missing image is known here. Other kinds may have rules of their own.
 */
export function findRefusedFields({ object: { kind }, view }: Workload): RefusedField[] {
  const spec = view.get('spec');
  const pod = spec.get('template', 'spec');
  const containers = containerViews(pod);
  if (kind === 'Rollout') return containers.flatMap((container) => missingImage(container, containers, true));
  if (!validatedKinds.has(kind)) return [];
  const volumes = new Set([
    ...pod.get('volumes').items().map(nameOf),
    ...spec
      .get('volumeClaimTemplates')
      .items()
      .map((claim) => nameOf(claim.get('metadata'))),
  ]);
  return [
    ...(kind === 'Job' ? jobSelector(spec) : unmatchedSelector(spec)),
    ...containers.flatMap((container) => [
      ...missingImage(container, containers, false),
      ...container
        .get('env')
        .items()
        .flatMap((entry) => refusedVariable(entry, container)),
      ...refusedMounts(container, volumes),
    ]),
  ];
}

function nameOf(view: View): string {
  return view.get('name').text().value ?? '';
}

/** The API server makes the selector of a Job, and refuses another unless the Job asks to choose it. */
function jobSelector(spec: View): RefusedField[] {
  if (spec.get('manualSelector').text().value === 'true') return unmatchedSelector(spec);
  const selector = spec.get('selector');
  const isEmpty = ['matchLabels', 'matchExpressions'].every(
    (key) => selector.get(key).entries().length + selector.get(key).items().length === 0,
  );
  if (isEmpty) return [];
  return [
    {
      view: selector,
      what: 'sets `spec.selector`, which Kubernetes makes itself for each Job',
      hint: 'Remove it: Kubernetes gives the pods of each Job labels of their own and selects them by these.',
    },
  ];
}

function unmatchedSelector(spec: View): RefusedField[] {
  const labels = spec.get('template', 'metadata', 'labels').textMap();
  return spec
    .get('selector', 'matchLabels')
    .entries()
    .filter(([key, view]) => labels.get(key)?.value !== view.text().value)
    .map(([key, view]) => ({
      view,
      what: `selects its pods by \`${key}: ${view.text().value ?? ''}\`, which its pod template does not have`,
      hint: 'Give the pod template this label. A selector cannot be changed once the object exists.',
    }));
}

/** @param isReplaced whether a patch replaces the whole list of containers, since kustomize does not know the kind */
function missingImage(container: View, all: readonly View[], isReplaced: boolean): RefusedField[] {
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

function refusedVariable(entry: View, container: View): RefusedField[] {
  const [value, from] = [entry.get('value'), entry.get('valueFrom')];
  const where = `variable \`${nameOf(entry)}\` of container \`${nameOf(container)}\``;
  const { shapes } = fieldsOf('EnvVarSource');
  const sources = from.keys().filter((key) => shapes.has(key) && from.get(key).exists);
  if ((value.text().value ?? '') !== '' && from.exists) {
    const [later, earlier] = isFromPatch(from) ? [from, 'value'] : [value, 'valueFrom'];
    return [{ view: later, what: `sets both \`value\` and \`valueFrom\` of ${where}`, hint: removal(later, earlier) }];
  }
  if (sources.length < 2) return [];
  const later = sources.find((key) => isFromPatch(from.get(key))) ?? sources.at(-1) ?? '';
  const earlier = sources.find((key) => key !== later) ?? '';
  const names = joinWords(sources.map((key) => `\`${key}\``));
  return [{ view: from.get(later), what: `takes ${where} from ${names}`, hint: removal(from.get(later), earlier) }];
}

function removal(later: View, earlier: string): string {
  switch (patchOf(later)) {
    case 'strategic merge patch':
      return `Set \`${earlier}: null\` in the patch as well: it is merged with what is there.`;
    case 'json patch':
      return `Remove \`${earlier}\` in the patch as well.`;
    case undefined:
      return 'Remove one of them.';
  }
}

function refusedMounts(container: View, volumes: ReadonlySet<string>): RefusedField[] {
  const name = nameOf(container);
  const paths = new Set<string>();
  return container
    .get('volumeMounts')
    .items()
    .flatMap((mount): RefusedField[] => {
      const [volume, path] = [nameOf(mount), mount.get('mountPath').text().value ?? ''];
      if (volume !== '' && !volumes.has(volume))
        return [
          {
            view: mount.get('name'),
            what: `mounts volume \`${volume}\` in container \`${name}\`, which its pod does not have`,
            hint: 'Add the volume to the pod, or remove the mount.',
          },
        ];
      if (!paths.has(path)) {
        paths.add(path);
        return [];
      }
      return [
        {
          view: mount.get('mountPath'),
          what: `mounts two volumes at \`${path}\` in container \`${name}\``,
          hint: 'Mount each volume at a path of its own.',
        },
      ];
    });
}

function isFromPatch(view: View): boolean {
  return patchOf(view) !== undefined;
}

/** The kind of patch that set a field last. */
function patchOf(view: View): 'strategic merge patch' | 'json patch' | undefined {
  const by = lastSetter(view.exists ? view.keyPlace : view.place)?.by;
  return by === 'strategic merge patch' || by === 'json patch' ? by : undefined;
}

const validatedKinds: ReadonlySet<string> = new Set(['Job', 'Deployment', 'StatefulSet', 'DaemonSet']);
