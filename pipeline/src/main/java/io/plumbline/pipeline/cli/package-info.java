/**
 * The command line. Commands that ask speak HTTP to a control plane and load nothing else; {@code up} and {@code demo}
 * put broker, topics, exporters and control plane together.
 */
package io.plumbline.pipeline.cli;
