import type { Container, Workload } from '../../objects/workload.ts';
import { baseName } from '../../text/base-name.ts';
import { isDatabaseProxy } from './late-proxy.ts';

/** An ordinary init container that runs a proxy until it is stopped, so that no container after it ever starts. */
export function findEndlessProxy({ pod }: Workload): Container | undefined {
  return pod.initContainers.find(
    (container) => container.role === 'init' && isDatabaseProxy(container) && !isBrief(container),
  );
}

/** Whether the container runs another program of the image, such as `cp`, or a command of the proxy that ends. */
function isBrief({ command, args }: Container): boolean {
  const [program] = command;
  if (program !== undefined && !/proxy|pgbouncer|pgcat/.test(baseName(program.value))) return true;
  return [...command.slice(1), ...args].some(({ value }) =>
    /^(wait|shutdown|completion|--?help|--?version)$/.test(value),
  );
}
