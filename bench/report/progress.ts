import type { WriteStream } from 'node:tty';

const barWidth = 30;

/** Shows progress: on a terminal in one line that changes, elsewhere (in a log) line by line. */
export class Progress {
  readonly #stream: WriteStream;
  #tenths = -1;

  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  step(text: string): void {
    if (this.#stream.isTTY) this.#rewrite(text);
    else this.#stream.write(`${text}\n`);
  }

  bar(label: string, done: number, total: number): void {
    const tenths = Math.floor((done * 10) / total);
    if (this.#stream.isTTY) {
      if (done % 100 !== 0 && done !== total) return;
      const filled = Math.floor((done * barWidth) / total);
      this.#rewrite(`${label} ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${done} of ${total}`);
    } else if (tenths !== this.#tenths) {
      this.#tenths = tenths;
      this.#stream.write(`${label}, ${done} of ${total}\n`);
    }
  }

  /** Clears the line, so that other output can follow. */
  end(): void {
    if (this.#stream.isTTY) this.#rewrite('');
  }

  #rewrite(text: string): void {
    this.#stream.write(`\r\u001b[K${text}`);
  }
}
