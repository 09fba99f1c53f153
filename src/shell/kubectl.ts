import { valuesOf, type Words } from './words.ts';

/** Flags of every kubectl command that take a value as the next word, except the namespace. */
export const connectionFlags: readonly string[] = [
  '--as',
  '--cluster',
  '--context',
  '--kubeconfig',
  '--request-timeout',
  '-s',
  '--server',
  '--token',
  '--user',
];

/** Kinds of workloads by kubectl's short names. */
export const shortKinds: Readonly<Record<string, string>> = {
  deploy: 'deployment',
  sts: 'statefulset',
  ds: 'daemonset',
  cj: 'cronjob',
};

/** Flags that take a value as the next word, of the commands that scripts deploy with. */
const flagsWithValue = new Set([
  ...connectionFlags,
  ...['-n', '--namespace', '-l', '--selector', '-f', '--filename', '-k', '--kustomize'],
  ...['-o', '--output', '--timeout', '--grace-period', '--field-manager'],
]);

/** The verb and operands of kubectl, wherever the flags stand. */
export function positionalWords(args: Words): string[] {
  return args.filter((word, index) => !word.startsWith('-') && !flagsWithValue.has(args[index - 1] ?? ''));
}

/** The files of manifests that kubectl is given, `-` for its input. */
export function givenFiles(args: Words): string[] {
  return valuesOf(args, ['-f', '--filename']);
}

/** The folders that kubectl is told to build. */
export function givenFolders(args: Words): string[] {
  return valuesOf(args, ['-k', '--kustomize']);
}
