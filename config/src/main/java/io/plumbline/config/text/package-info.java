/** Located text: what a person wrote, as a tree whose every part knows its line and column. */
package io.plumbline.config.text;
