"""Batches made beside the run: a GPU learns from a line faster than one process noises, hints and cuts it into tokens."""
import multiprocessing
import queue
import traceback

# Batches that may wait for the run, for each process.
WAITING = 12
ASKED_EVERY_S = 5


def epochs_from(epochs, first, step, share):
    """(number, batch) of epochs `first`, `first + step`, … without end; `share()` is how much of the run is over."""
    while True:
        for batch in epochs.batches(first, share()):
            yield first, batch
        first += step


class Feed:
    """Iterates over (number of the epoch, (source, target)) without end, made by `workers` processes, each an epoch of its
    own at a time; by this process where there are none. Set `share` as the run goes on. Processes are forks: make a Feed
    before anything touches a GPU. @raises RuntimeError with the trace of a process that failed."""

    def __init__(self, epochs, first, workers):
        fork = multiprocessing.get_context('fork')
        self.clock = fork.Value('d', 0.0)
        self.processes = []
        if workers == 0:
            self.batches = epochs_from(epochs, first, 1, lambda: self.share)
            return
        self.queue = fork.Queue(WAITING * workers)
        self.batches = self.waited_for()
        for at in range(workers):
            self.processes.append(fork.Process(target=self.work, args=(epochs, first + at, workers), daemon=True))
            self.processes[-1].start()

    def __iter__(self):
        return self.batches

    @property
    def share(self):
        return self.clock.value

    @share.setter
    def share(self, share):
        self.clock.value = share

    def work(self, epochs, first, step):
        try:
            for item in epochs_from(epochs, first, step, lambda: self.share):
                self.queue.put(item)
        except Exception:
            self.queue.put((None, traceback.format_exc()))

    def waited_for(self):
        while True:
            try:
                number, batch = self.queue.get(timeout=ASKED_EVERY_S)
            except queue.Empty:
                if not all(process.is_alive() for process in self.processes):
                    raise RuntimeError('a process that makes batches has ended') from None
                continue
            if number is None:
                raise RuntimeError(f'a process that makes batches failed:\n{batch}')
            yield number, batch

    def close(self):
        for process in self.processes:
            process.terminate()
