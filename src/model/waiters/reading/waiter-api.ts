import { withText } from '../../../objects/view.ts';
import type { Container } from '../../../objects/workload.ts';
import type { Invocation } from '../../../shell/command-line.ts';
import { isUnknownText, knownNamespace, shellText } from '../../environment/container-text.ts';
import type { JobWait } from '../waiter.ts';
import { nameTarget } from './job-target.ts';

/** A loop over `curl https://kubernetes.default.svc/apis/batch/v1/namespaces/NS/jobs/NAME`, which needs no kubectl. */
export function readApiGet({ words, field, loops }: Invocation, container: Container): JobWait | undefined {
  if (!loops || !/^(curl|wget)$/.test(words[0] ?? '')) return undefined;
  for (const word of words) {
    const { value } = shellText(withText(field, word), container);
    const [, namespace = '', name] = /\/apis\/batch\/v1\/namespaces\/([^/]+)\/jobs\/([^/?#]+)/.exec(value) ?? [];
    if (name === undefined) continue;
    return {
      tool: 'Kubernetes API',
      mode: undefined,
      targets: isUnknownText(name) ? [] : [nameTarget(name, field)],
      namespace: knownNamespace(withText(field, namespace)),
      untimed: undefined,
    };
  }
  return undefined;
}
