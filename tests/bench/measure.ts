/** CPU time of this process in milliseconds, all threads: garbage collection counts too. */
export function cpu_ms(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The least CPU milliseconds of `repeats` runs, with the last result. The least: everything else is the machine's noise. */
export async function leastCpu<R>(
  repeats: number,
  work: () => R | Promise<R>
): Promise<{ value_ms: number; first_ms: number; result: R }> {
  let least = Infinity;
  let first = Infinity;
  let result!: R;
  for (let i = 0; i < repeats; i++) {
    const start = cpu_ms();
    result = await work();
    const spent = cpu_ms() - start;
    if (i === 0) first = spent;
    least = Math.min(least, spent);
  }
  return { value_ms: least, first_ms: first, result };
}
