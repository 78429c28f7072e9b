/** Files of the origin that are written in place: what only workers have, and the types of pages leave out. */
export interface SyncAccess {
  getSize(): number;
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(length: number): void;
  flush(): void;
  close(): void;
}

export interface SyncFile extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncAccess>;
}
