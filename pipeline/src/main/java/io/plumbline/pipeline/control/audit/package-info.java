/**
 * Who changed what, and who tried to and was refused.
 */
package io.plumbline.pipeline.control.audit;
