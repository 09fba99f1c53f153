// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the shell.
import { describe, expect, test } from 'vitest';
import type { FindScript } from '../../src/objects/package-script.ts';
import type { Present } from '../../src/objects/view.ts';
import { invocationsOf, readInvocations } from '../../src/shell/command-line.ts';
import { firstOf } from '../support/first-of.ts';
import { modelFromYaml, rootFromYaml } from '../support/root-from-yaml.ts';

describe('command-line: a script that a ConfigMap brings', () => {
  const describeCalls = (command: readonly string[], script: string): string[] => {
    const model = modelFromYaml(`
apiVersion: v1
kind: ConfigMap
metadata: {name: scripts}
data: {wait.sh: ${JSON.stringify(script)}}
---
apiVersion: v1
kind: Pod
metadata: {name: x}
spec:
  volumes: [{name: scripts, configMap: {name: scripts, items: [{key: wait.sh, path: bin/wait.sh}]}}, {name: none}]
  containers:
    - name: main
      image: app
      command: ${JSON.stringify(command)}
      volumeMounts: [{name: none, mountPath: /none}, {name: scripts, mountPath: /scripts/}, {name: scripts, mountPath: /wait, subPath: bin/wait.sh}]
`);
    const container = firstOf(model.workloads.flatMap(({ pod }) => pod.containers));
    return readInvocations(container).map(
      ({ words, script: by, isFailureIgnored }) =>
        `${words.join(' ')}${isFailureIgnored ? '*' : ''} (${by?.call ?? 'itself'})`,
    );
  };

  test.each([
    [['sh', '/scripts/bin/wait.sh', 'job'], 'wait $1 "$2"', ['wait job $2 (sh /scripts/bin/wait.sh job)']],
    [['/wait'], '#!/usr/bin/env bash\na; b', ['a* (/wait)', 'b (/wait)']],
    [['bash', '-e', '/wait'], 'a; b', ['a (bash -e /wait)', 'b (bash -e /wait)']],
    [['/wait'], '#!/usr/bin/python3\na', ['wait (itself)']],
    [['/scripts/wait.sh'], 'a', ['wait.sh (itself)']],
    [['/scripts'], 'a', ['scripts (itself)']],
  ])('%j: %j', (command, script, expected) => expect(describeCalls(command, script)).toEqual(expected));
});

describe('command-line', () => {
  /** The command of a container, each of its invocations with what it points at. */
  function invocationsIn(command: readonly string[]): string[] {
    const { workloads } = modelFromYaml(
      `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: x, command: ${JSON.stringify(command)}}]}`,
    );
    const words: readonly Present<string>[] = workloads[0]?.pod.containers[0]?.command ?? [];
    return invocationsOf(words).map(({ words: run, text, field, fields, loops, isFailureIgnored }) =>
      [
        run.join(' '),
        `as ${text}`,
        `at ${field.path.replace('spec.containers[0].', '')}`,
        ...(fields ? [`of ${fields.length}`] : []),
        ...(loops ? ['loops'] : []),
        ...(isFailureIgnored ? ['ignored'] : []),
      ].join(', '),
    );
  }

  test.each([
    [[], []],
    [['npx', 'prisma', 'up'], ['prisma up, as npx prisma up, at command[0], of 3']],
    [
      ['sh', '-c', 'a; npx b'],
      ['a, as a, at command[2], ignored', 'b, as npx b, at command[2]'],
    ],
    [
      ['/bin/bash', '-ec', 'a; b'],
      ['a, as a, at command[2]', 'b, as b, at command[2]'],
    ],
    [
      ['bash', '-e', '-c', 'a; b'],
      ['a, as a, at command[3]', 'b, as b, at command[3]'],
    ],
    [
      ['bash', '-o', 'pipefail', '-c', 'a; b'],
      ['a, as a, at command[4], ignored', 'b, as b, at command[4]'],
    ],
    [
      ['bash', '-o', 'pipefail', '-c', 'a | tee log'],
      ['a, as a, at command[4]', 'tee log, as tee log, at command[4]'],
    ],
    [
      ['bash', '-c', 'a | tee log'],
      ['a, as a, at command[2], ignored', 'tee log, as tee log, at command[2]'],
    ],
    [['bash', '-o', 'errexit', '-c', 'a'], ['bash -o errexit -c a, as bash -o errexit -c a, at command[0], of 5']],
    [['sh', '-cx', 'a'], ['a, as a, at command[2]']],
    [['sh', '-c', '-x', 'a'], ['a, as a, at command[3]']],
    [['sh', '-c'], ['sh -c, as sh -c, at command[0], of 2']],
    [['sh', 'run.sh', '-c', 'a'], ['sh run.sh -c a, as sh run.sh -c a, at command[0], of 4']],
    [['sh', '--c', 'a'], ['sh --c a, as sh --c a, at command[0], of 3']],
    [['busybox', 'ash', '-c', 'a'], ['a, as a, at command[3]']],
    [['tini', '-g', '--', 'dash', '-c', 'a'], ['a, as a, at command[5]']],
    [['tini', '-g', '-v', '--', 'dash', '-c', 'a'], ['dash -c a, as tini -g -v -- dash -c a, at command[0], of 7']],
    [
      ['sh', '-c', 'while a; do b; done'],
      ['a, as a, at command[2], loops', 'b, as b, at command[2], loops'],
    ],
    [['push', '-c', 'a'], ['push -c a, as push -c a, at command[0], of 3']],
  ])('%j', (command, expected) => expect(invocationsIn(command)).toEqual(expected));

  describe('scripts of a package.json', () => {
    const scripts: Readonly<Record<string, string>> = {
      migrate: 'prisma migrate deploy',
      start: 'npm run migrate || true; node .',
      again: 'npm run again',
      loop: 'while a; do npm run migrate; done',
    };

    /** What `npm run` and the like start, with the outermost call that leads there. */
    function calledBy(command: string): string[] {
      const { workloads } = modelFromYaml(
        `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: x, image: shop, command: [sh, -c, ${JSON.stringify(command)}]}]}`,
      );
      const container = firstOf(workloads.flatMap(({ pod }) => pod.containers));
      const file = firstOf(rootFromYaml('scripts: {}').files);
      const findScript: FindScript = ({ manager, name }, image) => {
        const text = scripts[name];
        return text === undefined
          ? undefined
          : { call: `${manager} run ${name} of ${image}`, text, at: { file, start: 0, end: 7 } };
      };
      return readInvocations({ ...container, findScript }).map(
        ({ words, text, script, loops, isFailureIgnored, fields }) =>
          [
            words.join(' '),
            `as ${text}`,
            ...(script ? [`by ${script.call}`] : []),
            ...(loops ? ['loops'] : []),
            ...(isFailureIgnored ? ['ignored'] : []),
            ...(fields ? ['of the list'] : []),
          ].join(', '),
      );
    }

    test.each([
      ['npm run migrate', ['prisma migrate deploy, as prisma migrate deploy, by npm run migrate of shop']],
      [
        'npm run migrate -- --x',
        ['prisma migrate deploy --x, as prisma migrate deploy --x, by npm run migrate of shop'],
      ],
      [
        'yarn migrate; b',
        ['prisma migrate deploy, as prisma migrate deploy, by yarn run migrate of shop, ignored', 'b, as b'],
      ],
      [
        'npm start',
        [
          'prisma migrate deploy, as prisma migrate deploy, by npm run start of shop, ignored',
          'true, as true, by npm run start of shop, ignored',
          'node ., as node ., by npm run start of shop',
        ],
      ],
      [
        'npm run loop',
        [
          'a, as a, by npm run loop of shop, loops',
          'prisma migrate deploy, as prisma migrate deploy, by npm run loop of shop, loops',
        ],
      ],
      ['npm run again', ['npm run again, as npm run again, by npm run again of shop']],
      ['npm run other', ['npm run other, as npm run other']],
      ['node .', ['node ., as node .']],
    ])('%s', (command, expected) => expect(calledBy(command)).toEqual(expected));
  });
});
