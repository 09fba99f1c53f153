import { win32 } from 'node:path';
import { trimEnd } from '../../text/trim-end.ts';

/**
 * Converts between the platform's paths and the internal ones, which are POSIX paths everywhere: relative, or absolute
 * from `/`, with slashes. All paths from outside (arguments, options, environment) and to outside (file system calls,
 * other programs, output) are converted here; no other code knows the platform.
 */
export interface PlatformPaths {
  /**
   * Converts a platform path, or glob, to an internal one. A relative path stays relative.
   * @param directory the absolute internal path to resolve a partly relative one, such as `\k8s` or `C:k8s`, against
   */
  enter(path: string, directory: string): string;
  /** Converts an internal path for the platform and for output. Anything else (`<stdin>`, `-`) is unchanged. */
  leave(path: string): string;
  /** Whether an absolute internal path may be accessed on the platform; otherwise it does not exist. */
  mayAccess(path: string): boolean;
  /** The drive or share of an absolute path, within which `..` can lead from one path to another; empty on POSIX. */
  volumeOf(path: string): string;
}

/** No conversion: internal paths are POSIX paths, where a backslash is an ordinary character. */
export const posixPaths: PlatformPaths = {
  enter: (path) => path,
  leave: (path) => path,
  mayAccess: () => true,
  volumeOf: () => '',
};

const drive = /^\/[A-Z]:(?=\/|$)/;
const share = /^\/UNC\/[^/]+\/[^/]+/;
/** A prefix of absolute paths that lifts the limit on their length; Node adds it where needed. */
const longPrefix = /^[\\/]{2}\?[\\/](?:UNC[\\/]|(?=[A-Za-z]:))/i;
/** Characters that names on Windows cannot have: a colon selects a stream of a file, a backslash separates folders. */
const impossible = /[<>:"|?*\\\0-\x1f]/;

/**
 * `C:\k8s` becomes `/C:/k8s`, `\\server\share\k8s` becomes `/UNC/server/share/k8s`, `k8s\base` becomes `k8s/base`. They
 * are converted back with slashes, `C:/k8s` and `//server/share/k8s`, which Windows accepts, so that reports are the
 * same everywhere.
 *
 * Accessing a share makes Windows sign in to its server, and any tree can contain `../../../UNC/server/share`. So only
 * shares that the user has named are accessed. Neither are paths with a backslash, which separates nothing on Linux.
 */
export function windowsPaths(): PlatformPaths {
  const entered = new Set<string>();

  const findVolume = (path: string): string => (drive.exec(path) ?? share.exec(path))?.[0] ?? '';
  const volumeOf = (path: string): string => findVolume(path).toLowerCase();

  function leave(path: string): string {
    const volume = findVolume(path);
    if (volume === '') return path;
    const top = drive.test(path) ? volume.slice(1) : `/${volume.slice('/UNC'.length)}`;
    return top + (path.slice(volume.length) || '/');
  }

  /** @param path absolute, with its drive or share */
  function enterAbsolute(path: string): string {
    const slashed = trimEnd(path.replaceAll('\\', '/'), '/');
    if (!slashed.startsWith('//')) return `/${slashed.charAt(0).toUpperCase()}${slashed.slice(1)}`;
    const ours = `/UNC${slashed.slice(1)}`;
    entered.add(volumeOf(ours));
    return ours;
  }

  return {
    leave,
    volumeOf,
    enter(path, directory) {
      const written = path.replace(longPrefix, (prefix) => (prefix.length > 4 ? '\\\\' : ''));
      if (win32.parse(written).root === '') return written.replaceAll('\\', '/');
      if (drive.test(written.toUpperCase())) return enterAbsolute(written.slice(1));
      return enterAbsolute(win32.resolve(leave(directory), written));
    },
    mayAccess(path) {
      const volume = findVolume(path);
      if (volume === '' || (share.test(path) && !entered.has(volumeOf(path)))) return false;
      return !impossible.test(path.slice(volume.length));
    },
  };
}

/** The conversion for the current platform. */
export const platformPaths: PlatformPaths = process.platform === 'win32' ? windowsPaths() : posixPaths;
