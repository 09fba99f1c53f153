/** A task with the module `kubernetes.core.k8s`, up to the next line that is indented no deeper. */
const k8sTask = /^([ \t]*)(?:-[ \t]+)?(?:(?:kubernetes\.core|community\.kubernetes|community\.okd)\.)?k8s:[ \t]*$/;

/** What an Ansible task tells the module, as `key: value` lines. */
type Task = readonly string[];

/** The Jobs that tasks of an Ansible role or playbook delete: `state: absent` with the kind and name of a Job. */
export function ansibleDeletions(text: string): string[] {
  return k8sTasks(text).flatMap((task) =>
    valueIn(task, 'state') === 'absent' && /^Job$/i.test(valueIn(task, 'kind') ?? '')
      ? (valueIn(task, 'name') ?? [])
      : [],
  );
}

/** Whether a task waits until a Job is complete, and a later one applies more. */
export function waitsInAnsible(text: string): boolean {
  const tasks = k8sTasks(text).filter((task) => valueIn(task, 'state') !== 'absent');
  const wait = tasks.findIndex((task) => task.some((line) => /\btype:[ \t]*["']?Complete\b/.test(line)));
  return wait >= 0 && wait < tasks.length - 1;
}

function k8sTasks(text: string): Task[] {
  if (!text.includes('k8s:')) return [];
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index): Task[] => {
    const indent = k8sTask.exec(line)?.[1]?.length;
    if (indent === undefined) return [];
    const below = lines.slice(index + 1);
    const end = below.findIndex((each) => each.trim() !== '' && each.search(/\S/) <= indent);
    return [end < 0 ? below : below.slice(0, end)];
  });
}

function valueIn(task: Task, key: string): string | undefined {
  for (const line of task) {
    const [, name, value = ''] = /^\s*(\w+):\s*["']?([^\s"'#]*)/.exec(line) ?? [];
    if (name === key) return value;
  }
  return undefined;
}
