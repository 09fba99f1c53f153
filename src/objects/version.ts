import { parseImage } from './image.ts';
import { exchangeVariables } from './symbolic.ts';

/**
 * The version of an image: its tag, or the start of its digest. Undefined for tags that move (`latest`, `main`) and a
 * missing tag, which do not identify a release.
 */
export function imageVersion(image: string): string | undefined {
  const { tag, digest } = parseImage(image);
  if (digest !== undefined) return digest.replace(/^sha256:/, '').slice(0, 12);
  return tag === undefined || isMovingTag(tag) ? undefined : tag;
}

/** Whether a tag is moved from build to build. */
export function isMovingTag(tag: string): boolean {
  return movingTag.test(tag);
}

const movingTag =
  /^(latest|stable|main|master|develop|development|dev|staging|production|prod|edge|nightly|head|test)$|[-_.]latest$|^latest[-_.][a-z]+$/i;

/** Whether a version is a placeholder: `REPLACE_WITH_DIGEST`, `replace-me`, `TAG`, `0.0.0-unset`, a digest of zeros or ones. */
export function isPlaceholderVersion(version: string): boolean {
  return (
    /^(0+|([0-9a-f])\2{6,}|[A-Z]+(_[A-Z]+)*)$/.test(version) ||
    /^(replace|change)[-_]?(me|with|by)([-_.]|$)/i.test(version) ||
    /^(0\.0\.0-)?(unset|placeholder|undefined)$/i.test(version)
  );
}

/** A version as it appears in names: in lower case, with everything but letters and digits as `-`. */
export function nameForm(version: string): string {
  return version
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Whether a name carries a version: the whole version, or the first seven digits of a digest or commit id. */
export function carriesVersion(name: string, version: string): boolean {
  const wanted = nameForm(version);
  const bare = wanted.replace(/^v(?=\d)/, '');
  if (bare.length === 0) return false;
  if (hasWords(nameForm(name), bare)) return true;
  return /^[0-9a-f]{7,}$/.test(bare) && nameForm(name).includes(bare.slice(0, 7));
}

/**
 * The part of a name that looks like a version: `v2`, `1.4.0`, `v1.2286938253.0`, a date, a build number, a commit id
 * or a hash. `TAG` and other words do not.
 */
export function versionLikePart(name: string): string | undefined {
  for (const pattern of versionShapes) {
    const found = pattern.exec(name)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

const versionShapes: readonly RegExp[] = [
  // Read backwards from the end, so that not every `-1.0` of a long name is followed up to there.
  /$(?<=(?:^|[-.])(v?\d+[.-]\d[a-z0-9.-]*))/i,
  /(?:^|[-.])(v\d[\w.-]*)/i,
  /(?:^|[-.])(v?\d+(?:\.\d+)+)/i,
  /(?:^|[-.])(\d{4,})(?:[-.]|$)/,
  /(?:^|[-.])(r?\d+)$/,
  // Hexadecimal with at least one digit, and kustomize's own alphabet for content hashes.
  /(?:^|[-.])((?=[a-f]*\d)[0-9a-f]{7,64})(?:[-.]|$)/,
  /[-.]((?=[a-z]*\d)[0-9bcdfghkmt]{10})$/,
];

/** A dotted version with each number as 0, to compare the shape of versions. */
export function versionShape(version: string): string {
  return version
    .toLowerCase()
    .replace(/^v(?=\d)/, '')
    .replace(/\d+/g, '0');
}

/** A name without its version and the words for its purpose: `myapp-migration-v2` is `myapp`. */
export function nameStem(name: string): string {
  const version = versionLikePart(name);
  const bare = version === undefined ? name : name.replace(version, '');
  return exchangeVariables(bare, () => '')
    .split(/[-_.]+/)
    .filter((word) => word !== '' && !purposeWords.has(word.toLowerCase()))
    .join('-');
}

/** A tag without the words for its image's purpose: `v1.4.0-migration` is `1.4.0`. */
export function withoutPurpose(tag: string): string {
  const words = tag.split(/[-_]+/).filter((word) => !purposeWords.has(word.toLowerCase()));
  return words.join('-').replace(/^v(?=\d)/, '');
}

/** A tag without the words for its image's purpose and those before the version: `api-v1.4.0` is `1.4.0`. */
export function versionOfTag(tag: string): string {
  return withoutPurpose(tag).replace(/^(?:[a-z]+-)+(?=v?\d|[0-9a-f]{7})v?/i, '');
}

const purposeWords = new Set(
  'migration migrations migrate migrator db database schema job jobs service svc app deploy deployment tag version wait for run'.split(
    ' ',
  ),
);

/** Whether a name holds a sequence of words separated by dashes. */
function hasWords(name: string, words: string): boolean {
  const found = name.indexOf(words);
  if (found < 0) return false;
  const before = found === 0 || /[-v]/.test(name.charAt(found - 1));
  const end = found + words.length;
  return before && (end === name.length || name[end] === '-');
}
