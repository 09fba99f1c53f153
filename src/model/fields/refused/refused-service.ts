import { nameOf } from '../../../objects/container-views.ts';
import type { View } from '../../../objects/view.ts';
import type { RefusedField } from './refused-field.ts';
import { refusedRepeats, withProtocol } from './refused-repeat.ts';

/** What is wrong with the ports of a Service. */
export function refusedService(spec: View): RefusedField[] {
  const ports = spec.get('ports').items();
  const type = spec.get('type').text().value ?? 'ClusterIP';
  return [
    ...(ports.length > 1 ? ports.filter((port) => nameOf(port) === '').map(unnamedPort) : []),
    ...refusedRepeats(ports, 'name', (port) => ({
      what: `has two ports of the name \`${nameOf(port)}\``,
      hint: 'Give each port a name of its own.',
    })),
    ...refusedRepeats(
      ports,
      'port',
      (port) => ({
        what: `has port ${port.get('port').text().value} twice`,
        hint: 'Remove one of them, or give each a number of its own.',
      }),
      (port) => withProtocol(port, 'port'),
    ),
    ...(type === 'ClusterIP'
      ? ports
          .map((port) => port.get('nodePort'))
          .filter(isSet)
          .map(nodePort)
      : []),
  ];
}

function unnamedPort(port: View): RefusedField {
  return {
    view: port.get('port'),
    what: `has no name for port ${port.get('port').text().value ?? ''}, which each of several ports needs`,
    hint: 'Give each port a `name`.',
  };
}

function nodePort(view: View): RefusedField {
  return {
    view,
    what: `has \`${view.path}\`, which a Service of type \`ClusterIP\` may not have`,
    hint: 'Remove it, or set `type: NodePort`.',
  };
}

function isSet(port: View): boolean {
  return (port.number().value ?? 0) > 0;
}
