/** Hands a file to the person, under a name: a blob, or an address that holds it. */
export function saveFile(file: Blob | string, name: string): void {
  const link = document.createElement('a');
  link.href = typeof file === 'string' ? file : URL.createObjectURL(file);
  link.download = name;
  link.click();
  if (typeof file !== 'string') URL.revokeObjectURL(link.href);
}
