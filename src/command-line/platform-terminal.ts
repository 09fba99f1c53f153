import { entrance, platformFileSystem } from '../source/files/platform-file-system.ts';
import type { PlatformPaths } from '../source/files/platform-paths.ts';
import type { Terminal } from './terminal.ts';

/**
 * A terminal with internal paths, as the commands use it.
 * @param native the same with paths of the platform
 */
export function platformTerminal(native: Omit<Terminal, 'enter' | 'leave'>, paths: PlatformPaths): Terminal {
  const { enter, leave } = paths;
  return {
    ...native,
    leave,
    fileSystem: platformFileSystem(native.fileSystem, paths),
    ...entrance(native.directory, native.fileSystem, paths),
    replaceFile: (path, content, before) => native.replaceFile(leave(path), content, before),
    writeFile: (path, content) => native.writeFile(leave(path), content),
    makeFolder(path) {
      const made = native.makeFolder(leave(path));
      return made === undefined ? undefined : enter(made, path);
    },
    remove: (path) => native.remove(leave(path)),
    watchFolder: (path, onChange) => native.watchFolder(leave(path), onChange),
  };
}
