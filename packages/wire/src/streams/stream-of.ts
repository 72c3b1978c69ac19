/** `ReadableStream.from`, which not every browser has: a stream that takes a value only when one is read. */
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
