// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a variable that Flux fills.
import { describe, expect, test } from 'vitest';
import { findUnexecutableScripts } from '../../../src/model/fields/script-mode.ts';
import { jobOf } from '../../support/job-from-yaml.ts';

interface Written {
  readonly command?: string;
  readonly mounts?: string;
  /** The source of volume `scripts`. */
  readonly source?: string;
}

const script = 'configMap: {name: scripts}';
const modes = (items: string, more = '') => `configMap: {name: scripts, items: [${items}]${more}}`;

/** Which program of a Job's container cannot be executed, and where it is mounted from. */
function unexecutable({
  command = '/scripts/up.sh',
  mounts = '{name: scripts, mountPath: /scripts}',
  source = script,
}: Written): string[] {
  const { job } = jobOf({
    containers: `{name: migrate, image: shop, command: [${command}], volumeMounts: [${mounts}]}`,
    spec: `volumes: [{name: cache, emptyDir: {}}, {name: scripts, ${source}}, {name: more, secret: {secretName: more}}]`,
  });
  return findUnexecutableScripts(job).map(
    ({ container, program, volume }) => `${container} ${program.text().value} ${volume.get('name').text().value}`,
  );
}

describe('script-mode', () => {
  const found = ['migrate /scripts/up.sh scripts'];
  test.each<[string, Written, string[]]>([
    ['without a mode', {}, found],
    ['in a Secret', { source: 'secret: {secretName: scripts}' }, found],
    ['in an empty folder', { source: 'emptyDir: {}' }, []],
    ['in a volume with a default mode', { source: 'configMap: {name: scripts, defaultMode: 0755}' }, []],
    ['in a Secret with a default mode', { source: 'secret: {secretName: scripts, defaultMode: 0755}' }, []],
    [
      'with a mode for another file',
      { source: modes('{key: a, path: a.sh, mode: 0755}, {key: up, path: up.sh}') },
      found,
    ],
    ['with a mode of its own', { source: modes('{key: a, path: a.sh}, {key: up, path: up.sh, mode: 0755}') }, []],
    [
      'with a mode of its own that forbids it',
      { source: modes('{key: up, path: up.sh, mode: 0644}', ', defaultMode: 0755') },
      found,
    ],
    [
      'below a folder of the volume',
      { command: '/scripts/bin/up.sh', source: modes('{key: up, path: bin/up.sh, mode: 0755}') },
      [],
    ],
    ['that a shell reads', { command: 'sh, /scripts/up.sh' }, []],
    ['that is looked up in the PATH', { command: 'up.sh' }, []],
    ['that the image names', { command: '' }, []],
    ['mounted with a slash at the end', { mounts: '{name: scripts, mountPath: /scripts/}' }, found],
    ['beside the mount', { command: '/scripts2/up.sh' }, []],
    ['mounted as one file', { mounts: '{name: scripts, mountPath: /scripts/up.sh, subPath: up.sh}' }, found],
    [
      'mounted as one file, with a mode',
      {
        mounts: '{name: scripts, mountPath: /scripts/up.sh, subPath: x.sh}',
        source: modes('{key: up, path: x.sh, mode: 0755}'),
      },
      [],
    ],
    [
      'in a folder of the volume that is mounted',
      {
        mounts: '{name: scripts, mountPath: /scripts, subPath: bin}',
        source: modes('{key: up, path: bin/up.sh, mode: 0755}'),
      },
      [],
    ],
    [
      'in the second mount',
      { mounts: '{name: cache, mountPath: /cache}, {name: scripts, mountPath: /scripts}' },
      found,
    ],
    ['in a mount of a volume that is not there', { mounts: '{name: other, mountPath: /scripts}' }, []],
    [
      'in another volume than the first',
      { command: '/more/up.sh', mounts: '{name: more, mountPath: /more}' },
      ['migrate /more/up.sh more'],
    ],
  ])('a script %s', (_, written, expected) => {
    expect(unexecutable(written)).toEqual(expected);
  });

  test.each([
    ['0755', []],
    ['0o755', []],
    ['493', []],
    ['"0755"', []],
    ['1', []],
    ['0644', found],
    ['420', found],
    ['0o644', found],
    ['"${MODE}"', []],
    ['x0644', []],
    ['0644x', []],
    ['x420', []],
    ['420x', []],
  ])('mode %s', (mode, expected) => {
    expect(unexecutable({ source: `configMap: {name: scripts, defaultMode: ${mode}}` })).toEqual(expected);
  });
});
