/** Hands a text to the browser's own download, which policies allow more often than file pickers. */
export function saveText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Revoked in this task, the download would find nothing.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
