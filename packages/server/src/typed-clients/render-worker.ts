/** The script of the render thread: renders one request at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { presentAs } from './pages/html-page.ts';
import { FORGET, type RenderReply, type RenderRequest, type RenderSettings } from './render-messages.ts';
import { createRenderer } from './renderer.ts';

presentAs((workerData as RenderSettings).brand);
let renderer = createRenderer(workerData as RenderSettings);

parentPort?.on('message', (request: RenderRequest | typeof FORGET) => {
  if (request === FORGET) {
    renderer = createRenderer(workerData as RenderSettings);
    return;
  }
  renderer.render(request).then(
    (rendered) => parentPort?.postMessage({ rendered } satisfies RenderReply),
    (failure: unknown) => parentPort?.postMessage({ failure } satisfies RenderReply),
  );
});
