/** Settings by full key, from several sources, with errors that name key, value and remedy. */
package io.plumbline.config.settings;
