import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { createProtocolConnection } from 'vscode-languageserver-protocol/node';
import { createWorkspace } from '../support/workspace.ts';

const job = `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration-v1}
spec:
  backoffLimit: 3
  template:
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: 'shop-migration:v1', command: [flyway, migrate]}]
`;

const workspace = createWorkspace({
  '.git/HEAD': 'ref: refs/heads/main\n',
  'k8s/kustomization.yaml': 'resources: [job.yaml]\n',
  'k8s/job.yaml': job,
});

test('an editor starts the command, sees changes on the disk, and ends it', async () => {
  const server = spawn(process.execPath, [workspace.cli, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const connection = createProtocolConnection(server.stdout, server.stdin);
  let codes: unknown[] = [];
  let wake = (): void => {};
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    if (!uri.endsWith('/k8s/job.yaml')) return;
    codes = diagnostics.map(({ code }) => code);
    wake();
  });
  const until = async (isReached: () => boolean) => {
    while (!isReached()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  connection.listen();
  const rootUri = pathToFileURL(workspace.path).href;
  await connection.sendRequest('initialize', { processId: process.pid, rootUri, capabilities: {} });
  await connection.sendNotification('initialized', {});
  await until(() => codes.includes('job-backoff-limit'));
  writeFileSync(join(workspace.path, 'k8s/job.yaml'), job.replace('backoffLimit: 3', 'backoffLimit: 0'));
  await until(() => !codes.includes('job-backoff-limit'));
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  expect(await exited).toBe(0);
});
