/**
 * Why a log can't be opened, as one plain sentence for the person in front of the till: `message` in
 * English, `zh` in Chinese.
 */
export class LogProblem extends Error {
  readonly zh: string;

  constructor(sentences: { en: string; zh: string }, cause?: unknown) {
    super(sentences.en, { cause });
    this.name = new.target.name;
    this.zh = sentences.zh;
  }
}
