/**
 * Code that runs, as people look at it: classes found by name, what expressions may name, source texts with the lines of the running class. Asks
 * instances; sources come from folders, Git, jars, or are decompiled.
 */
package io.plumbline.pipeline.control.source;
