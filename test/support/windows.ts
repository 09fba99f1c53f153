import { win32 } from 'node:path';
import { main } from '../../src/command-line/main.ts';
import { platformTerminal } from '../../src/command-line/platform-terminal.ts';
import type { FileSystem } from '../../src/source/files/file-system.ts';
import { windowsPaths } from '../../src/source/files/platform-paths.ts';
import { type MemoryFile, memoryFileSystem } from './memory-file-system.ts';
import { recordingTerminal } from './terminal.ts';

/** Files by paths such as `C:\shop\k8s\base.yaml`. */
export type WindowsFiles = Readonly<Record<string, string | Uint8Array>>;

/** A migration Job with a fixable fault. */
export const migrationJob = `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration-v1}
spec:
  backoffLimit: 3
  template:
    spec:
      restartPolicy: Never
      containers:
        - {name: migrate, image: "shop-migration:v1", command: [npx, prisma, migrate, deploy]}
`;

/** The outcome of a command. */
export interface WindowsOutcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The files that it wrote, by the paths that it gave to Windows, with backslashes. */
  readonly written: Readonly<Record<string, string>>;
  /** All paths that it gave to Windows. */
  readonly asked: ReadonlySet<string>;
}

/** Runs the command as if on Windows, on files in memory. */
export async function runOnWindows(
  args: readonly string[],
  files: WindowsFiles,
  {
    directory = 'C:\\shop',
    env = {},
    stdin = '',
  }: { directory?: string; env?: Record<string, string>; stdin?: string } = {},
): Promise<WindowsOutcome> {
  const written: Record<string, string> = {};
  const put = (path: string, content: string | Uint8Array) => {
    written[nativePath(path)] =
      typeof content === 'string' ? content : new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  };
  const asked = new Set<string>();
  const { terminal, output } = recordingTerminal({
    env,
    directory,
    fileSystem: windowsFileSystem(files, asked),
    readStdin: () => new TextEncoder().encode(stdin),
    writeFile: put,
    replaceFile: put,
    makeFolder: () => undefined,
    remove: () => {},
  });
  const code = await main(args, platformTerminal(terminal, windowsPaths()));
  return { code, ...output, written, asked };
}

/** A disk of Windows: it takes both slashes and any case, returns names in the case of the files, and refuses impossible paths. */
function windowsFileSystem(files: WindowsFiles, asked: Set<string>): FileSystem {
  const names = new Map<string, string>();
  const memory: Record<string, MemoryFile> = {};
  for (const [path, content] of Object.entries(files)) {
    memory[keyOf(path)] = content;
    for (let part = path; win32.dirname(part) !== part; part = win32.dirname(part)) names.set(keyOf(part), part);
    names.set(keyOf(win32.parse(path).root), win32.parse(path).root);
  }
  const system = memoryFileSystem(memory);
  const ask = (path: string): string => {
    asked.add(nativePath(path));
    return keyOf(path);
  };
  return {
    readFile: (path) => system.readFile(ask(path)),
    stat: (path) => system.stat(ask(path)),
    realPath: (path) => names.get(system.realPath(ask(path)) ?? ''),
    listDirectory(path) {
      const key = ask(path);
      return system
        .listDirectory(key)
        .map((name) => win32.basename(names.get(`${key.replace(/\/$/, '')}/${name}`) ?? ''));
    },
  };
}

function nativePath(path: string): string {
  const root = win32.parse(path).root;
  if (!/^(?:[A-Za-z]:|[\\/]{2}[^\\/]+[\\/][^\\/]+)[\\/]$/.test(root))
    throw new Error(`${path} is not an absolute path of Windows`);
  return win32.normalize(path);
}

/** The path of a file in memory. */
function keyOf(path: string): string {
  return `/${win32
    .normalize(path)
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/^\/+|\/+$/g, '')}`;
}
