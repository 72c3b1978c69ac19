import { type Instance, signIn } from './sign-in.ts';

export default {
  /** Answers with what the program tells, a line each, as it goes on. */
  async fetch(request: Request): Promise<Response> {
    const told = new TransformStream<Uint8Array, Uint8Array>();
    void write(told.writable, await request.json());
    return new Response(told.readable);
  },
};

async function write(stream: WritableStream<Uint8Array>, instance: Instance): Promise<void> {
  const writer = stream.getWriter();
  const tell = (line: string) => writer.write(new TextEncoder().encode(`${line}\n`));
  try {
    for await (const line of signIn(instance)) await tell(line);
  } catch (error) {
    await tell(String(error));
  }
  await writer.close();
}
