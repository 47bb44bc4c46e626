/**
 * The control plane: one small HTTP API on the loopback interface, on top of compacted topics, which are its only
 * memory. It checks and writes definitions, shows what agents report, and lets people watch signals as they arrive.
 */
package io.plumbline.pipeline.control;
