/**
 * Answers that were worked out, under a key that says everything they follow from; the longest unused make room. An
 * answer that is found here is the one that would be worked out again.
 */
export class KeptAnswers<T> {
  private readonly answers = new Map<string, T>();

  constructor(private readonly most: number) {}

  get(key: string): T | undefined {
    const answer = this.answers.get(key);
    if (answer === undefined) return undefined;
    this.answers.delete(key);
    this.answers.set(key, answer);
    return answer;
  }

  put(key: string, answer: T): void {
    this.answers.set(key, answer);
    if (this.answers.size <= this.most) return;
    for (const oldest of this.answers.keys()) {
      this.answers.delete(oldest);
      return;
    }
  }
}
