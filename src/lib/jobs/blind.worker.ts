/** Wiring of a worker that blinds identifiers: ten thousand of them are a minute of arithmetic. */
import { expose, transfer } from 'comlink';
import { blinderHere } from '../analysis/crosscase/blinder.ts';
import type { Blinder } from '../analysis/crosscase/protocol.ts';
import { beginWorker } from './begin.ts';

beginWorker();

const here = blinderHere();

const api: Blinder = {
  async blind(...args) {
    const points = await here.blind(...args);
    return transfer(points, [points.buffer]);
  },
  async raise(...args) {
    const points = await here.raise(...args);
    return transfer(points, [points.buffer]);
  }
};

expose(api);
