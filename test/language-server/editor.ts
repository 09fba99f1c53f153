import { PassThrough } from 'node:stream';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  Hover,
  Position,
  PublishDiagnosticsParams,
  Range,
} from 'vscode-languageserver-protocol';
import { createProtocolConnection, type ProtocolConnection } from 'vscode-languageserver-protocol/node';
import { TextDocument } from '../../src/language-server/protocol.ts';
import { type Machine, serve } from '../../src/language-server/server.ts';
import { nodeFileSystem } from '../../src/source/files/file-system.ts';
import { platformPaths } from '../../src/source/files/platform-paths.ts';
import { enter } from '../support/disk.ts';
import { retriedJob } from '../support/manifests.ts';

/** A Job with a finding that can be fixed. */
export const job = `${retriedJob('shop-migration-v1', 3, '[flyway, migrate]')}          env:
            - {name: FLYWAY_PASSWORD, value: hunter2}
`;

/** The capabilities of an editor that can do all that the server uses. */
export const capableEditor: ClientCapabilities = {
  window: { workDoneProgress: true },
  workspace: {
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
  },
};

/** An editor that has started the server, in this process. */
export class Editor {
  readonly #connection: ProtocolConnection;
  readonly #diagnostics = new Map<string, Diagnostic[]>();
  readonly #messages: string[] = [];
  /** What it shows as under way, from `begin` to `end`. */
  readonly progress: { kind: string; message?: string }[] = [];
  readonly #versions = new Map<string, number>();
  readonly exited: Promise<number>;
  /** Closes the connection without a word, as an editor does that has crashed. */
  readonly hangUp: () => void;
  #wake: () => void = () => {};

  private constructor(machine: Machine, showsProgress: boolean) {
    const [toServer, fromServer] = [new PassThrough(), new PassThrough()];
    this.exited = serve(toServer, fromServer, machine);
    this.hangUp = () => toServer.destroy();
    const connection = createProtocolConnection(fromServer, toServer);
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
      this.#diagnostics.set(uri, diagnostics);
      this.#wake();
    });
    for (const method of ['window/showMessage', 'window/logMessage']) {
      connection.onNotification(method, ({ message }: { message: string }) => {
        this.#messages.push(message);
        this.#wake();
      });
    }
    connection.onRequest('window/workDoneProgress/create', () => {
      if (!showsProgress) throw new Error('no room to show it');
    });
    connection.onNotification('$/progress', ({ value }) => {
      this.progress.push(value);
      this.#wake();
    });
    connection.listen();
    this.#connection = connection;
  }

  /** Starts the server for folders, by URI. */
  static async start(
    folders: readonly string[],
    {
      machine = diskMachine(),
      capabilities = capableEditor,
      showsProgress = true,
    }: { machine?: Machine; capabilities?: ClientCapabilities; showsProgress?: boolean } = {},
  ): Promise<Editor> {
    const editor = new Editor(machine, showsProgress);
    const workspaceFolders = folders.map((uri) => ({ uri, name: uri }));
    await editor.#connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      workspaceFolders,
      capabilities,
    });
    await editor.#connection.sendNotification('initialized', {});
    return editor;
  }

  /** The text of a message that the editor shows or logs, once there is one that matches. */
  async message(pattern: RegExp): Promise<string> {
    return this.#until(() => this.#messages.find((message) => pattern.test(message)));
  }

  /** The diagnostics of a document, once they have a rule, or no longer have it. */
  async diagnostics(uri: string, expected: { has?: string; lacks?: string }): Promise<Diagnostic[]> {
    return this.#until(() => {
      const found = this.#diagnostics.get(uri) ?? [];
      const has = (rule: string | undefined) => found.some(({ code }) => code === rule);
      const isExpected = (expected.has === undefined || has(expected.has)) && !(expected.lacks && has(expected.lacks));
      return isExpected ? found : undefined;
    });
  }

  /** All diagnostics as they are now. */
  get all(): ReadonlyMap<string, readonly Diagnostic[]> {
    return this.#diagnostics;
  }

  async open(uri: string, text: string): Promise<void> {
    this.#versions.set(uri, 1);
    await this.#connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
  }

  async edit(uri: string, change: { readonly range?: Range; readonly text: string }): Promise<void> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [change],
    });
  }

  async close(uri: string): Promise<void> {
    await this.#connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** The actions at a range, asked for with all diagnostics of the document. */
  actions(uri: string, range: Range, only?: readonly string[]): Promise<CodeAction[]> {
    const context = { diagnostics: this.#diagnostics.get(uri) ?? [], ...(only && { only }) };
    return this.#connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context });
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.#connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  }

  async changeFolders(added: readonly string[], removed: readonly string[]): Promise<void> {
    const named = (uris: readonly string[]) => uris.map((uri) => ({ uri, name: uri }));
    await this.#connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: named(added), removed: named(removed) },
    });
  }

  /** Says goodbye properly; returns the server's exit code. */
  async quit(): Promise<number> {
    await this.#connection.sendRequest('shutdown');
    await this.#connection.sendNotification('exit');
    return this.exited;
  }

  async #until<T>(find: () => T | undefined): Promise<T> {
    for (let found = find(); ; found = find()) {
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

const started: Editor[] = [];

/** Like {@link Editor.start}, after hanging up those started before: mutation testing runs no hooks that could do it. */
export async function startAlone(...given: Parameters<typeof Editor.start>): Promise<Editor> {
  hangUpAll();
  const editor = await Editor.start(...given);
  started.push(editor);
  return editor;
}

/** Hangs up the editors that {@link startAlone} started. */
export function hangUpAll(): void {
  for (const editor of started.splice(0)) editor.hangUp();
}

/** The range of a text in a document. */
export function rangeOf(text: string, part: string): Range {
  const document = TextDocument.create('', '', 0, text);
  const start = text.indexOf(part);
  return { start: document.positionAt(start), end: document.positionAt(start + part.length) };
}

/** The disk of this machine, on which nothing is watched. */
export function diskMachine(): Machine {
  return { fileSystem: nodeFileSystem, enter, leave: platformPaths.leave, watchFolder: () => () => {} };
}
