// A test runner for Stryker. Stryker's own runner for vitest reloads the tests and everything they import for each mutant,
// which takes longer than the tests. This one loads them once per process, and only changes the active mutant. Values that
// are created when a module loads exist only once, so mutants in them are not tested (`ignoreStatic`).
import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { collectTests, getFn } from '@vitest/runner';
import { chai } from 'vitest';
import { bundleTests } from './bundle-tests.mjs';
import { rulesUsing } from './rules-using.mjs';

/**
 * A mutant that survives this many tests, including all tests of its own file, counts as a survivor: further tests are
 * unlikely to kill it.
 */
const testLimit = Number(process.env.MUTATION_TESTS ?? 200);

/**
 * With a mutant, a test may wait for something that never comes. It fails if it takes twenty times as long as without, and
 * at least so many milliseconds.
 */
const shortestLimit = 3_000;

class TestRunner {
  /** By number and title, because the rows of a table may share a title. */
  #tests = new Map();
  /** In milliseconds, without mutants. */
  #durations = new Map();
  /** The number of mutants that a test has killed, by file. */
  #kills = new Map();
  #rulesUsing = rulesUsing(process.cwd());

  /**
   * Stryker starts a new process for each mutant in code that ran while the tests were loaded. Here no mutant is active at
   * that time, so nothing has to be reloaded.
   */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    chai.use(({ Assertion }, { addMethod }) => addMethod(Assertion.prototype, 'toMatchFileSnapshot', matchFile));
    const root = process.cwd();
    const bundle = await bundleTests(root, join(root, 'mutation-tests.mjs'));
    const files = await collectTests([bundle], {
      config: {
        root,
        setupFiles: [],
        sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
        chaiConfig: {},
        testTimeout: Number.POSITIVE_INFINITY,
      },
      importFile: (path) => import(pathToFileURL(path).href),
    });
    for (const { title, test } of files.flatMap((file) => testsOf(file, ''))) {
      this.#tests.set(`${this.#tests.size + 1} ${title}`, test);
    }
  }

  async dryRun() {
    const stryker = globalThis.__stryker__;
    const tests = [];
    for (const name of this.#tests.keys()) {
      stryker.currentTestId = name;
      const result = await this.#run(name);
      this.#durations.set(name, result.timeSpentMs);
      tests.push(result);
    }
    stryker.currentTestId = undefined;
    return { status: 'complete', tests, mutantCoverage: stryker.mutantCoverage };
  }

  /**
   * Stops at the first test that fails. The instrumented code itself stops infinite loops. `activeMutant` has the path of the
   * original, which is not in the folder of this process.
   */
  async mutantRun({ activeMutant, sandboxFileName, testFilter, hitLimit }) {
    const stryker = globalThis.__stryker__;
    const file = relative(process.cwd(), sandboxFileName);
    const hitCount = hitLimit === undefined ? undefined : 0;
    Object.assign(stryker, { activeMutant: activeMutant.id, hitCount, hitLimit });
    try {
      let nrOfTests = 0;
      for (const name of this.#choose(testFilter ?? [...this.#tests.keys()], file)) {
        const { status, failureMessage } = await this.#run(name);
        nrOfTests++;
        if (stryker.hitCount > hitLimit) return { status: 'timeout', reason: `hit more than ${hitLimit} times` };
        if (status !== 0) {
          this.#note(name, file);
          return { status: 'killed', killedBy: [name], failureMessage, nrOfTests };
        }
      }
      return { status: 'survived', nrOfTests };
    } finally {
      stryker.activeMutant = undefined;
    }
  }

  /**
   * Sorts tests: those whose title begins with the name of the mutated file or of a rule that uses it, then those whose title
   * contains the file's, those that killed most of its mutants, those that share most words with its name and folder, and the
   * fastest.
   */
  #choose(names, file) {
    const subject = basename(file, '.ts');
    const subjects = [subject, ...this.#rulesUsing(file)];
    const own = new RegExp(`^\\d+ (${subjects.join('|')})(?![\\w-])`);
    const words = wordsOf(file);
    const kills = this.#kills.get(file) ?? new Map();
    const key = (name) => [
      own.test(name) ? 0 : 1,
      name.includes(subject) ? 0 : 1,
      -(kills.get(name) ?? 0),
      -words.filter((word) => name.includes(word)).length,
      this.#durations.get(name) ?? 0,
    ];
    return names
      .map((name) => ({ name, key: key(name) }))
      .sort((one, other) => compareKeys(one.key, other.key))
      .filter(({ key: [isOther] }, index) => isOther === 0 || index < testLimit)
      .map(({ name }) => name);
  }

  #note(name, file) {
    const kills = this.#kills.get(file) ?? new Map();
    this.#kills.set(file, kills.set(name, (kills.get(name) ?? 0) + 1));
  }

  /** In Stryker, status 0 is a passed test and 1 a failed one. */
  async #run(name) {
    const start = performance.now();
    const result = { id: name, name, status: 0 };
    try {
      const limit = Math.max(shortestLimit, 20 * (this.#durations.get(name) ?? Number.POSITIVE_INFINITY));
      await within(limit, getFn(this.#tests.get(name))());
      return { ...result, timeSpentMs: performance.now() - start };
    } catch (error) {
      const failureMessage = error instanceof Error ? error.message : String(error);
      return { ...result, status: 1, failureMessage, timeSpentMs: performance.now() - start };
    }
  }
}

/** The outcome of a test, which fails if it takes longer than a number of milliseconds. */
async function within(limit, outcome) {
  if (limit === Number.POSITIVE_INFINITY) return outcome;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it takes more than ${limit} ms`)), limit);
  });
  return Promise.race([outcome, late]).finally(() => clearTimeout(timer));
}

/** Replaces vitest's function, which needs its runner. */
async function matchFile(path) {
  chai.assert.equal(this._obj, readFileSync(path, 'utf8'));
}

/** The words of a file's name and folder, in the singular: `replacement`, `find` and `field`. */
function wordsOf(file) {
  const [name, folder] = [basename(file, '.ts'), basename(dirname(file))];
  return [...new Set(`${folder}-${name}`.split('-'))]
    .map((word) => word.replace(/s$/, ''))
    .filter(({ length }) => length > 3);
}

function compareKeys(one, other) {
  const at = one.findIndex((value, i) => value !== other[i]);
  return at < 0 ? 0 : one[at] - other[at];
}

function testsOf(suite, above) {
  return suite.tasks.flatMap((task) => {
    const title = `${above}${task.name}`;
    if (task.type === 'suite') return testsOf(task, `${title} > `);
    return task.mode === 'run' ? [{ title, test: task }] : [];
  });
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'one-process', injectableClass: TestRunner }];
