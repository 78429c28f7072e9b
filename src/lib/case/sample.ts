/** The invented case that ships with the app, opened like a real one: created, imported, encrypted, translated. */
import type { ReadOptions } from '../formats/contract.ts';
import type { OfferedFile } from './companions.ts';
import type { OpenCase } from './open-case.svelte.ts';
import type { Workbench } from './workbench.svelte.ts';

interface SampleManifest {
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly owner: string; readonly ownerName: string; readonly zone: string }[];
}

/** Who works on the sample, as its audit log says. */
const SAMPLE_OFFICER = 'sample visitor';
const keyOf = (id: string): string => `skein.sample.${id}`;

/**
 * Opens the sample case, making it first where this device has none. Its files come from the app's own address.
 * @throws Error when the files are not there, e.g. in a build without them.
 */
export async function openSample(bench: Workbench): Promise<OpenCase> {
  if (bench.open?.listing.isSample === true && !bench.open.isEmpty) return bench.open;
  if (bench.cases === null) await bench.list();
  const earlier = bench.cases?.find((one) => one.isSample);
  if (earlier !== undefined) {
    const passphrase = localStorage.getItem(keyOf(earlier.id));
    const result = passphrase === null ? null : await bench.unlock(earlier.id, { secret: { passphrase }, slotId: null });
    if (result?.ok === true && bench.open !== null && !bench.open.isEmpty) return bench.open;
    // Half-made or without its key: nothing of worth is in it, so it is made anew.
    await bench.remove(earlier.id, SAMPLE_OFFICER);
    localStorage.removeItem(keyOf(earlier.id));
  }
  const manifest = (await (await fetchOwn('manifest.json')).json()) as SampleManifest;
  const files: OfferedFile[] = [];
  for (const file of manifest.files) {
    const options: ReadOptions = { zone: file.zone, region: 'GB', owner: { identifier: file.owner, name: file.ownerName } };
    files.push({ file: await (await fetchOwn(file.name)).blob(), name: file.name, options });
  }
  const passphrase = randomPassphrase();
  const { opened } = await bench.create(manifest.name, { passphrase, name: SAMPLE_OFFICER, approvedOnly: false }, true);
  // The case is invented, so its key may stand in clear: a visitor can come back to it without one.
  localStorage.setItem(keyOf(opened.listing.id), passphrase);
  await opened.imports.confirm(await opened.imports.offer(files));
  opened.imports.clearEnded();
  opened.jobs.clearEnded();
  return opened;
}

async function fetchOwn(name: string): Promise<Response> {
  const response = await fetch(`/sample/${encodeURIComponent(name)}`);
  if (!response.ok) throw new Error(`The sample file ${name} is not in this build (${response.status}).`);
  return response;
}

function randomPassphrase(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
