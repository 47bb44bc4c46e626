// @ts-check
/**
 * The screens, in the order of the rail. A screen is a folder of js/screens with a screen.js that exports Screen, a component
 * that is given the place; it is loaded when it is first shown.
 *
 * @typedef {{name: string, title: string, icon: string, key: string, load: () => Promise<{Screen: any}>}} ScreenEntry
 *   icon: the path of an SVG of 24 by 24 that is drawn with lines; key: pressed after g, it leads there
 */

/** @type {ScreenEntry[]} */
export const SCREENS = [
  {
    name: 'source',
    title: 'Source',
    icon: 'M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14',
    key: 's',
    load: () => import('../screens/source/screen.js'),
  },
  {
    name: 'live',
    title: 'Live',
    icon: 'M3 12h4l3-7 4 14 3-7h4',
    key: 'l',
    load: () => import('../screens/live/screen.js'),
  },
  {
    name: 'spans',
    title: 'Spans',
    icon: 'M3 6h9M8 12h9M14 18h7',
    key: 'n',
    load: () => import('../screens/spans/screen.js'),
  },
  {
    name: 'fleet',
    title: 'Fleet',
    icon: 'M4 5h16v6H4zM4 13h16v6H4zM8 8h.01M8 16h.01',
    key: 'f',
    load: () => import('../screens/fleet/screen.js'),
  },
  {
    name: 'pipeline',
    title: 'Pipeline',
    icon: 'M3 6h6v5H3zM15 4h6v4h-6zM15 11h6v4h-6zM15 18h6v3h-6zM9 8h3M12 6v13.5M12 6h3M12 13h3M12 19.5h3',
    key: 'p',
    load: () => import('../screens/pipeline/screen.js'),
  },
  {
    name: 'shared',
    title: 'Shared',
    icon: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
    key: 'h',
    load: () => import('../screens/shared/screen.js'),
  },
];
