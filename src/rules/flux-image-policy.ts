import type { Fix } from '../findings/fix.ts';
import type { ReportedFinding, Rule } from '../lint/rule.ts';
import { findMarkerFault, type MarkerFault } from '../model/images/marker-fault.ts';
import type { ImageAutomationObject } from '../objects/image-automation.ts';
import type { ImageMarker } from '../objects/image-marker.ts';
import { describeObject, pointAtName, referTo } from '../objects/kubernetes-object.ts';
import { spanText } from '../objects/place.ts';
import { joinWords } from '../text/join-words.ts';

/** A marker of Flux's image automation that nothing is ever written to. */
export const fluxImagePolicy: Rule = {
  id: 'flux-image-policy',
  severity: 'warning',
  category: 'flux',
  docs: {
    summary: "A marker of Flux's image automation names no policy that it knows, so the version is never written",
    symptom:
      'New images are built, and the automation reports success, but one of the values keeps its old version: the service is updated without its migration, or the other way round.',
    why: 'The image automation looks up each comment such as `# {"$imagepolicy": "flux-system:shop:tag"}` among the ImagePolicies in the namespace of the ImageUpdateAutomation. A marker that it does not find there is ignored without a word, like any other comment.\n\nThe rule looks at trees with a migration, and reports a marker:\n\n- that is not a map of JSON, with nothing behind it, or whose key has capital letters\n- that is not `NAMESPACE:NAME`, or asks for another field than `tag`, `name` and `digest`\n- whose ImagePolicy is not in the given trees: if one has a similar name, or the same name in another namespace, or if the trees have the automation of that namespace and other policies of it\n- whose ImagePolicy is in a namespace without an ImageUpdateAutomation, if the trees have one elsewhere\n- whose ImagePolicy names an ImageRepository that is not in the given trees, under the same conditions\n- in a file outside the folders that the automations of its namespace update (`spec.update.path`)\n\nAll but the first two are warnings, since another repository may bring these objects.\n\nNot reported:\n\n- markers in files of no tree, such as the values of a chart\n- a policy with a name that a variable fills',
    fix: '```yaml\nimages:\n  - name: registry.example.com/shop-migration\n    newTag: v1.4.0 # {"$imagepolicy": "flux-system:shop-migration:tag"}\n```',
    fixing: {
      safe: 'no',
      how: 'Corrects the name of a policy that is misspelt in the marker. Not safe, since the automation then writes the latest version there.',
    },
    links: [
      'https://fluxcd.io/flux/components/image/imageupdateautomations/#marking-images-for-update',
      'https://fluxcd.io/flux/components/image/imageupdateautomations/#update',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    if (model.migrations.length === 0) return;
    for (const marker of model.imageMarkers()) {
      const fault = findMarkerFault(marker, model);
      if (fault !== undefined) report({ at: marker.at, related: [], ...describe(marker, fault) });
    }
  },
};

const form = '`# {"$imagepolicy": "NAMESPACE:NAME:tag"}`';

/** What a finding says; it is at the marker if it names no other place. */
type Description = Pick<ReportedFinding, 'message' | 'hint'> & Partial<ReportedFinding>;

function describe(marker: ImageMarker, fault: MarkerFault): Description {
  switch (fault.kind) {
    case 'unreadable':
      return {
        severity: 'error',
        message:
          "Flux's image automation cannot read this marker, which is not a map of JSON, and ignores it: nothing ever writes a new version here.",
        hint: `Write it as ${form}, with double quotes and nothing behind it.`,
      };
    case 'key':
      return {
        severity: 'error',
        message: `Flux's image automation ignores this marker, since its key is \`${fault.key}\` and not \`$imagepolicy\`: nothing ever writes a new version here.`,
        hint: 'Write `$imagepolicy` in lower-case letters.',
      };
    case 'form':
      return {
        severity: 'error',
        message: `The marker names \`${fault.setter}\`, and Flux's image automation knows a policy only as \`NAMESPACE:NAME\`: it ignores the marker, and nothing ever writes a new version here.`,
        hint: `Write it as ${form}.`,
      };
    case 'field':
      return {
        severity: 'error',
        message: `The marker asks for \`${fault.field}\` of ImagePolicy \`${fault.policy}\`, and Flux's image automation knows only \`tag\`, \`name\` and \`digest\`: it ignores the marker, and nothing ever writes a new version here.`,
        hint: 'Use `:tag` for a tag, and neither for a whole image.',
      };
    case 'no policy':
      return describeMissing(marker, fault);
    case 'other namespace': {
      const { object } = fault.automation;
      return {
        message: `The marker names ImagePolicy \`${fault.policy}\`, but ${describeObject(object)} is in namespace \`${object.namespace.value ?? 'default'}\` and uses only the policies there: nothing ever writes a new version here.`,
        related: [pointAtName(object)],
        hint: 'Move the ImagePolicy to the namespace of the automation.',
      };
    }
    case 'outside': {
      const folders = fault.automations.map(({ path }) => `\`${path.value ?? ''}\``);
      return {
        message: `The file of this marker is outside ${joinWords([...new Set(folders)])}, which ${fault.automations.length === 1 ? 'is what the image automation updates' : 'are what the image automations update'}: nothing ever writes a new version here.`,
        related: fault.automations.map(({ path, object }) => ({
          at: path.place.at,
          note: `${describeObject(object)} updates this folder`,
        })),
        hint: 'Let `spec.update.path` be a folder that holds the file, or remove the marker.',
      };
    }
    case 'no repository':
      return describeMissingRepository(fault.policy, fault.meant);
  }
}

function describeMissing(
  marker: ImageMarker,
  { policy, meant }: Extract<MarkerFault, { kind: 'no policy' }>,
): Description {
  const setter = meant && `${meant.object.namespace.value ?? policy.split(':')[0]}:${meant.object.name.value ?? ''}`;
  const guess = setter === undefined ? ':' : `; did you mean \`${setter}\`?`;
  return {
    message: `The marker names ImagePolicy \`${policy}\`, which is not in the given trees${guess} Flux's image automation ignores a marker without a policy, and nothing ever writes a new version here.`,
    related: meant === undefined ? [] : [pointAtName(meant.object)],
    hint: setter === undefined ? 'Add the ImagePolicy, or name one that exists.' : `Write \`${setter}\`.`,
    fix: setter === undefined ? undefined : rename(marker, policy, setter),
  };
}

function rename({ at }: ImageMarker, from: string, to: string): Fix | undefined {
  const start = at.start + spanText(at).indexOf(from);
  const place = { file: at.file, start, end: start + from.length };
  return { title: `Write \`${to}\``, safe: false, changes: [{ kind: 'edit', at: place, text: to }] };
}

function describeMissingRepository(
  { object, repository }: ImageAutomationObject,
  meant: ImageAutomationObject | undefined,
): Description {
  const near = meant === undefined ? '' : `; did you mean \`${meant.object.name.value ?? ''}\`?`;
  return {
    message: `${describeObject(object)}, which a marker of this tree names, takes its tags from ImageRepository \`${repository.name.value ?? ''}\`, which is not in the given trees${near === '' ? ': it' : `${near} It`} never becomes ready, and nothing writes a new version.`,
    at: repository.name.place.at,
    related: meant === undefined ? [] : [pointAtName(meant.object)],
    object: referTo(object),
    field: repository.name.path,
    hint:
      meant === undefined
        ? 'Add the ImageRepository.'
        : 'Name the ImageRepository that exists, with its `namespace` if it is in another one.',
  };
}
