// What the server uses of the protocol's packages. The build writes these to a file of their own, which only `lsp` loads.
export {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  CreateFile,
  createConnection,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  type Location,
  MarkupKind,
  Position,
  type PublishDiagnosticsParams,
  type Range,
  TextDocumentEdit,
  TextDocumentSyncKind,
  TextDocuments,
  TextEdit,
  type WorkspaceEdit,
  type WorkspaceFolder,
} from 'vscode-languageserver';
export { createProtocolConnection } from 'vscode-languageserver-protocol/node';
export { TextDocument } from 'vscode-languageserver-textdocument';
