/**
 * Dead letters: what a backend refused, found by place, shown and sent once more.
 */
package io.plumbline.pipeline.control.letters;
