import { canBeEqual } from '../../../objects/symbolic.ts';
import type { View } from '../../../objects/view.ts';
import type { RefusedField } from './refused-field.ts';

/** The API server makes the selector of a Job, and refuses another unless the Job asks to choose it. */
export function jobSelector(spec: View): RefusedField[] {
  if (spec.get('manualSelector').text().value === 'true') return unmatchedLabels(spec);
  const selector = spec.get('selector');
  if (isEmpty(selector)) return [];
  return [
    {
      view: selector,
      what: 'sets `spec.selector`, which Kubernetes makes itself for each Job',
      hint: 'Remove it: Kubernetes gives the pods of each Job labels of their own and selects them by these.',
    },
  ];
}

/** What is wrong with the selector of a Deployment, StatefulSet or DaemonSet. One that is missing is another fault. */
export function refusedSelector(spec: View): RefusedField[] {
  const selector = spec.get('selector');
  if (selector.shape !== 'map' || !isEmpty(selector)) return unmatchedLabels(spec);
  return [
    {
      view: selector,
      what: 'has an empty `spec.selector`',
      hint: 'Select the pods by a label of the pod template, under `matchLabels`.',
    },
  ];
}

function isEmpty(selector: View): boolean {
  return ['matchLabels', 'matchExpressions'].every(
    (key) => selector.get(key).entries().length + selector.get(key).items().length === 0,
  );
}

function unmatchedLabels(spec: View): RefusedField[] {
  const labels = spec.get('template', 'metadata', 'labels').textMap();
  return spec
    .get('selector', 'matchLabels')
    .entries()
    .filter(([key, view]) => {
      const [label, wanted] = [labels.get(key)?.value, view.text().value];
      return label === undefined || wanted === undefined ? label !== wanted : !canBeEqual(label, wanted);
    })
    .map(([key, view]) => ({
      view,
      what: `selects its pods by \`${key}: ${view.text().value ?? ''}\`, which its pod template does not have`,
      hint: 'Give the pod template this label. A selector cannot be changed once the object exists.',
    }));
}
