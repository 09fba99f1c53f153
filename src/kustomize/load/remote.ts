import { posix } from 'node:path';

/** A git repository that kustomize would clone, and the folder to build in it. */
export interface RemoteRepository {
  /** The URL to clone: `https://github.com/org/repo`. */
  readonly url: string;
  /** Folder inside of the repository; empty for its root. */
  readonly path: string;
  /** Branch, tag or commit; empty if none is named. */
  readonly ref: string;
}

/** Whether kustomize may fetch a path by HTTP: anything with the scheme http or https. */
export function isRemoteFile(path: string): boolean {
  return /^https?:/i.test(path);
}

/**
 * Parses a path as kustomize's `NewRepoSpecFromURL` does: a URL with a scheme, `user@host:path`, or `github.com/…`
 * without a scheme. Returns undefined for a local path.
 */
export function parseRepository(path: string): RemoteRepository | undefined {
  if (path.startsWith('/')) return undefined;
  const [location = '', ...queries] = path.split('?');
  const host = splitHost(location);
  if (host === undefined) return undefined;
  const parts = splitRepository(host.rest, host.host.startsWith('file://'));
  if (parts === undefined || parts.repository === '') return undefined;
  const folder = parts.path.replace(/^\//, '');
  if (/^\.\.(?:\/|$)/.test(posix.normalize(folder))) return undefined;
  return { url: host.host + parts.repository, path: folder, ref: readRef(queries.join('?')) };
}

/** Go rejects a whole query if it contains a semicolon or an invalid escape. */
function readRef(text: string): string {
  if (/;|%(?![0-9a-fA-F]{2})/.test(text)) return '';
  const query = new URLSearchParams(text);
  return query.get('ref') || query.get('version') || '';
}

/** Splits a location into scheme, user and host with the separator after it, and the rest. */
function splitHost(location: string): { host: string; rest: string } | undefined {
  let rest = location.replace(/^git::/i, '');
  const scheme = /^(ssh|https?|file):\/\//i.exec(rest)?.[0] ?? '';
  rest = rest.slice(scheme.length);
  const user = /^[a-zA-Z][a-zA-Z0-9-]*@/.exec(rest)?.[0] ?? '';
  rest = rest.slice(user.length);
  const isGithub = /^github\.com[/:]/i.test(rest);
  const allowsColon = scheme === '' && (user !== '' || isGithub);
  if (scheme === '' && !allowsColon) return undefined;
  if (scheme.toLowerCase() === 'file://') return { host: scheme.toLowerCase(), rest: user + rest };

  const end = hostEnd(rest, allowsColon);
  const host = end < 0 ? rest : rest.slice(0, end + 1);
  const after = end < 0 ? '' : rest.slice(end + 1);
  if (isGithub) {
    const overSsh = scheme.toLowerCase() === 'ssh://' || user !== '';
    return { host: overSsh ? `${user}github.com:` : 'https://github.com/', rest: after };
  }
  return host === '' ? undefined : { host: scheme.toLowerCase() + user + host, rest: after };
}

function hostEnd(rest: string, allowsColon: boolean): number {
  const slash = rest.indexOf('/');
  const colon = rest.indexOf(':');
  return allowsColon && (slash < 0 || (colon > 0 && colon < slash)) ? colon : slash;
}

/** Splits a path after the repository, which ends with `_git/x`, before `//`, with `.git`, or after two segments. */
function splitRepository(rest: string, wholePath: boolean): { repository: string; path: string } | undefined {
  const azure = rest.indexOf('_git/');
  if (azure >= 0) {
    const segments = rest.slice(azure + 5).split('/');
    return { repository: rest.slice(0, azure + 5) + segments[0], path: segments.slice(1).join('/') };
  }
  const double = rest.indexOf('//');
  if (double >= 0) return { repository: rest.slice(0, double), path: rest.slice(double + 2) };
  const suffix = rest.indexOf('.git');
  if (suffix >= 0) return { repository: rest.slice(0, suffix + 4), path: rest.slice(suffix + 4) };
  if (wholePath) return { repository: rest, path: '' };
  const segments = rest.split('/');
  if (segments.length < 2) return undefined;
  return { repository: segments.slice(0, 2).join('/'), path: segments.slice(2).join('/') };
}
