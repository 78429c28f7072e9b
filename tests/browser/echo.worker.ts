/** Says what it is told: for tests on the life of workers. */
addEventListener('message', ({ data }: MessageEvent<unknown>) => postMessage(data));
