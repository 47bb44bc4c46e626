/** What is known of code by its names alone. */
package io.plumbline.config.code;
