import { containerViews, nameOf } from '../../../objects/container-views.ts';
import { isSymbolic } from '../../../objects/symbolic.ts';
import type { View } from '../../../objects/view.ts';
import type { RefusedField } from './refused-field.ts';

/** What is wrong with the `spec` of a Job, apart from its selector and pods. */
export function refusedJob(spec: View): RefusedField[] {
  const mode = spec.get('completionMode');
  const isIndexed = mode.text().value === 'Indexed';
  if (isIndexed && !spec.get('completions').exists) {
    return [
      {
        view: mode,
        what: 'has `completionMode: Indexed` without `completions`',
        hint: 'Say how many indexes there are with `completions`, or leave out the mode.',
      },
    ];
  }
  const isOpen = isSymbolic(mode.text().value ?? '');
  return [...(isIndexed || isOpen ? [] : indexedFields(spec)), ...refusedFailurePolicy(spec)];
}

function indexedFields(spec: View): RefusedField[] {
  return ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy']
    .map((key) => spec.get(key))
    .filter(({ exists }) => exists)
    .map((view) => ({
      view,
      what: `has \`${view.path}\`, which only a Job with \`completionMode: Indexed\` may have`,
      hint: 'Remove it: a migration has a single index.',
    }));
}

function refusedFailurePolicy(spec: View): RefusedField[] {
  const policy = spec.get('podFailurePolicy');
  if (!policy.exists) return [];
  const pod = spec.get('template', 'spec');
  const restart = pod.get('restartPolicy');
  const names = new Set(containerViews(pod).map(nameOf));
  const rules = policy.get('rules').items();
  return [
    ...(restart.text().value === 'OnFailure'
      ? [
          {
            view: restart,
            what: 'has `podFailurePolicy` and `restartPolicy: OnFailure`',
            hint: 'Set `restartPolicy: Never`: the policy is about pods that have failed.',
          },
        ]
      : []),
    ...rules
      .map((rule) => rule.get('onExitCodes', 'containerName'))
      .filter((view) => view.exists && !names.has(view.text().value ?? ''))
      .map((view) => ({
        view,
        what: `has a rule for exit codes of container \`${view.text().value}\`, which its pod does not have`,
        hint: 'Name one of its containers, or leave out `containerName`.',
      })),
  ];
}
