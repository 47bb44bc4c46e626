// @ts-check
/** Saves a value as a file of JSON, by the browser's own download. @param {string} name @param {any} value */
export function download(name, value) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.setAttribute('href', address);
  link.setAttribute('download', name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
