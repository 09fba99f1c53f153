import { fileURLToPath, pathToFileURL } from 'node:url';
import { changedFileSystem } from '../fix/changed-file-system.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import type { TextDocument } from './protocol.ts';

/** The files of the machine, and how its paths are converted. */
export interface MachineFiles {
  readonly fileSystem: FileSystem;
  /** Converts a path of the platform to an internal one. */
  enter(path: string): string;
  /** Converts an internal path to one of the platform. */
  leave(path: string): string;
}

/** The documents that are open in the editor. Their text counts, whatever is on the disk. */
export class OpenDocuments {
  /** The files of the machine, with the text of open documents. */
  readonly fileSystem: FileSystem;
  readonly #machine: MachineFiles;
  readonly #byPath = new Map<string, { readonly document: TextDocument; readonly after: Uint8Array }>();

  constructor(machine: MachineFiles) {
    this.#machine = machine;
    this.fileSystem = changedFileSystem(machine.fileSystem, this.#byPath);
  }

  /** Takes the text of a document that was opened or edited. Returns its path; undefined if it is not a file. */
  set(document: TextDocument): string | undefined {
    const path = this.pathOf(document.uri);
    if (path !== undefined) this.#byPath.set(path, { document, after: new TextEncoder().encode(document.getText()) });
    return path;
  }

  /** Forgets a document that was closed. Returns its path; undefined if it is not a file. */
  delete({ uri }: TextDocument): string | undefined {
    const path = this.pathOf(uri);
    if (path !== undefined) this.#byPath.delete(path);
    return path;
  }

  /** The document of a path, if it is open. */
  get(path: string): TextDocument | undefined {
    return this.#byPath.get(this.#real(path))?.document;
  }

  /** The real path of a file by its URI; undefined for anything that is not a file on this machine. */
  pathOf(uri: string): string | undefined {
    try {
      return this.#real(this.#machine.enter(fileURLToPath(uri)));
    } catch {
      // Another scheme, such as that of an unsaved document, or a file of another host.
      return undefined;
    }
  }

  /** The URI of a file: the editor's own if it is open there. */
  uriOf(path: string): string {
    return this.get(path)?.uri ?? pathToFileURL(this.#machine.leave(path)).href;
  }

  #real(path: string): string {
    return this.#machine.fileSystem.realPath(path) ?? path;
  }
}
