// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.

import { renameField, setField } from '../findings/field-change.ts';
import type { Fix } from '../findings/fix.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { isOfValue, type ValueFault } from '../model/fields/field-fault.ts';
import { findReleaseFaults } from '../model/fields/release-faults.ts';
import { isWrittenByScript } from '../model/scripts/scripted-value.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, type Place } from '../objects/place.ts';
import type { View } from '../objects/view.ts';
import { spanKey } from '../source/span.ts';

/** A text or number that the API server does not take in its field. */
export const fieldValue: Rule = {
  id: 'field-value',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'A field has a value that the API server does not take: a word, name, label, number or quantity',
    symptom:
      'The apply is refused: `imagePullPolicy: Unsupported value: "Allways"`, `metadata.labels: Invalid value: "v1.4.0+build7": a valid label must be an empty string or consist of alphanumeric characters, …`, or `quantities must match the regular expression …`. Flux then applies nothing of the tree; kubectl has applied some of the other objects.',
    why: 'kustomize does not look at values. Many fields take only some words, which are case-sensitive, or numbers within limits. A name of a container, volume or port and the keys and values of labels may have few characters and a limited length, which the tag of an image (`v1.4.0+build7`, a branch with a `/`, a digest) often breaks. A number in quotes is not the number of a port, but the name of one, and a name has a letter. `defaultMode: 755` lacks the 0 that makes it octal. The rule looks at the workloads, ConfigMaps, Secrets, Services, ServiceAccounts, Roles and bindings of a tree with a migration.\n\nNot reported:\n\n- values with a variable (`${TAG}`) or another placeholder\n- the name, `backoffLimit` and `restartPolicy` of a migration Job, which have rules of their own',
    fix: 'Write what the field takes:\n\n```yaml\nports:\n  - name: http\n    containerPort: 8080\nreadinessProbe:\n  httpGet: {path: /ready, port: 8080}\n```',
    fixing: {
      safe: 'depends',
      how: 'Writes the word or number that was most likely meant. Safe if it differs only in upper and lower case, or in quotes.',
    },
    links: [
      'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
      'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
      'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    // A label that a kustomization adds to everything is one mistake.
    const seen = new Set<string>();
    for (const { object, fault } of findReleaseFaults(model)) {
      if (!isOfValue(fault)) continue;
      const place = placeOfFault(fault);
      const key = `${fault.text} ${spanKey(place.at)}`;
      if (seen.has(key) || isWrittenByScript(model, fault.text, place)) continue;
      seen.add(key);
      reportFault(object, fault, report);
    }
  },
};

function placeOfFault({ kind, view }: ValueFault): Place {
  return kind === 'key' ? view.keyPlace : view.place;
}

function reportFault(object: KubernetesObject, fault: ValueFault, report: Report): void {
  const { kind, view, format } = fault;
  const place = placeOfFault(fault);
  const meant = format.meantBy?.(fault.text);
  const hint = meant === undefined ? format.hintFor?.(fault.text) : hintFor(meant);
  report({
    message: `${describeObject(object)} has ${describeValue(fault)}: the apply is refused.`,
    at: place.at,
    related: historyOf(place, kind === 'key' ? 'key' : 'value'),
    object: referTo(object),
    field: view.path,
    ...(hint !== undefined && { hint }),
    fix: meant === undefined ? undefined : correction(fault, meant),
  });
}

function hintFor(meant: string | number): string {
  return typeof meant === 'number' ? 'Leave out the quotes.' : `Did you mean \`${meant}\`?`;
}

function describeValue({ kind, view, text, format: { longest = text.length, takes } }: ValueFault): string {
  const [what, where] = kind === 'key' ? ['key', parentOf(view.path)] : ['text', view.path];
  if (text === '') return `an empty ${what} in \`${where}\`, where Kubernetes takes only ${takes}`;
  if (text.length > longest) {
    return `a ${what} of ${text.length} characters in \`${where}\`, where Kubernetes takes at most ${longest}`;
  }
  return `${kind === 'key' ? 'the key ' : ''}${show(text, view)} in \`${where}\`, where Kubernetes takes only ${takes}`;
}

/** The path of the map that has a key. */
function parentOf(path: string): string {
  return path.replace(/(?:\.[\w-]*|\["[^"]*"\])$/, '');
}

/** Whatever comes after a `=` may be secret. A number in quotes keeps them. */
function show(text: string, view: View): string {
  const [line = '', ...more] = text.replace(/=.+/s, '=…').split('\n');
  if (view.shape === 'text' && /^\d+$/.test(text)) return `\`"${text}"\``;
  return `\`${line.slice(0, mostShown)}${more.length > 0 || line.length > mostShown ? '…' : ''}\``;
}

function correction({ kind, text, view }: ValueFault, meant: string | number): Fix {
  const isCertain = typeof meant === 'number' || meant.toLowerCase() === text.toLowerCase();
  return {
    title: typeof meant === 'number' ? 'Leave out the quotes' : `Set it to \`${meant}\``,
    safe: isCertain,
    changes: [kind === 'key' ? renameField(view, text, String(meant)) : setField(view.text(), meant)],
  };
}

/** How much of a text a message shows. */
const mostShown = 60;
