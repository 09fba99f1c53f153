/** The lookups that a model made in other roots. The model stays valid as long as they have the same answers. */
export class Lookups {
  readonly #seen = new Map<string, { readonly ask: () => readonly unknown[]; readonly answer: readonly unknown[] }>();

  /** Looks something up, and remembers the answer under a name for the question. */
  lookUp<T>(question: string, ask: () => readonly T[]): readonly T[] {
    const answer = ask();
    this.#seen.set(question, { ask, answer });
    return answer;
  }

  /** Whether all lookups have the same answers as before. */
  isSame(): boolean {
    for (const { ask, answer } of this.#seen.values()) {
      const now = ask();
      if (now.length !== answer.length || now.some((each, index) => each !== answer[index])) return false;
    }
    return true;
  }
}
