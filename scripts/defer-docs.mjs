import { readFileSync } from 'node:fs';

const docs = /^ {2}docs: \{$(.*?)^ {2}\},$/ms;

/**
 * An esbuild plugin that makes the docs of a rule a getter. They are a third of what the rules are made of, and a run
 * shows none of it: in a function that is not called, V8 neither reads nor keeps the texts, and no code cache holds them.
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
