import type { View } from '../../../objects/view.ts';
import { removal } from './refused-choice.ts';
import type { RefusedField } from './refused-field.ts';

/** What is wrong with how a Deployment, StatefulSet or DaemonSet replaces and restarts its pods. */
export function refusedRollout(spec: View, type: 'Deployment' | 'StatefulSet' | 'DaemonSet'): RefusedField[] {
  const pod = spec.get('template', 'spec');
  return [
    ...refusedStrategy(spec, type),
    ...refusedRestartPolicy(pod.get('restartPolicy'), type),
    ...refusedDeadline(pod.get('activeDeadlineSeconds'), type),
  ];
}

function refusedStrategy(spec: View, type: string): RefusedField[] {
  const strategy = spec.get(type === 'Deployment' ? 'strategy' : 'updateStrategy');
  const [kind, rolling] = [strategy.get('type'), strategy.get('rollingUpdate')];
  const other = kind.text().value;
  if (rolling.exists && (other === 'Recreate' || (other === 'OnDelete' && type === 'StatefulSet'))) {
    return [
      {
        view: kind,
        what: `has \`rollingUpdate\` beside \`type: ${other}\` in \`${strategy.path}\``,
        hint: removal(strategy, 'type', 'rollingUpdate'),
      },
    ];
  }
  const [surge, unavailable] = [rolling.get('maxSurge'), rolling.get('maxUnavailable')];
  if (type !== 'Deployment' || !isNone(surge) || !isNone(unavailable)) return [];
  return [
    {
      view: unavailable,
      what: 'allows neither a pod more (`maxSurge`) nor a pod less (`maxUnavailable`) during an update',
      hint: 'Set `maxSurge: 1`, or allow a pod to be unavailable.',
    },
  ];
}

function isNone(count: View): boolean {
  return /^0+%?$/.test(count.text().value ?? '');
}

function refusedRestartPolicy(view: View, type: string): RefusedField[] {
  const policy = view.text().value ?? '';
  if (policy !== 'Never' && policy !== 'OnFailure') return [];
  return [
    {
      view,
      what: `has \`restartPolicy: ${policy}\`, while the pods of a ${type} always restart`,
      hint: 'Remove it: only a Job may have another policy than `Always`.',
    },
  ];
}

function refusedDeadline(view: View, type: string): RefusedField[] {
  if (!view.exists) return [];
  return [
    {
      view,
      what: `has \`${view.path}\`, which the pods of a ${type} may not have`,
      hint: 'Remove it: it is for pods that end, such as those of a Job.',
    },
  ];
}
