/** In the page: one translation worker, spoken to as comlink does, which the page itself has no need of. */
globalThis.skeinTranslateOn = async ({ script, device, lines }) => {
  const worker = new Worker(script, { type: 'module' });
  let next = 0;
  const call = (name, ...values) =>
    new Promise((resolve, reject) => {
      const id = `call${next++}`;
      worker.addEventListener('message', ({ data }) => {
        if (data.id !== id) return;
        if (data.type === 'HANDLER' && data.name === 'throw') reject(new Error(JSON.stringify(data.value)));
        else resolve(data.value);
      });
      worker.addEventListener('error', ({ message }) => reject(new Error(message)));
      const argumentList = values.map((value) => ({ type: 'RAW', value }));
      worker.postMessage({ id, type: 'APPLY', path: [name], argumentList });
    });
  const started = performance.now();
  await call('open', { threads: 1, picks: [], device: 'wasm', embeddedDevice: device });
  const answer = await call('translate', lines, null);
  const seconds = (performance.now() - started) / 1000;
  worker.terminate();
  if (!answer.ok) throw new Error(`${device}: ${JSON.stringify(answer.trouble)}`);
  return { texts: answer.result.lines.map(({ text }) => text), seconds };
};
