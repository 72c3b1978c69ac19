import type { TestEvent } from 'node:test/reporters';
import type { Tally } from './tally.ts';

/** Shows how far a run of tests has come. Each method gives what to write. */
export interface Progress {
  /** Called after the tally has counted the event. */
  show(event: TestEvent, tally: Tally): string;
  /** Something to be read, between what shows the progress. */
  aside(text: string): string;
  end(): string;
}

/** One line of a terminal, written over again and again. */
export function progressLine(columns: number): Progress {
  const clear = '\r\x1b[K';
  return {
    show(event, { filesEnded, filesFound, testsEnded, failures }) {
      if (event.type !== 'test:complete' && event.type !== 'test:dequeue') return '';
      const failed = failures.length === 0 ? '' : `, ${failures.length} failed`;
      const line = `${filesEnded} of ${filesFound} files, ${testsEnded} tests${failed}  ${event.data.name}`;
      return `${clear}${line.slice(0, columns - 1)}`;
    },
    aside: (text) => `${clear}${text}\n`,
    end: () => clear,
  };
}

const DOTS_A_LINE = 100;

/** A dot for each file, where what is written stays. */
export function progressDots(): Progress {
  let dots = 0;
  let filesEnded = 0;
  const endLine = () => {
    const end = dots === 0 ? '' : '\n';
    dots = 0;
    return end;
  };
  return {
    show(_event, tally) {
      const ended = tally.filesEnded - filesEnded;
      filesEnded = tally.filesEnded;
      dots += ended;
      return '.'.repeat(ended) + (dots >= DOTS_A_LINE ? endLine() : '');
    },
    aside: (text) => `${endLine()}${text}\n`,
    end: endLine,
  };
}
