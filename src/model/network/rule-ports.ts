import type { PolicyPort, PolicyRule } from './network-policy.ts';

const apiServerPorts: readonly number[] = [443, 6443, 8443, 16443];

const otherPorts: readonly number[] = [53, 80, ...apiServerPorts];

/** Whether a rule allows only ports on which databases do not listen: those of DNS, the web and the API server. */
export function isForOthersOnly({ ports }: PolicyRule): boolean {
  return ports.length > 0 && ports.every(({ first, last }) => first === last && otherPorts.includes(first ?? 0));
}

/** Whether a rule allows nothing but DNS. */
export function isForNamesOnly({ ports }: PolicyRule): boolean {
  return ports.length > 0 && ports.every(({ first, last }) => first === 53 && last === 53);
}

/** Whether a rule may cover one of these ports; a named port may be any. */
export function coversPort(rule: PolicyRule, wanted: readonly (number | undefined)[]): boolean {
  if (rule.ports.length === 0 || wanted.length === 0) return true;
  return wanted.some((port) => port === undefined || rule.ports.some((each) => isWithin(port, each)));
}

function isWithin(port: number, { first, last = first }: PolicyPort): boolean {
  return first === undefined || last === undefined || (first <= port && port <= last);
}

/** Whether a rule may reach the API server. It is no pod, so only an address or a rule for everything covers it. */
export function mayReachApiServer({ peers, ports }: PolicyRule): boolean {
  const isOpen = peers.length === 0 || peers.some(({ isAddress, pods }) => isAddress || pods === undefined);
  return isOpen && (ports.length === 0 || ports.some(isApiPort));
}

function isApiPort(port: PolicyPort): boolean {
  return apiServerPorts.some((each) => isWithin(each, port));
}
