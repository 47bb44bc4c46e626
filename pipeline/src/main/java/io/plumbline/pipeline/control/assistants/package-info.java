/**
 * What holds for programs that act on a model's word: leases that end with a session, a quota, what such a caller may set and see.
 */
package io.plumbline.pipeline.control.assistants;
