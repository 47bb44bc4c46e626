/** What would become of probes, before they are set: asked of running instances, and counted if wished. */
package io.plumbline.pipeline.control.dryrun;
