import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportFormats } from '../../src/command-line/flags.ts';
import { main } from '../../src/command-line/main.ts';
import { platformTerminal } from '../../src/command-line/platform-terminal.ts';
import { posixPaths } from '../../src/source/files/platform-paths.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { recordingTerminal } from '../support/terminal.ts';

type Files = Readonly<Record<string, string>>;

/** Runs the command on files that stand in no disk; gives all that it writes anywhere. */
async function runCommand(args: readonly string[], files: Files, reports: Files = {}): Promise<Record<string, string>> {
  const written: Record<string, string> = {};
  const put = (path: string, content: string | Uint8Array) => {
    written[path] = typeof content === 'string' ? content : new TextDecoder().decode(content);
  };
  const { terminal, output } = recordingTerminal({
    fileSystem: memoryFileSystem({ '/w/.git/HEAD': '', ...files, ...reports }),
    writeFile: put,
    replaceFile: put,
    makeFolder: () => undefined,
    remove: () => {},
  });
  await main(args, platformTerminal(terminal, posixPaths));
  return { ...written, ...output };
}

const job = `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration}
spec:
  template:
    spec:
      containers:
        - name: migrate
          image: shop-migration
          command: [npx, prisma, migrate, dev]
          env: [{name: DATABASE_URL, valueFrom: {secretKeyRef: {name: credentials, key: url}}}]
`;
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      initContainers:
        - {name: wait, image: groundnuty/k8s-wait-for:v2.0, args: [job, shop-migration-v1]}
      containers:
        - name: shop
          image: shop
          env: [{name: DATABASE_URL, valueFrom: {secretKeyRef: {name: credential, key: url}}}]
`;
const secretHead = 'apiVersion: v1\nkind: Secret\nmetadata: {name: credentials}\n';

/** Where a secret may stand, each as files of `/w/k8s`. */
const places: Readonly<Record<string, (secret: string) => Files>> = {
  'stringData of a Secret': (s) => withResource(`${secretHead}stringData:\n  url: ${s}\n`),
  'data of a Secret, quoted': (s) => withResource(`${secretHead}data: {url: "${s}", other: '${s}'}\n`),
  'a block in a Secret': (s) => withResource(`${secretHead}stringData:\n  url: |\n    a=${s}\n    ${s}\n`),
  'a folded block in a Secret': (s) => withResource(`${secretHead}stringData:\n  url: >-\n    ${s}\n    x\n`),
  'a Secret in a List': (s) =>
    withResource(
      `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: credentials}\n  data: {url: ${s}}\n`,
    ),
  'a Secret as JSON': (s) =>
    withResource(
      JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'credentials' }, data: { url: s } }),
    ),
  'data that is a text': (s) => withResource(`${secretHead}data: ${s}\n`),
  'data that is a list': (s) => withResource(`${secretHead}data: [${s}]\n`),
  'a value that is a map': (s) => withResource(`${secretHead}data: {url: {a: ${s}}}\n`),
  'literals of a secretGenerator': (s) =>
    withField(`secretGenerator:\n- name: credentials\n  literals:\n  - url=${s}\n  - "b='${s}'"\n`),
  'literals that are a text': (s) => withField(`secretGenerator:\n- name: credentials\n  literals: url=${s}\n`),
  'a literal without a name': (s) => withField(`secretGenerator:\n- name: credentials\n  literals: [${s}]\n`),
  'a literal twice': (s) => withField(`secretGenerator:\n- name: credentials\n  literals: [url=${s}, url=${s}]\n`),
  'a secretGenerator with a wrong type': (s) =>
    withField(`secretGenerator:\n- name: credentials\n  type: [x]\n  literals: [url=${s}]\n`),
  'an env file': (s) => ({
    ...withField('secretGenerator:\n- name: credentials\n  envs: [x.env]\n'),
    '/w/k8s/x.env': `url=${s}\nurl=${s}\n`,
  }),
  'an env file with a bad name': (s) => ({
    ...withField('secretGenerator:\n- name: credentials\n  envs: [x.env]\n'),
    '/w/k8s/x.env': `a b=${s}\n`,
  }),
  'a file': (s) => ({
    ...withField('secretGenerator:\n- name: credentials\n  files: [url=x.txt]\n'),
    '/w/k8s/x.txt': s,
  }),
  'an env file that is listed as a manifest': (s) => withResource(`TOKEN=${s}\n`),
  'an env file that is listed as a manifest and has a key of YAML': (s) => withResource(`a: b\nTOKEN=${s}\n`),
  'an env file that is named as a patch': (s) => ({
    ...withField('patches: [{path: .env}]\n'),
    '/w/k8s/.env': `# settings\nTOKEN="${s}\nmore"\n`,
  }),
  'a token that is listed as a manifest': (s) => withResource(s),
  'a patch of a Secret': (s) => ({
    ...withField('patches: [{path: p.yaml}]\n', `${secretHead}data: {}\n`),
    '/w/k8s/p.yaml': `${secretHead}stringData: {url: ${s}}\n`,
  }),
  'a patch of a Secret that is not there': (s) => ({
    ...withField('patches: [{path: p.yaml}]\n'),
    '/w/k8s/p.yaml': `${secretHead}stringData: {url: ${s}}\n`,
  }),
  'an inline patch of a Secret': (s) =>
    withField(
      `patches:\n- patch: |\n    ${secretHead.replaceAll('\n', '\n    ')}stringData: {url: ${s}}\n`,
      `${secretHead}data: {}\n`,
    ),
  'a JSON patch of a Secret': (s) =>
    withField(
      `patches:\n- target: {kind: Secret}\n  patch: |\n    - {op: add, path: /data/url, value: ${s}}\n`,
      `${secretHead}data: {}\n`,
    ),
  'a JSON patch of a Secret that fails': (s) =>
    withField(
      `patches:\n- target: {kind: Secret}\n  patch: |\n    - {op: test, path: /data/url, value: ${s}}\n`,
      `${secretHead}data: {url: x}\n`,
    ),
  'a password in a URL': (s) =>
    withResource(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata: {url: "postgres://shop:${s}@db/shop"}\n`,
    ),
  'a password in the URL of a command': (s) =>
    withJob(`command: [migrate, -path, /migrations, -database, "postgres://shop:${s}@db/shop", up]`),
  'a password behind an option': (s) => withJob(`command: [flyway, -user=shop, -password=${s}, migrate]`),
  'a password behind an option, as the next argument': (s) =>
    withJob(`command:\n            - flyway\n            - -password\n            - ${s}\n            - migrate`),
  'a password in a script': (s) => withJob(`command: [sh, -c, "PGPASSWORD=${s} psql -f /migrations/all.sql || true"]`),
  'a password in a variable': (s) =>
    withJob(
      `command: [npx, prisma, migrate, dev]\n          env:\n            - name: DB_PASSWORD\n              value: ${s}\n            - {name: OTHER_PASSWORD, value: "${s}"}`,
    ),
  'a replacement out of a Secret': (s) =>
    withField(
      'replacements:\n- source: {kind: Secret, fieldPath: stringData.url}\n  targets: [{select: {kind: Job}, fieldPaths: [metadata.annotations.a], options: {create: true}}]\n',
      `${secretHead}stringData: {url: ${s}}\n`,
    ),
  'a replacement out of a Secret that does not fit': (s) =>
    withField(
      'replacements:\n- source: {kind: Secret, fieldPath: stringData.url}\n  targets: [{select: {kind: Deployment, name: other}, fieldPaths: [spec.replicas]}]\n',
      `${secretHead}stringData: {url: ${s}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: other}\nspec: {replicas: 1}\n`,
    ),
  'a variable in a Secret that Flux cannot read': (s) => ({
    ...withResource(`${secretHead}stringData: {NAME: "a \u0024{ ${s}"}\n`),
    '/w/flux/flux.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: shop, namespace: flux-system}\nspec: {path: ./k8s, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substitute: {a: b}}}\n',
  }),
  'a Secret for Flux to substitute': (s) => ({
    ...withResource(`${secretHead}stringData: {NAME: ${s}}\n`),
    '/w/flux/flux.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: shop, namespace: flux-system}\nspec: {path: ./k8s, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substituteFrom: [{kind: Secret, name: credentials}]}}\n',
  }),
};

/** A Job with a finding, and with this in its container. */
function withJob(fields: string): Files {
  const command = '          command: [npx, prisma, migrate, dev]\n';
  return {
    ...withResource('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'),
    '/w/k8s/job.yaml': job.replace(command, `          ${fields}\n`).replace(/^ +env: .*\n/m, ''),
  };
}

function withResource(text: string): Files {
  return withField('', text);
}

function withField(field: string, more = ''): Files {
  return {
    '/w/k8s/kustomization.yaml': `resources: [job.yaml, deployment.yaml${more === '' ? '' : ', more.yaml'}]\n${field}`,
    '/w/k8s/job.yaml': job,
    '/w/k8s/deployment.yaml': deployment,
    ...(more === '' ? {} : { '/w/k8s/more.yaml': more }),
  };
}

/** Further faults: a line at the end of a file, mostly invalid YAML there. */
const faults = [
  '',
  '  x: [',
  '\tx',
  '*unknown',
  'data: {}',
  'unknownField: x',
  '---\na: b',
  '"',
  '- {op: x',
  'x: *y',
  ': :',
  '}',
];

/** Commands, and those of their outputs that show no secret. What `build` prints is what it is for. */
const commands: readonly (readonly string[])[] = [
  ...reportFormats.map((format) => ['k8s', '--format', format, '--verbose', '--preset', 'strict']),
  ['.', '--preset', 'strict'],
  ['inspect', '.'],
  ['inspect', '.', '--format', 'json'],
  ['build', 'k8s', '--origins'],
  ['build', 'k8s'],
  ['k8s', '--write-baseline'],
  ['k8s', '--diff', '--fix=all'],
  ['k8s', '--print-config'],
  ['k8s', '--timing'],
];

const secret = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{14,20}$/);

test('what is no secret is shown, so that the rest of this file means something', async () => {
  const files = withResource('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: OpenOpenOpen, \n');
  expect((await runCommand(['k8s'], files))['out']).toContain('OpenOpenOpen');
  const built = withResource('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: OpenOpenOpen}\n');
  expect((await runCommand(['build', 'k8s', '--origins'], built))['out']).toContain('OpenOpenOpen');
  for (const command of [
    ['k8s', '--format', 'json'],
    ['k8s', '--diff', '--fix=all'],
    ['inspect', '.'],
  ]) {
    expect((await runCommand(command, built))['out']).toContain('shop-migration');
  }
});

test('no command prints a secret, wherever it is and whatever else is wrong', async () => {
  await fc.assert(
    fc.asyncProperty(
      secret,
      fc.constantFrom(...Object.keys(places)),
      fc.constantFrom(...faults),
      fc.nat(),
      fc.constantFrom(...commands),
      async (value, place, fault, fileNumber, command) => {
        const files = { ...places[place]?.(value) };
        const paths = Object.keys(files);
        const broken = paths[fileNumber % paths.length] ?? '';
        if (fault !== '') files[broken] = `${files[broken]}${fault}\n`;
        await expectSilence(command, files, value);
      },
    ),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 150) },
  );
});

test.each(Object.keys(places))('none of the reports shows %s', async (place) => {
  const value = 'HushHushHushHush1';
  const files = places[place]?.(value) ?? {};
  for (const command of commands) await expectSilence(command, files, value);
  const { out = '' } = await runCommand(['k8s', '--format', 'json'], files);
  const merged = await runCommand(['merge', 'report.json', '--verbose'], files, { '/w/report.json': out });
  expect(Object.values(merged).join('\n')).not.toContain(value);
});

async function expectSilence(command: readonly string[], files: Files, value: string): Promise<void> {
  const { out = '', ...others } = await runCommand(command, files);
  const shown = command[0] === 'build' && !command.includes('--origins') ? others : { out, ...others };
  for (const [name, text] of Object.entries(shown)) {
    // What `--fix` writes into a file of the tree keeps what is there.
    if (files[name] !== undefined) continue;
    expect(text, `${command.join(' ')}: ${name}`).not.toContain(value);
    expect(text).not.toContain(Buffer.from(value).toString('base64'));
  }
  expect(others['err']).not.toContain('This is a bug in migrate-lint');
}
