/**
 * An esbuild plugin for CommonJS bundles. It delays loading of modules that most runs never use until their first use, even
 * though they are imported at the top of a file. node:child_process alone loads 30 of Node's own modules.
 * @param names module specifiers
 */
export function loadLazily(names) {
  const namespace = 'lazy';
  const filter = new RegExp(`^(?:${names.join('|')})$`);
  return {
    name: 'load-lazily',
    setup(build) {
      build.onResolve({ filter }, ({ path, importer, resolveDir, namespace: from }) =>
        from === namespace ? undefined : { path, namespace, pluginData: { importer, resolveDir } },
      );
      build.onLoad({ filter, namespace }, async ({ path, pluginData: { resolveDir } }) => {
        const members = Object.keys(await import(path)).filter(
          (name) => name !== 'default' && name !== 'module.exports',
        );
        const getters = members.map((name) => `get ${name}() { return load().${name}; }`);
        return {
          contents: `const load = () => require('${path}');\nmodule.exports = {${getters.join(',\n')}};`,
          resolveDir,
        };
      });
    },
  };
}
