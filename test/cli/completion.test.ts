import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { scaffoldTools } from '../../src/scaffold/tools/index.ts';
import { createWorkspace } from '../support/workspace.ts';

const workspace = createWorkspace({ 'my trees/a.yaml': '', 'settings.yaml': '', 'explain.d/b.yaml': '' });

beforeEach(() =>
  workspace.write({ 'bin/migrate-lint': `#!/bin/sh\nexec '${process.execPath}' '${workspace.cli}' "$@"\n` }),
);

function has(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

function runShell(program: string, args: readonly string[], input = ''): string {
  const { stdout, stderr, status } = spawnSync(program, args, {
    cwd: workspace.path,
    encoding: 'utf8',
    input,
    env: { PATH: `${join(workspace.path, 'bin')}:${process.env['PATH']}`, HOME: workspace.path, TERM: 'xterm' },
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout;
}

/** What bash offers behind these words; the last is being typed. `=` is a word of its own there. */
function completeInBash(...words: string[]): string[] {
  const script = `
    source <(migrate-lint completion bash)
    compopt() { :; }
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _migrate_lint
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return runShell('bash', ['-c', script, 'bash', 'migrate-lint', ...words])
    .split('\n')
    .filter((line) => line !== '');
}

describe.skipIf(!has('bash'))('bash', () => {
  test('offers commands and files', () => {
    expect(completeInBash('')).toEqual(
      expect.arrayContaining(['build', 'explain', 'new', 'my trees', 'settings.yaml']),
    );
    expect(completeInBash('expl')).toEqual(['explain', 'explain.d']);
  });

  test('offers the options of the command', () => {
    expect(completeInBash('--write')).toEqual(['--write-baseline']);
    expect(completeInBash('build', '--')).toEqual(expect.arrayContaining(['--kustomize', '--origins', '--help']));
    expect(completeInBash('build', '--')).not.toContain('--format');
  });

  test('offers the values of options, of every form', () => {
    expect(completeInBash('--format', 'j')).toEqual(['json', 'junit']);
    expect(completeInBash('--format', '=', 'sa')).toEqual(['sarif']);
    expect(completeInBash('k8s', '--preset', '=')).toEqual(['recommended', 'strict']);
    expect(completeInBash('inspect', '--format', '')).toEqual(['text', 'json']);
    expect(completeInBash('--load-restrictor', '')).toEqual(['root-only', 'none']);
    expect(completeInBash('new', 'shop', '--tool', '')).toEqual(scaffoldTools.map(({ id }) => id));
  });

  test('leaves files to bash', () => {
    expect(completeInBash('--output', '')).toEqual([]);
    expect(completeInBash('build', '')).toEqual([]);
  });

  test('offers the rules to explain', () => {
    expect(completeInBash('explain', 'wait-job-')).toEqual(['wait-job-match', 'wait-job-prefix', 'wait-job-ttl']);
  });
});

describe.skipIf(!has('fish'))('fish', () => {
  const complete = (line: string) =>
    runShell('fish', ['--no-config', '-c', `migrate-lint completion fish | source; complete -C '${line}'`])
      .trim()
      .split('\n')
      .map((each) => each.split('\t')[0]);

  test('offers commands, options, values and rules', () => {
    expect(complete('migrate-lint ')).toEqual(expect.arrayContaining(['build', 'new', 'settings.yaml']));
    expect(complete('migrate-lint --write')).toEqual(['--write-baseline']);
    expect(complete('migrate-lint --format j')).toEqual(['json', 'junit']);
    expect(complete('migrate-lint --format=j')).toEqual(['--format=json', '--format=junit']);
    expect(complete('migrate-lint build --')).not.toContain('--format');
    expect(complete('migrate-lint explain wait-job-')).toEqual(['wait-job-match', 'wait-job-prefix', 'wait-job-ttl']);
    expect(complete('migrate-lint --output sett')).toEqual(['settings.yaml']);
    expect(complete('migrate-lint new shop --ci ')).toEqual(['github', 'gitlab', 'none']);
  });
});

describe.skipIf(!has('zsh'))('zsh', () => {
  /** Types lines into a shell in a terminal of its own, and asks after each for what could follow; gives what is shown. */
  function complete(...lines: string[]): string[] {
    const script = `
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell "PS1='> '; autoload -U compinit; compinit -D -u; source <(migrate-lint completion zsh)"
      zpty -w shell "stty columns 300; list() { zle list-choices; zle -R; print -rn -- '<listed>' }"
      zpty -w shell "zle -N list; bindkey '^I' list; print re''ady"
      zpty -r shell text '*ready*'
      for line in "$@"; do
        zpty -w -n shell $'\\C-u'"$line"$'\\t'
        zpty -r shell text '*<listed>*'
        print -rn -- "$text"
      done
      zpty -d shell`;
    const shown = runShell('zsh', ['-f', '-c', script, 'zsh', ...lines]).replace(/\x1b\[[\d;?]*[A-Za-z]|\r/g, '');
    return shown.split('<listed>').slice(0, -1);
  }

  test('offers commands, options, values and rules', () => {
    const [commands, option, value, attached, rule, pipeline, flags] = complete(
      'migrate-lint ',
      'migrate-lint --write',
      'migrate-lint --format j',
      'migrate-lint --format=j',
      'migrate-lint explain wait-job-',
      'migrate-lint new shop --ci ',
      'migrate-lint build --',
    );
    expect(commands).toMatch(/^build +-- print what/m);
    expect(commands).toMatch(/settings\.yaml/);
    expect(option).toMatch(/^--write-baseline +-- write/m);
    expect(value).toMatch(/json +junit/);
    expect(attached).toMatch(/json +junit/);
    expect(rule).toMatch(/wait-job-match +wait-job-prefix +wait-job-ttl/);
    expect(pipeline).toMatch(/github +gitlab +none/);
    expect(flags).toMatch(/^--origins +-- print/m);
    expect(flags).not.toMatch(/--format/);
  });
});

test('a shell that there is no script for', () => {
  const { code, err } = workspace.run(['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(err).toContain('Choose one of bash, zsh, fish.');
});
