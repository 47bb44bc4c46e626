// @ts-check
import { Store } from './store.js';

/** Dark, light, or as the reader's system is. Kept by the browser. */
const KEY = 'plumbline.theme';
/** @typedef {'auto' | 'light' | 'dark'} Theme */

/** @type {Store<Theme>} */
export const theme = new Store(kept());

export function applyTheme() {
  theme.watch((chosen) => {
    localStorage.setItem(KEY, chosen);
    show(chosen);
  });
  show(theme.value);
}

/** The next of the three. */
export function turnTheme() {
  theme.set(theme.value === 'auto' ? 'dark' : theme.value === 'dark' ? 'light' : 'auto');
}

/** Whether dark is what is shown now. */
export function isDark() {
  return theme.value === 'dark' || (theme.value === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
}

/** @param {Theme} chosen */
function show(chosen) {
  if (chosen === 'auto') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = chosen;
  }
}

/** @returns {Theme} */
function kept() {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'auto';
}
