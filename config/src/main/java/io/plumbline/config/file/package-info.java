/** Files of probes: writing them, and changing them without touching what stays. Needs the YAML library; no part of the agent. */
package io.plumbline.config.file;
