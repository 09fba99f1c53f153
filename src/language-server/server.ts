import { posix } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { oncePerText } from '../collections/once.ts';
import type { Linted } from '../run.ts';
import { findRepositoryTop } from '../source/files/repository.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import type { WatchFolder } from '../watch/watched-folders.ts';
import { problemsToDiagnostics, toDiagnostics } from './diagnostics.ts';
import { describeHover } from './hover.ts';
import { LintedFolder, type OnLinted } from './linted-folder.ts';
import { offerActions } from './offer-actions.ts';
import { type MachineFiles, OpenDocuments } from './open-documents.ts';
import { rangeOf } from './positions.ts';
import {
  CodeActionKind,
  type Connection,
  createConnection,
  createProtocolConnection,
  type Hover,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  MarkupKind,
  TextDocument,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceFolder,
} from './protocol.ts';
import { PublishedDiagnostics } from './published-diagnostics.ts';
import { fixAllKind, QuickFixes } from './quick-fixes.ts';

/** The machine that the server runs on. */
export interface Machine extends MachineFiles {
  readonly watchFolder: WatchFolder;
}

/**
 * Serves an editor, over the Language Server Protocol, until it says goodbye or closes the connection. Returns the exit
 * code, which the protocol sets: 0 after a proper goodbye, otherwise 1.
 */
export async function serve(input: Readable, output: Writable, machine: Machine): Promise<number> {
  let exit: (code: number) => void = () => {};
  const exited = new Promise<number>((resolve) => {
    exit = resolve;
  });
  const watchDog = { shutdownReceived: false, initialize: () => {}, exit: (code: number) => exit(code) };
  for (const end of ['end', 'close']) input.on(end, () => exit(watchDog.shutdownReceived ? 0 : 1));
  const connection = createConnection((logger) => createProtocolConnection(input, output, logger), watchDog);
  const server = new LanguageServer(connection, machine, exited);
  server.listen();
  const code = await exited;
  connection.dispose();
  input.destroy();
  return code;
}

/** A folder of the workspace with the outcome of its last run. */
interface OpenFolder {
  readonly folder: LintedFolder;
  readonly close: () => void;
  outcome: Linted | UsageError | undefined;
}

class LanguageServer {
  readonly #connection: Connection;
  readonly #machine: Machine;
  readonly #exited: Promise<unknown>;
  readonly #documents: OpenDocuments;
  readonly #folders = new Map<string, OpenFolder>();
  /** Whether the editor has opened files only, without a folder. */
  #hasNoFolder = false;
  readonly #published: PublishedDiagnostics;

  constructor(connection: Connection, machine: Machine, exited: Promise<unknown>) {
    this.#connection = connection;
    this.#machine = machine;
    this.#exited = exited;
    this.#documents = new OpenDocuments(machine);
    this.#published = new PublishedDiagnostics((diagnostics) => void connection.sendDiagnostics(diagnostics));
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    const texts = new TextDocuments(TextDocument);
    texts.onDidOpen(({ document }) => {
      this.#openAround(document);
      this.#documents.set(document);
      // The editor may name an open document differently.
      this.#publish();
    });
    // Also called for a document that was opened.
    texts.onDidChangeContent(({ document }) => this.#touch(this.#documents.set(document)));
    texts.onDidClose(({ document }) => {
      this.#touch(this.#documents.delete(document));
      this.#publish();
    });
    texts.listen(connection);
    connection.listen();
  }

  #initialize({ capabilities, workspaceFolders, rootUri }: InitializeParams): InitializeResult {
    const connection = this.#connection;
    const { workspace } = capabilities;
    const given = workspaceFolders ?? (rootUri ? [{ uri: rootUri }] : []);
    this.#hasNoFolder = given.length === 0;
    const { documentChanges = false, resourceOperations = [] } = workspace?.workspaceEdit ?? {};
    const fixes = new QuickFixes(this.#documents, { documentChanges, create: resourceOperations.includes('create') });
    connection.onCodeAction((params) => {
      const folders = [...this.#folders.values()].map(({ folder }) => folder);
      return offerActions(params, this.#documents, folders, fixes);
    });
    connection.onHover((params) => this.#hover(params));
    connection.onInitialized(() => {
      for (const each of given) this.#open(each);
      if (!workspace?.workspaceFolders) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const each of removed) this.#close(each);
        if (added.length > 0) this.#hasNoFolder = false;
        for (const each of added) this.#open(each);
        this.#publish();
      });
    });
    return {
      serverInfo: { name: 'migrate-lint', version },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  /** Starts linting the Git repository of a document, if the editor has opened files only. */
  #openAround({ uri }: TextDocument): void {
    const path = this.#documents.pathOf(uri);
    if (!this.#hasNoFolder || path === undefined) return;
    const top = findRepositoryTop(posix.dirname(path), this.#documents.fileSystem);
    if (top !== undefined) this.#open({ uri: this.#documents.uriOf(top) });
  }

  /** Starts linting a folder of the workspace. */
  #open({ uri }: Pick<WorkspaceFolder, 'uri'>): void {
    const path = this.#documents.pathOf(uri);
    if (path === undefined || this.#folders.has(uri)) return;
    const folder = new LintedFolder(path, this.#documents.fileSystem, this.#machine.watchFolder);
    let close = () => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const open: OpenFolder = { folder, close, outcome: undefined };
    this.#folders.set(uri, open);
    const onLinted = (outcome: Linted | UsageError): void => {
      if (this.#folders.get(uri) !== open) return;
      open.outcome = outcome;
      this.#tellProblems(outcome);
      this.#publish();
    };
    this.#keepLinting(folder, onLinted, Promise.race([closed, this.#exited])).catch((error: unknown) => {
      this.#connection.console.error(`migrate-lint stopped linting ${uri}: ${describeError(error)}`);
    });
  }

  /** Lints a folder until `stopped` resolves. The editor shows that the first run, which takes longest, is under way. */
  async #keepLinting(folder: LintedFolder, onLinted: OnLinted, stopped: Promise<unknown>): Promise<void> {
    // An editor that cannot show it, or fails to, gets the same diagnostics.
    let progress = await this.#connection.window.createWorkDoneProgress().catch(() => undefined);
    progress?.begin('migrate-lint', undefined, `linting ${posix.basename(folder.path)}`);
    const onEach: OnLinted = (outcome) => {
      progress?.done();
      progress = undefined;
      onLinted(outcome);
    };
    await folder.keepLinting(onEach, stopped);
  }

  #close({ uri }: Pick<WorkspaceFolder, 'uri'>): void {
    this.#folders.get(uri)?.close();
    this.#folders.delete(uri);
  }

  /** Notes that a document was opened, edited or closed. */
  #touch(path: string | undefined): void {
    if (path === undefined) return;
    for (const { folder } of this.#folders.values()) folder.touch(path);
  }

  /** Tells what diagnostics cannot: problems without a location, and crashes. */
  #tellProblems(outcome: Linted | UsageError): void {
    const { console: log, window } = this.#connection;
    if (outcome instanceof UsageError) {
      for (const { message, at } of outcome.problems) if (at === undefined) window.showErrorMessage(message);
      return;
    }
    for (const { doing, error } of outcome.result.crashes) {
      log.error(`migrate-lint failed ${doing}. This is a bug; please report it.\n${describeError(error)}`);
    }
  }

  /** Sends the diagnostics that have changed. */
  #publish(): void {
    const uriOf = oncePerText((path) => this.#documents.uriOf(path));
    const outcomes = [...this.#folders.values()].flatMap(({ outcome }) => outcome ?? []);
    this.#published.replace(
      outcomes.map((outcome) =>
        outcome instanceof UsageError
          ? problemsToDiagnostics(outcome.problems, uriOf)
          : toDiagnostics(outcome.result.findings, uriOf),
      ),
    );
  }

  #hover({ textDocument, position }: HoverParams): Hover | undefined {
    const path = this.#documents.pathOf(textDocument.uri);
    const document = path === undefined ? undefined : this.#documents.get(path);
    if (path === undefined || document === undefined) return undefined;
    for (const { folder } of this.#folders.values()) {
      const { latest } = folder;
      const text = latest && describeHover(latest, path, document.offsetAt(position), folder.path);
      if (text === undefined || text.span.file.text !== document.getText()) continue;
      return { contents: { kind: MarkupKind.Markdown, value: text.markdown }, range: rangeOf(text.span) };
    }
    return undefined;
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
