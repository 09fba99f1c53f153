import { describe, expect, test } from 'vitest';
import { readYaml } from '../../src/source/read.ts';
import { SourceFile } from '../../src/source/source-file.ts';

/** Line, column and code of what is wrong in a text, with the text that is pointed at. */
function problemOf(text: string): string | undefined {
  const [problem] = readYaml(new SourceFile('/a.yaml', text)).problems;
  if (problem === undefined) return undefined;
  const { line, column } = problem.at.file.position(problem.at.start);
  return `${line}:${column} ${problem.code} ${JSON.stringify(text.slice(problem.at.start, problem.at.end))}`;
}

describe('a conflict that Git has left', () => {
  test('is reported at its first line, wherever reading ends', () => {
    expect(problemOf('a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n')).toBe(
      '2:1 conflict-marker "<<<<<<< HEAD"',
    );
    expect(problemOf('a:\n  - b\n>>>>>>> other\n')).toBe('3:1 conflict-marker ">>>>>>> other"');
  });

  test('is none in a text that can be read, nor in a line of another length', () => {
    expect(problemOf('a: |\n  x\n  <<<<<<< HEAD\n')).toBeUndefined();
    expect(problemOf('a: b\n<<<<<<<<< x\n')).toBe('2:1 missing-colon "<<<<<<<<< x"');
  });
});

describe('a template', () => {
  test('is reported where its expression breaks the grammar', () => {
    expect(problemOf('metadata:\n  name: {{ .Release.Name }}-migrate\n')).toBe('2:9 template "{{ .Release.Name }}"');
    expect(problemOf('a: b\n{{- if .Values.on }}\nc: d\n{{- end }}\n')).toBe('2:1 template "{{- if .Values.on }}"');
    expect(problemOf('a: b\n{% if on %}\nc: d\n')).toBe('2:1 template "{% if on %}"');
  });

  test('is none in quotes, in a comment, or far from the error', () => {
    expect(problemOf('a: "{{ x }}"\nb\n')).toBe('2:1 missing-colon "b"');
    expect(problemOf("a: '{{ x }}' # {{ y }}\nb\n")).toBe('2:1 missing-colon "b"');
    expect(problemOf('a: {{x: y}: z}\nb: c\nd\n')).toBe('3:1 missing-colon "d"');
  });
});

describe('a blank that only looks like one', () => {
  test('is reported where it indents a line', () => {
    expect(problemOf('a:\n\u00a0\u00a0b: c\n  d:\n    e: f\n')).toBe('2:1 false-blank "\u00a0"');
    expect(problemOf('spec:\n  a: 1\n \u3000b:\n    c: d\n')).toBe('3:2 false-blank "\u3000"');
  });

  test('is no cause elsewhere', () => {
    expect(problemOf('a: "x\u00a0y"\nb\n')).toBe('2:1 missing-colon "b"');
  });
});
