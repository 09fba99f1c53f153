/** Flags that every command of kubectl takes and that are followed by a value of their own. The namespace is not among them. */
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
