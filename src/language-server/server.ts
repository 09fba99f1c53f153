import { posix } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Finding } from '../findings/finding.ts';
import { pushAll } from '../push-all.ts';
import type { Linted } from '../run.ts';
import { findRepositoryTop } from '../source/files/repository.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import type { WatchFolder } from '../watch/watched-folders.ts';
import { problemsToDiagnostics, toDiagnostics } from './diagnostics.ts';
import { describeHover } from './hover.ts';
import { LintedFolder } from './linted-folder.ts';
import { type MachineFiles, OpenDocuments } from './open-documents.ts';
import { rangeOf, rangesTouch } from './positions.ts';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  MarkupKind,
  type Position,
  TextDocument,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceFolder,
} from './protocol.ts';
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
  /** What was last sent for each URI, as JSON. */
  readonly #sent = new Map<string, string>();

  constructor(connection: Connection, machine: Machine, exited: Promise<unknown>) {
    this.#connection = connection;
    this.#machine = machine;
    this.#exited = exited;
    this.#documents = new OpenDocuments(machine);
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    const texts = new TextDocuments(TextDocument);
    texts.onDidOpen(({ document }) => this.#openAround(document));
    texts.onDidChangeContent(({ document }) => this.#touch(this.#documents.set(document)));
    texts.onDidClose(({ document }) => this.#touch(this.#documents.delete(document)));
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
    connection.onCodeAction((params) => this.#offerActions(params, fixes));
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
    folder.keepLinting(onLinted, Promise.race([closed, this.#exited])).catch((error: unknown) => {
      this.#connection.console.error(`migrate-lint stopped linting ${uri}: ${describeError(error)}`);
    });
  }

  #close({ uri }: Pick<WorkspaceFolder, 'uri'>): void {
    this.#folders.get(uri)?.close();
    this.#folders.delete(uri);
  }

  /** Notes that a document was opened, edited or closed. */
  #touch(path: string | undefined): void {
    if (path === undefined) return;
    for (const { folder } of this.#folders.values()) folder.touch(path);
    // The editor may name an open document differently.
    this.#publish();
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
    const uriOf = (path: string) => this.#documents.uriOf(path);
    const all = new Map<string, Diagnostic[]>([...this.#sent.keys()].map((uri) => [uri, []]));
    for (const { outcome } of this.#folders.values()) {
      if (outcome === undefined) continue;
      const found =
        outcome instanceof UsageError
          ? problemsToDiagnostics(outcome.problems, uriOf)
          : toDiagnostics(outcome.result.findings, uriOf);
      for (const [uri, diagnostics] of found) all.set(uri, [...(all.get(uri) ?? []), ...diagnostics]);
    }
    for (const [uri, diagnostics] of all) {
      const text = JSON.stringify(diagnostics);
      if (text === (this.#sent.get(uri) ?? '[]')) continue;
      this.#sent.set(uri, text);
      this.#connection.sendDiagnostics({ uri, diagnostics });
    }
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

  async #offerActions({ textDocument, range, context }: CodeActionParams, fixes: QuickFixes): Promise<CodeAction[]> {
    const path = this.#documents.pathOf(textDocument.uri);
    const text = path === undefined ? undefined : this.#documents.get(path)?.getText();
    if (path === undefined || text === undefined) return [];
    const wants = (kind: CodeActionKind) => context.only?.some((each) => `${kind}.`.startsWith(`${each}.`)) ?? true;
    const actions: (CodeAction | undefined)[] = [];
    for (const { folder } of this.#folders.values()) {
      const { latest } = folder;
      const here = (latest?.result.findings ?? []).filter(({ at }) => at.file.path === path);
      // While a run is due, positions in the document may have moved.
      if (latest === undefined || here.some(({ at }) => at.file.text !== text)) continue;
      const touched = wants(CodeActionKind.QuickFix) ? here.filter(({ at }) => rangesTouch(rangeOf(at), range)) : [];
      for (const finding of touched) {
        const diagnostics = context.diagnostics.filter((each) => isFor(each, finding));
        const found = [await fixes.fix(finding, folder, latest), await fixes.silence(finding, folder, latest)];
        pushAll(
          actions,
          found.map((action) => action && { ...action, diagnostics }),
        );
      }
      if (context.only && wants(fixAllKind)) actions.push(await fixes.fixAll(here, folder, latest));
    }
    return actions.filter((action) => action !== undefined);
  }
}

/** Whether a diagnostic, as the editor has it, is that of a finding. */
function isFor({ code, range }: Diagnostic, { rule, at }: Finding): boolean {
  const { start, end } = rangeOf(at);
  const isSame = (a: Position, b: Position): boolean => a.line === b.line && a.character === b.character;
  return code === rule && isSame(range.start, start) && isSame(range.end, end);
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
