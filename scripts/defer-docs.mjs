import { readFileSync } from 'node:fs';

const docs = /^ {2}docs: \{$(.*?)^ {2}\},$/ms;

/**
 * An esbuild plugin that turns the docs of a rule into a getter. They are a third of the rules' code, and a run shows none of
 * them: V8 neither parses nor keeps texts in a function that is not called, and they are not in the code cache.
 */
export const deferDocs = {
  name: 'defer-docs',
  setup(build) {
    build.onLoad({ filter: /src[\\/]rules[\\/][\w-]+\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(docs, '  get docs() {\n    return {$1    };\n  },'),
      loader: 'ts',
    }));
  },
};
