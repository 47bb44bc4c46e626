/**
 * What is there: instances and what they report, exporters, the lines of running classes; and rollouts, which
 * reach instances in steps.
 */
package io.plumbline.pipeline.control.fleet;
