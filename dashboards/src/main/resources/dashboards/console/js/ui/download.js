// @ts-check

/**
 * Gives the reader a file.
 *
 * @param {string} name
 * @param {string} text
 * @param {string} type such as application/json
 */
export function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.setAttribute('href', url);
  link.setAttribute('download', name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
