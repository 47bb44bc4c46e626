// @ts-check
import { Polled } from '../app/polled.js';

/** What several screens look at; asked for once for all of them, and only while one looks. */

/** @type {Polled<{instances: any[]}>} */
export const instances = new Polled('/instances', 2_000);

/** @type {Polled<{probes: any[], awaiting?: any[]}>} */
export const probes = new Polled('/probes', 1_500);

/** The same with each instance's report. @type {Polled<{probes: any[]}>} */
export const reports = new Polled('/probes?reports=true', 2_000);

/** @type {Polled<{exporters: any[]}>} */
export const exporters = new Polled('/exporters', 2_000);
