// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.

import type { Report, Rule } from '../lint/rule.ts';
import { isOfValue, type ShapeFault, type ValueShape } from '../model/fields/field-fault.ts';
import { findReleaseFaults } from '../model/fields/release-faults.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import { joinWords } from '../text/join-words.ts';

/** A field of a release that holds what the API server cannot read, or that is required and missing. */
export const fieldType: Rule = {
  id: 'field-type',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'A field holds a list, map or text where Kubernetes takes something else, or a required field is missing',
    symptom:
      'The apply is refused: `json: cannot unmarshal array into Go struct field Container.spec.template.spec.containers.image of type string`, or `spec.template.spec.containers[0].env[0].name: Required value`. Everything else in the tree may have been applied.',
    why: 'kustomize does not check what a field holds, so a list in the place of a text passes `kustomize build`. A missing `-` makes a list of one container a map, a `: ` without quotes makes an argument a map, and a patch with an item that has no `name` adds that item. The rule looks at the workloads, ConfigMaps, Secrets, Services, ServiceAccounts, Roles and bindings of a tree with a migration. Of an Argo Rollout it looks only at the containers.\n\nNot reported:\n\n- values with a variable (`${REPLICAS}`) or another placeholder\n- numbers in place of texts and the like that `value-unquoted` reports\n- fields that Kubernetes 1.35 does not have',
    fix: 'Write what the field takes, here a list of containers and a list of arguments:\n\n```yaml\ncontainers:\n  - name: migrate\n    args: ["--url", "jdbc:postgresql://db/shop"]\n```',
    links: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const { object, fault } of findReleaseFaults(model)) {
      if (!isOfValue(fault)) reportFault(object, fault, report);
    }
  },
};

function reportFault(object: KubernetesObject, fault: ShapeFault, report: Report): void {
  const { view } = fault;
  // An item of a list has no key of its own.
  const [first] = view.entries();
  const place = first === undefined ? view.place : first[1].keyPlace;
  report({
    message: `${describeObject(object)} ${describe(fault)}: the apply is refused.`,
    at: place.at,
    related: historyOf(place, 'value'),
    object: referTo(object),
    field: view.path,
    hint: hintFor(fault),
  });
}

function describe(fault: ShapeFault): string {
  const where = `\`${fault.view.path}\``;
  switch (fault.kind) {
    case 'shape':
      return `has ${fault.is === fault.wanted ? 'a fraction' : named[fault.is]} in ${where}, where Kubernetes takes ${wantedNames[fault.wanted]}`;
    case 'missing':
      return `has no \`${fault.key}\` in ${where}`;
    case 'no choice':
      return `has none of ${joinWords(fault.keys.map((key) => `\`${key}\``))} in ${where}`;
  }
}

function hintFor(fault: ShapeFault): string {
  switch (fault.kind) {
    case 'missing':
      return fault.view.path.endsWith(']') ? `Give it a \`${fault.key}\`, or remove it.` : `Add \`${fault.key}\`.`;
    case 'no choice':
      return hintForChoice(fault);
    case 'shape':
      return hintForCommand(fault) ?? hintForShape(fault.wanted, fault.is);
  }
}

/** A command in one text is several words. */
function hintForCommand({ view, wanted, is }: Extract<ShapeFault, { kind: 'shape' }>): string | undefined {
  if (wanted !== 'list' || is !== 'text' || !/\.(?:command|args)$/.test(view.path)) return undefined;
  const words = (view.text().value ?? '').trim().split(/\s+/);
  if (words.some((word) => /["'\\`]/.test(word))) return 'Write each of its words as an item of a list.';
  return `Write a list: \`[${words.map((word) => `"${word}"`).join(', ')}]\`.`;
}

/** Keys that stand beside the one that they belong to are most likely not indented far enough. */
function hintForChoice({ view, keys }: Extract<ShapeFault, { kind: 'no choice' }>): string {
  const empty = view.keys().find((key) => keys.includes(key));
  const beside = view.keys().filter((key) => !keys.includes(key));
  return empty === undefined || beside.length === 0
    ? 'Set one of them, or remove it.'
    : `Indent ${joinWords(beside.map((key) => `\`${key}\``))}, so that \`${empty}\` has ${beside.length === 1 ? 'it' : 'them'}.`;
}

function hintForShape(wanted: keyof typeof wantedNames, is: ValueShape): string {
  switch (wanted) {
    case 'list':
      return is === 'map'
        ? 'Put `- ` before its first key, which makes it an item of a list.'
        : 'Put the value in `[…]`.';
    case 'fields':
    case 'map':
      return is === 'list' ? 'Write the keys without `- `.' : 'Write keys and values.';
    case 'text':
      if (is === 'list') return 'Write the text itself, without `- ` or brackets.';
      return is === 'map' ? 'A text with `: ` in it needs quotes.' : 'Put it in quotes.';
    case 'number':
      return 'Write a whole number, without quotes.';
    case 'boolean':
      return 'Write `true` or `false`, without quotes.';
    case 'amount':
      return 'Write a number or a text.';
  }
}

const named: Readonly<Record<ValueShape, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'a boolean',
  list: 'a list',
  map: 'a map',
};

const wantedNames = {
  text: 'a text',
  number: 'a whole number',
  boolean: 'a boolean',
  amount: 'a number or a text',
  list: 'a list',
  map: 'a map',
  fields: 'a map',
} as const;
