/** Files of probes: writing them, and changing them without touching what stays. */
package io.plumbline.pipeline.file;
