import { win32 } from 'node:path';

/**
 * The border between the paths of a platform and those inside of this program, which are POSIX paths everywhere: relative,
 * or absolute from `/`, with slashes. What enters (arguments, options, environment) and what leaves (the calls of the file
 * system, other programs, what people read) goes through here; nothing else knows on what it runs.
 */
export interface PlatformPaths {
  /**
   * A path, or a glob, as it is written on the platform, as one of ours. What is relative stays so.
   * @param directory absolute path of ours that a half relative one, such as `\k8s` or `C:k8s`, counts from
   */
  enter(path: string, directory: string): string;
  /** A path of ours for the platform and for people. What is no path (`<stdin>`, `-`) stays as it is. */
  leave(path: string): string;
  /** Whether the platform may be asked what stands at an absolute path of ours. Where not, nothing does. */
  mayAsk(path: string): boolean;
  /** What the absolute paths have in common that lead to each other by `..`: a drive, a share; empty where all do. */
  volumeOf(path: string): string;
}

/** Ours are those of POSIX, where a backslash is a character like others. */
export const posixPaths: PlatformPaths = {
  enter: (path) => path,
  leave: (path) => path,
  mayAsk: () => true,
  volumeOf: () => '',
};

const drive = /^\/[A-Z]:(?=\/|$)/;
const share = /^\/UNC\/[^/]+\/[^/]+/;
/** Before an absolute path, it lifts the limit on its length; Node adds it where it is needed. */
const longPrefix = /^[\\/]{2}\?[\\/](?:UNC[\\/]|(?=[A-Za-z]:))/i;
/** No name on Windows has these; a colon would lead to another stream of a file, a backslash to another folder. */
const impossible = /[<>:"|?*\\\0-\x1f]/;

/**
 * `C:\k8s` is `/C:/k8s`, `\\server\share\k8s` is `/UNC/server/share/k8s`, `k8s\base` is `k8s/base`. They leave with slashes,
 * `C:/k8s` and `//server/share/k8s`, as all of Windows takes them so and a report reads the same everywhere.
 *
 * To ask for a share makes Windows sign in to its server, and any tree can write `../../../UNC/server/share`. So only those
 * are asked for that have entered, and the same holds for a backslash: a tree is built for Linux, where it parts nothing.
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
    const slashed = path.replaceAll('\\', '/').replace(/(?<!\/)\/+$/, '');
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
    mayAsk(path) {
      const volume = findVolume(path);
      if (volume === '' || (share.test(path) && !entered.has(volumeOf(path)))) return false;
      return !impossible.test(path.slice(volume.length));
    },
  };
}

/** Those of the platform that this runs on. */
export const platformPaths: PlatformPaths = process.platform === 'win32' ? windowsPaths() : posixPaths;
