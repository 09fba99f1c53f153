// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.

import { setField } from '../findings/field-change.ts';
import type { Change } from '../findings/fix.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { findQuotedInWorkload } from '../model/fields/quoted.ts';
import { findUnquotedInWorkload } from '../model/fields/unquoted.ts';
import { concernedWorkloads, concernsMigrations } from '../model/releases/dependents.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated, lastSetter } from '../objects/place.ts';
import { View } from '../objects/view.ts';
import { resolveScalar } from '../source/scalars/resolve-scalar.ts';
import { joinWords } from '../text/join-words.ts';

/** A number or boolean where the API server only takes text, or a text where it takes one of them. */
export const valueUnquoted: Rule = {
  id: 'value-unquoted',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'A value lacks quotes where Kubernetes takes only text, or has them where it takes a number or boolean',
    symptom:
      'The apply is refused with `cannot unmarshal number into Go struct field ConfigMap.data of type string` or `must be of type string: "integer"`, often after many successful releases: with the first commit id that has only digits, or only digits and an `e` (`1234567`, `12e4567`). Or with `cannot unmarshal string into Go struct field JobSpec.spec.backoffLimit of type int32`.',
    why: 'In YAML, `IMAGE_TAG: 1234567` is a number and `"1234567"` a text, and kustomize passes on what it reads. In manifests that are applied without kustomize or Flux, `yes`, `no`, `on`, `off`, `y` and `n` are booleans as well.\n\nThe data of a ConfigMap, the `stringData` of a Secret, labels, the annotations of pods, commands, arguments and variables of containers, and the variables of a Flux Kustomization must be texts. Quotes around a variable that Flux fills do not help, since Flux works on the printed build; a variable that holds a quote does. The other way round, `backoffLimit: "0"` is a text where the Job needs a number.\n\nThe rule looks at the workloads of a release, at the ConfigMaps and Secrets of a tree with one, and at the Flux Kustomizations that apply it.',
    fix: 'Put the value in quotes, and have whatever writes the version write them as well:\n\n```yaml\ndata:\n  IMAGE_TAG: "1234567"\n```',
    fixing: {
      safe: 'yes',
      how: 'Puts quotes around the values where they are set, unless Flux fills a variable there, or removes them.',
    },
    links: [
      'https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object',
      'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-substitution-of-numbers-and-booleans',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    if (!concernsMigrations(model)) return;
    // Flux applies manifests through a kustomization that it generates, and kustomize reads `yes` as a text.
    const isRefused = (value: View) =>
      model.applier.kind !== 'flux' || resolveScalar(value.text().value ?? '') !== '!!str';
    for (const workload of concernedWorkloads(model)) {
      reportValues(workload.object, findUnquotedInWorkload(workload).filter(isRefused), report);
      for (const view of findQuotedInWorkload(workload)) reportQuoted(workload.object, view, report);
    }
    for (const { object, unquoted } of model.config) reportValues(object, unquoted().filter(isRefused), report);
    for (const { object, resource } of model.applier.flux) {
      reportValues(object, View.ofResource(resource).get('spec', 'postBuild', 'substitute').unquoted(), report);
    }
  },
};

function reportValues(object: KubernetesObject, unquoted: readonly View[], report: Report): void {
  const [first, ...others] = unquoted;
  if (first === undefined) return;
  const paths = unquoted.slice(0, mostNamed).map(({ path }) => `\`${path}\``);
  const more = unquoted.length > mostNamed ? [`${unquoted.length - mostNamed} more`] : [];
  const [values, they] = others.length === 0 ? ['a number or boolean', 'it'] : ['numbers or booleans', 'them'];
  const isFilledLate = unquoted.some(({ place }) => lastSetter(place)?.by === 'substitution');
  report({
    message: `${describeObject(object)} has ${values} in ${joinWords([...paths, ...more])}, where Kubernetes takes only text: the apply is refused.`,
    at: first.place.at,
    related: joinRelated(
      historyOf(first.place, 'value'),
      others.slice(0, mostNamed - 1).map(({ place }) => ({ at: place.at, note: 'and this one' })),
    ),
    object: referTo(object),
    field: first.path,
    hint: isFilledLate
      ? "Quotes around a variable are gone before Flux fills it: set `quote: '\"'` under `postBuild.substitute`, and write `${quote}` on both sides of the variable."
      : `Put ${they} in quotes.`,
    fix: isFilledLate ? undefined : { title: `Put ${they} in quotes`, safe: true, changes: unquoted.map(quote) },
  });
}

/** Reports a text such as `"0"` where the API server takes a number or a boolean. */
function reportQuoted(object: KubernetesObject, view: View, report: Report): void {
  const { value = '' } = view.text();
  const isNumber = /\d/.test(value);
  report({
    message: `${describeObject(object)} has the text \`"${value}"\` in \`${view.path}\`, where Kubernetes takes only a ${isNumber ? 'number' : 'boolean'}: the apply is refused.`,
    at: view.place.at,
    related: historyOf(view.place, 'value'),
    object: referTo(object),
    field: view.path,
    hint: 'Leave out the quotes.',
    fix: {
      title: 'Leave out the quotes',
      safe: true,
      changes: [setField(view.text(), isNumber ? Number(value) : value === 'true')],
    },
  });
}

/** Sets a value to its own text, which is then written with quotes. */
function quote(value: View): Change {
  const text = value.text();
  return setField(text, text.value ?? '');
}

/** How many values a message names. */
const mostNamed = 5;
