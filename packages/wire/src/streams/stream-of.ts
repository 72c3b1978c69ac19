/** A stream that asks for a value only when it is read, as not every browser makes one of an iterable. */
export function streamOf<Value>(values: AsyncIterable<Value>): ReadableStream<Value> {
  const iterator = values[Symbol.asyncIterator]();
  return new ReadableStream<Value>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        await iterator.return?.(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
