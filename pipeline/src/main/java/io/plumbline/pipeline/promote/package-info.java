/** From a probe to the permanent line: Java for a pull request, and where in a source it goes. Knows no running program. */
package io.plumbline.pipeline.promote;
