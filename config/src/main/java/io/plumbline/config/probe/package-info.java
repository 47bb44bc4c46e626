/** What a probe is, how it is written as YAML or JSON, and what makes one valid. */
package io.plumbline.config.probe;
