import { posix } from 'node:path';
import { buildOptions } from '../../build-roots.ts';
import { chooseHelm, resolveRemoteCache } from '../../config/left-out-settings.ts';
import type { FluxBuiltRoot } from '../../flux/flux-built-root.ts';
import { buildRoot } from '../../kustomize/build.ts';
import type { BuiltRoot } from '../../kustomize/built-root.ts';
import { defaultDialect } from '../../kustomize/dialect.ts';
import { printBuild } from '../../kustomize/print-build.ts';
import { redact } from '../../lint/secrets/redact.ts';
import { findSecretPlaces } from '../../lint/secrets/secret-places.ts';
import { SourceCache } from '../../source/source-cache.ts';
import { UsageError } from '../../usage-error.ts';
import type { BuildFlags } from '../flags.ts';
import { writeProblems } from '../output/write-problems.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Prints what `kustomize build` would print, byte for byte, or what Flux would apply. If that is impossible, it prints the
 * reasons to standard error, nothing to standard output, and returns 1.
 */
export async function buildCommand(directory: string, flags: BuildFlags, terminal: Terminal): Promise<number> {
  const sources = new SourceCache(terminal.fileSystem);
  const path = posix.resolve(terminal.directory, directory);
  if (terminal.fileSystem.stat(path)?.kind !== 'directory') {
    throw new UsageError(`There is no folder ${terminal.leave(directory)}.`);
  }
  const root = await buildOne(path, flags, terminal, sources);
  const { text, problems, ...printed } = printBuild(root);
  const remarks = [...printed.remarks, ...('flux' in root ? root.flux.remarks : [])];
  if (problems.length + remarks.length > 0) {
    const secrets = findSecretPlaces([root], sources);
    const redacted = [...problems, ...remarks].map((problem) => redact(problem, secrets));
    await writeProblems(redacted, terminal, flags.color, secrets);
    if (problems.length > 0) return 1;
  }
  if (flags.origins) {
    const { writeOrigins } = await import('../../report/origins.ts');
    terminal.out.write(writeOrigins(root, terminal.directory, findSecretPlaces([root], sources)));
  } else terminal.out.write(text);
  return 0;
}

async function buildOne(
  path: string,
  flags: BuildFlags,
  terminal: Terminal,
  sources: SourceCache,
): Promise<BuiltRoot | FluxBuiltRoot> {
  const { kustomize: dialect = defaultDialect, loadRestrictor = 'root-only' } = flags;
  if (flags.flux === undefined) {
    const remoteCache = resolveRemoteCache(flags.remoteCache, terminal.directory, sources.fileSystem);
    const options = buildOptions({ dialect, loadRestrictor, remoteCache, helm: chooseHelm(flags) });
    return buildRoot(path, options, sources);
  }
  const { buildFluxRoot } = await import('./build-flux-root.ts');
  return buildFluxRoot(flags.flux, path, flags, terminal, sources);
}
