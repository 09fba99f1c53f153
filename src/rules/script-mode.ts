import type { Rule } from '../lint/rule.ts';
import { findUnexecutableScripts } from '../model/fields/script-mode.ts';
import { concernedWorkloads } from '../model/releases/dependents.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';

/** A mounted script that a container may not execute. */
export const scriptMode: Rule = {
  id: 'script-mode',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'A container starts a script from a ConfigMap or Secret that is mounted without the right to execute it',
    symptom:
      'The migration pod fails with `exec: "/scripts/migrate.sh": permission denied`, or the new pods stay in `Init:RunContainerError` and `Init:CrashLoopBackOff`.',
    why: 'Kubernetes writes the files of a ConfigMap or Secret with mode 0644, whatever mode the file has in the repository. A container that starts such a file as its program is refused. The rule looks at the first word of `command`, if it is a path under a mounted ConfigMap or Secret.\n\nNot reported:\n\n- a script that a shell reads: `command: [sh, /scripts/migrate.sh]`\n- an entry point of the image that starts the script',
    fix: '```yaml\nvolumes:\n  - name: scripts\n    configMap:\n      name: scripts\n      defaultMode: 0755\n```',
    links: ['https://kubernetes.io/docs/concepts/storage/volumes/#configmap'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const workload of concernedWorkloads(model)) {
      for (const { container, program, volume } of findUnexecutableScripts(workload)) {
        const { object } = workload;
        const { place } = program;
        const path = program.text().value ?? '';
        report({
          message: `Container \`${container}\` of ${describeObject(object)} starts \`${path}\`, a file of volume \`${volume.get('name').text().value ?? ''}\`, which is mounted without the right to execute it: the container cannot start.`,
          at: place.at,
          related: [...historyOf(place, 'command'), { at: volume.get('name').place.at, note: 'the volume is here' }],
          object: referTo(object),
          field: program.path,
          hint: `Set \`defaultMode: 0755\` on the volume, or let a shell read the script: \`command: [sh, ${path}]\`.`,
        });
      }
    }
  },
};
