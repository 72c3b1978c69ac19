/** Shows the progress of long work on a terminal. Without a terminal it shows nothing. */
export interface ProgressBar {
  /** @param what - the item that is worked on now */
  advance(done: number, what: string): void;
  /** Removes the bar. */
  end(): void;
}

const WIDTH = 30;

export function showProgress(total: number, stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  if (!stream.isTTY) return { advance() {}, end() {} };
  return {
    advance(done, what) {
      // More may come while the work is done.
      const filled = done >= total ? WIDTH : Math.round((done / total) * WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
      const line = `${bar} ${done} of ${total}  ${what}`;
      stream.write(`\r${line.slice(0, stream.columns - 1)}\x1b[K`);
    },
    end() {
      stream.write('\r\x1b[K');
    },
  };
}
